import { lognormalLimitedMean, lognormalOfMean } from '../../basics/index.ts';
import { FirmFact, Industry, type FirmProfile } from '../../parties/index.ts';
import type { ExperiencePlan } from '../adjustment.ts';
import type { Bounds } from '../bounds.ts';
import { costOfTail } from '../premium.ts';
import { referenceMean } from '../severity.ts';
import { tablesOf, type PerilTariff, type Ratebook } from '../ratebook.ts';
import { tabulate, type LevelTable } from './level-table.ts';
import { yearTables } from './year-tables.ts';

/** The filed numbers of the steps after the frequency; money in major units. */
export interface StepNumbers {
  readonly security: Bounds;
  readonly bookMean: number;
  readonly combined: Bounds;
  readonly experience: ExperiencePlan;
  readonly mostSchedule: number;
  readonly segment: Bounds;
  readonly capital: number;
  readonly catastrophe: number;
  readonly uncertainty: number;
  readonly anchor: number;
  readonly expectedClaims: number;
  readonly credibilityClaims: number;
  readonly marketCharged: number;
}

/** A ratebook of filed tables with its numbers laid out for reckoning. Lists that go by peril follow the order of the ratebook. */
export interface FactorTables {
  readonly ratebook: Ratebook;
  readonly perils: readonly PerilTariff[];
  /** Base frequency and reference mean loss by peril. */
  readonly base: Float64Array;
  readonly mean: Float64Array;
  /** Exposure factor by peril and facts of the firm, `facts` as `factsOf` writes them; 0: the firm does not have the peril. */
  readonly exposure: Float64Array;
  /** Frequency factor by industry, in the order of `Industry.options`. */
  readonly industry: Float64Array;
  /** Σ base × exposure over the perils by facts: claims a year before size and industry. */
  readonly claims: Float64Array;
  /** Frequency by revenue over reference revenue. */
  readonly sizeFrequency: LevelTable;
  /** Severity by revenue over reference revenue: one table for each elasticity, and which a peril uses. */
  readonly sizeSeverity: readonly LevelTable[];
  readonly sizeOf: Uint8Array;
  /** Severity by personal records, and which table a peril uses; as many as there are: none, the peril does not go by records. */
  readonly records: readonly LevelTable[];
  readonly recordsOf: Uint8Array;
  /** Share of the mean loss below a limit, by limit over mean loss: one table for each spread, and which a peril uses. */
  readonly lossShare: readonly LevelTable[];
  readonly shareOf: Uint8Array;
  /** Loss of the policy year over the limit, by the sum of the mean payments over the limit: its mean and its tail value at risk. */
  readonly yearMean: LevelTable;
  readonly yearTail: LevelTable;
  readonly steps: StepNumbers;
}

const facts = FirmFact.options;
const bitOf = Object.fromEntries(facts.map((fact, i) => [fact, 1 << i])) as Record<FirmFact, number>;

/** How many sets of facts there are. */
export const factSets = 2 ** facts.length;

/** The facts of a firm as one number. */
export function factsOf(firm: FirmProfile): number {
  const { sellsOnline, operatesIndustrialControl, sellsTechnologyServices, makesDigitalProducts, criticalInfrastructure } = firm;
  return (
    Number(sellsOnline) * bitOf.sellsOnline +
    Number(operatesIndustrialControl) * bitOf.operatesIndustrialControl +
    Number(sellsTechnologyServices) * bitOf.sellsTechnologyServices +
    Number(makesDigitalProducts) * bitOf.makesDigitalProducts +
    Number(criticalInfrastructure) * bitOf.criticalInfrastructure
  );
}

/** The numbers of a ratebook that a mean payment depends on, as one text: two ratebooks with the same text pay the same of one event. */
export function severityText({ file, number }: Ratebook): string {
  const { perils, foreignMoney, industryInterruption, eventLoss, waiting, size } = file;
  const keys = perils.flatMap(({ severity, records, interruption }) => [severity, records, interruption]);
  const of = (named: object | null): number[] => Object.values(named ?? {}).map((key) => number(key as string));
  return JSON.stringify([
    perils.map(({ peril, onlyWhen }) => [peril, onlyWhen]),
    [...keys, foreignMoney, industryInterruption, eventLoss, waiting].map(of),
    number(size.referenceRevenue),
    number(size.leastRevenue),
  ]);
}

const made = new WeakMap<Ratebook, FactorTables>();

/** The tables of a ratebook that has them, made once. */
export function factorTables(ratebook: Ratebook): FactorTables {
  const known = made.get(ratebook) ?? makeTables(ratebook);
  made.set(ratebook, known);
  return known;
}

/** Rows at each sixteenth of a doubling: straight lines between them miss a lognormal's share or a power by at most some 1e-4. */
const stepsPerDoubling = 16;
const revenueLevels = { from: -12, to: 16, stepsPerDoubling };
const recordLevels = { from: 0, to: 32, stepsPerDoubling };
const lossLevels = { from: -14, to: 14, stepsPerDoubling };

function makeTables(ratebook: Ratebook): FactorTables {
  const { file, number } = ratebook;
  const { perils } = file;
  const sizes = distinct(perils.map(({ severity }) => severity.revenueElasticity));
  const spreads = distinct(perils.map(({ severity }) => severity.sigma));
  const byRecords = distinct(perils.flatMap(({ records }) => (records === null ? [] : [JSON.stringify(records)])));
  return {
    ratebook,
    perils,
    base: Float64Array.from(perils, ({ frequency }) => number(frequency)),
    mean: Float64Array.from(perils, (peril) => referenceMean(peril, ratebook)),
    exposure: exposureByFacts(ratebook),
    industry: Float64Array.from(Industry.options, (industry) => number(file.industryFrequency[industry])),
    claims: claimsByFacts(ratebook),
    sizeFrequency: tabulate(revenueLevels, (level) => level ** number(file.size.frequencyElasticity)),
    sizeSeverity: sizes.map((key) => tabulate(revenueLevels, (level) => level ** number(key))),
    sizeOf: Uint8Array.from(perils, ({ severity }) => sizes.indexOf(severity.revenueElasticity)),
    records: byRecords.map((keys) => recordsTable(JSON.parse(keys) as NonNullable<PerilTariff['records']>, ratebook)),
    recordsOf: Uint8Array.from(perils, ({ records }) => (records === null ? byRecords.length : byRecords.indexOf(JSON.stringify(records)))),
    lossShare: spreads.map((key) => tabulate(lossLevels, (level) => lognormalLimitedMean(lognormalOfMean(1, number(key)), level))),
    shareOf: Uint8Array.from(perils, ({ severity }) => spreads.indexOf(severity.sigma)),
    ...yearTables(ratebook),
    steps: stepNumbers(ratebook),
  };
}

const distinct = (keys: readonly string[]): string[] => [...new Set(keys)];

function recordsTable({ elasticity, reference, least, most }: NonNullable<PerilTariff['records']>, { number }: Ratebook): LevelTable {
  return tabulate(recordLevels, (level) => Math.min(number(most), Math.max(number(least), (level / number(reference)) ** number(elasticity))));
}

function exposureByFacts({ file, number }: Ratebook): Float64Array {
  const factor = ({ onlyWhen, exposure }: PerilTariff, set: number): number => {
    const has = (fact: FirmFact): boolean => (set & bitOf[fact]) !== 0;
    if (onlyWhen !== null && !has(onlyWhen)) return 0;
    return exposure.filter(({ fact, is }) => has(fact) === is).reduce((product, one) => product * number(one.factor), 1);
  };
  return Float64Array.from({ length: file.perils.length * factSets }, (_, i) => factor(file.perils[Math.floor(i / factSets)]!, i % factSets));
}

function claimsByFacts(ratebook: Ratebook): Float64Array {
  const exposure = exposureByFacts(ratebook);
  return Float64Array.from({ length: factSets }, (_, set) =>
    ratebook.file.perils.reduce((sum, { frequency }, p) => sum + ratebook.number(frequency) * exposure[p * factSets + set]!, 0),
  );
}

function stepNumbers(ratebook: Ratebook): StepNumbers {
  const { file, number } = ratebook;
  const { security, catastrophe } = file;
  const { experience, schedule, combined, segment, uncertainty, market } = tablesOf(file);
  const bounds = ({ least, most }: Record<keyof Bounds, string>): Bounds => ({ least: number(least), most: number(most) });
  return {
    security: bounds(security),
    bookMean: number(security.bookMean),
    combined: bounds(combined),
    experience: {
      prior: number(experience.prior),
      years: number(experience.years),
      lossCap: number(experience.lossCap),
      ...bounds(experience),
    },
    mostSchedule: number(schedule.most),
    segment: bounds(segment),
    capital: costOfTail(ratebook),
    catastrophe: number(catastrophe),
    uncertainty: number(uncertainty),
    anchor: number(market.rateOnLine),
    expectedClaims: number(market.expectedClaims),
    credibilityClaims: number(market.k),
    marketCharged: number(market.charged),
  };
}
