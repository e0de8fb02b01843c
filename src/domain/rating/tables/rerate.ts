import type { RequestedCover } from '../../catalogue/index.ts';
import { ownRecordFactor, limitedLosses } from '../adjustment.ts';
import type { PriceRequest } from '../price.ts';
import { mostPerils } from '../ratebook.ts';
import { checkCurrency, type Tariff } from '../risk.ts';
import { encodeSecurity, evaluate, firmLevels, type Evaluator } from './evaluate.ts';
import { factSets, factorTables, severityText, type FactorTables } from './factor-tables.ts';
import { valueAt } from './level-table.ts';
import { loadPremiums, loadsOf, type Loads } from './loading.ts';
import { meanLimitedLoss } from './mean-loss.ts';
import { bookSteps, claimsExpected, furtherSteps, prepareCover, revenueBounds, segmentFactor } from './rate.ts';
import { combinedBound, combinedFactor } from './steps.ts';
import { head, headColumns, headLength, perilSlot, perilStart } from './trail.ts';

/**
 * A book laid out by columns for rating again and again: one list for each fact of all policies, and of what an event of each peril pays and of the firm's security against it, policy
 * after policy. About 210 bytes a policy at ten perils.
 */
export interface BookColumns {
  readonly policies: number;
  readonly perils: number;
  readonly relativeRevenue: Float64Array;
  readonly industry: Uint8Array;
  readonly facts: Uint8Array;
  readonly limit: Float64Array;
  readonly records: Float64Array;
  /** Limited losses of the experience period, major units; −1: no experience is rated. */
  readonly losses: Float64Array;
  readonly schedule: Float64Array;
  /** By policy and peril: mean payment of one event, 0 where the cover or the firm does not have the peril. */
  readonly paid: Float64Array;
  /** By policy and peril: controls × findings before the book's mean and the bounds. */
  readonly security: Float64Array;
  /** The numbers that the mean payments rest on: another tariff must have the same. */
  readonly severity: string;
}

/** Lays out a book under a tariff of filed tables; `policyAt` is asked once for each policy, so that the book need not lie in memory as objects. Throws what pricing a policy throws. */
export function layOutBook(policies: number, policyAt: (i: number) => PriceRequest, tariff: Tariff): BookColumns {
  const tables = factorTables(tariff.ratebook);
  const perils = tables.perils.length;
  const columns: BookColumns = {
    policies,
    perils,
    relativeRevenue: new Float64Array(policies),
    industry: new Uint8Array(policies),
    facts: new Uint8Array(policies),
    limit: new Float64Array(policies),
    records: new Float64Array(policies),
    losses: new Float64Array(policies),
    schedule: new Float64Array(policies),
    paid: new Float64Array(policies * perils),
    security: new Float64Array(policies * perils),
    severity: severityText(tariff.ratebook),
  };
  const layOut: Layout = {
    columns,
    tables,
    tariff,
    bounds: revenueBounds(tariff),
    security: new Float64Array(2 * perils),
    trail: new Float64Array(longestTrail),
  };
  const covers = new Map<RequestedCover, Evaluator>();
  for (let i = 0; i < policies; i += 1) {
    const policy = policyAt(i);
    const evaluator = covers.get(policy.cover) ?? prepareCover(policy, tariff);
    covers.set(policy.cover, evaluator);
    fillRow(layOut, i, policy, evaluator);
  }
  return columns;
}

/** Lines that a cover has at the most. */
const mostLines = 30;

/** Room for the trail of any cover. */
const longestTrail = perilStart(mostPerils) + mostPerils * (mostLines + 1);

interface Layout {
  readonly columns: BookColumns;
  readonly tables: FactorTables;
  readonly tariff: Tariff;
  readonly bounds: ReturnType<typeof revenueBounds>;
  readonly security: Float64Array;
  readonly trail: Float64Array;
}

function fillRow({ columns, tables, tariff, bounds, security, trail }: Layout, i: number, policy: PriceRequest, evaluator: Evaluator): void {
  const levels = firmLevels(policy.firm, bounds);
  checkCurrency('firm.annualRevenue', policy.firm.annualRevenue.currency, tariff);
  evaluate(evaluator, levels, encodeSecurity(policy.security, tables, security), furtherSteps(policy, levels, tables, tariff.book), trail);
  columns.relativeRevenue[i] = levels.relativeRevenue;
  columns.industry[i] = levels.industry;
  columns.facts[i] = levels.facts;
  columns.limit[i] = evaluator.shaped.limit;
  columns.records[i] = levels.records;
  columns.losses[i] = policy.on === undefined ? -1 : limitedLosses(policy.firm, policy.on, tables.steps.experience);
  columns.schedule[i] = trail[head.schedule]!;
  const { perils } = evaluator.shaped.shapes[levels.industry]!;
  for (let k = 0; k < perils.length; k += 1) {
    const at = perilStart(k);
    if (trail[at + perilSlot.base] === 0) continue;
    const p = perils[k]!;
    columns.paid[i * columns.perils + p] = trail[at + perilSlot.meanPaid]!;
    columns.security[i * columns.perils + p] = security[p]! * security[columns.perils + p]!;
  }
}

/** Policies rated together: their numbers stay in the processor's nearest cache while step after step runs over them. */
const blockSize = 256;

/**
 * Rates a laid-out book under a tariff whose severities are those of the columns: frequencies, industries, bounds, loads and expenses may differ. Premium before VAT of each policy,
 * minor units, to the unit what pricing the policy alone gives. A tariff with other severities is a programmer's error: the book must be laid out anew.
 */
export function rerateBook(columns: BookColumns, tariff: Tariff): Float64Array {
  if (severityText(tariff.ratebook) !== columns.severity) throw new Error('the tariff has other severities than the columns: lay the book out anew');
  const run = prepareRun(columns, tariff);
  const premiums = new Float64Array(columns.policies);
  for (let from = 0; from < columns.policies; from += blockSize) {
    const to = Math.min(columns.policies, from + blockSize);
    for (const step of steps) step(run, from, to);
    premiums.set(run.trail.subarray(at.exVat, at.exVat + to - from), from);
  }
  return premiums;
}

const at = headColumns(blockSize);

interface Run {
  readonly columns: BookColumns;
  readonly tables: FactorTables;
  readonly loads: Loads;
  /** Base × exposure by facts and peril. */
  readonly exposedBase: Float64Array;
  /** Of the security: the book's mean, its bounds, and those filed with experience and schedule. In a typed list, which alone tells the compiler that they are plain numbers. */
  readonly bounds: Float64Array;
  readonly segments: Float64Array;
  /** Heads of the block's policies by columns. */
  readonly trail: Float64Array;
  /** Of the block: frequency by size, size × industry × segment, experience × schedule. */
  readonly size: Float64Array;
  readonly ofFirm: Float64Array;
  readonly adjusted: Float64Array;
}

function prepareRun(columns: BookColumns, tariff: Tariff): Run {
  const tables = factorTables(tariff.ratebook);
  const trail = new Float64Array(headLength * blockSize);
  const { bookMean, security, combined } = tables.steps;
  const { catastrophe, credibility } = bookSteps(tables, tariff.book);
  trail.fill(catastrophe, at.catastropheShare, at.catastropheShare + blockSize);
  trail.fill(credibility, at.credibility, at.credibility + blockSize);
  return {
    columns,
    tables,
    loads: loadsOf(tables),
    trail,
    exposedBase: exposedBaseOf(tables),
    bounds: Float64Array.of(bookMean, security.least, security.most, combined.least, combined.most),
    segments: Float64Array.from(tables.industry, (_, industry) => segmentFactor(industry, tables, tariff.book)),
    size: new Float64Array(blockSize),
    ofFirm: new Float64Array(blockSize),
    adjusted: new Float64Array(blockSize),
  };
}

const exposedBaseOf = ({ exposure, base }: FactorTables): Float64Array =>
  Float64Array.from(exposure, (_, i) => base[i % base.length]! * exposure[(i % base.length) * factSets + Math.floor(i / base.length)]!);

function lookUpSizes({ columns: { relativeRevenue }, tables: { sizeFrequency }, size }: Run, from: number, to: number): void {
  for (let i = from; i < to; i += 1) size[i - from] = valueAt(sizeFrequency, relativeRevenue[i]!);
}

function adjustFirms({ columns, tables, segments, size, ofFirm, adjusted }: Run, from: number, to: number): void {
  const { industry, facts, schedule, losses } = columns;
  const { industry: ofIndustry, claims: yearly, steps } = tables;
  const { experience: plan } = steps;
  for (let i = from; i < to; i += 1) {
    const k = i - from;
    const sized = size[k]! * ofIndustry[industry[i]!]!;
    ofFirm[k] = sized * segments[industry[i]!]!;
    const lost = losses[i]!;
    const claims = lost > 0 ? lost / meanLimitedLossAt(columns, i, tables) : 0;
    adjusted[k] = lost < 0 ? schedule[i]! : ownRecordFactor(claims, claimsExpected(sized, yearly[facts[i]!]!, plan), plan) * schedule[i]!;
  }
}

/** Only for a policy with losses of its own. */
function meanLimitedLossAt({ relativeRevenue, records, facts }: BookColumns, i: number, tables: FactorTables): number {
  return meanLimitedLoss(tables.steps.experience.lossCap, { relativeRevenue: relativeRevenue[i]!, records: records[i]!, facts: facts[i]! }, tables);
}

/** Σ rate × mean payment of each policy. A mean payment of 0 adds 0, because a jump is dearer than the product. */
function addPerils({ columns, exposedBase, bounds, ofFirm, adjusted, trail }: Run, from: number, to: number): void {
  const { perils, facts, paid, security } = columns;
  const bookMean = bounds[0]!;
  const leastOfSecurity = bounds[1]!;
  const mostOfSecurity = bounds[2]!;
  const leastOfAll = bounds[3]!;
  const mostOfAll = bounds[4]!;
  let cell = from * perils;
  for (let k = 0; k < to - from; k += 1) {
    const ownRecord = adjusted[k]!;
    const firm = ofFirm[k]!;
    const perMean = ownRecord / bookMean;
    const least = combinedBound(leastOfSecurity, ownRecord, leastOfAll, mostOfAll);
    const most = combinedBound(mostOfSecurity, ownRecord, leastOfAll, mostOfAll);
    let payments = 0;
    let row = facts[from + k]! * perils;
    for (const end = cell + perils; cell < end; cell += 1, row += 1) {
      const combined = combinedFactor(security[cell]!, perMean, least, most);
      payments += exposedBase[row]! * firm * combined * paid[cell]!;
    }
    trail[at.payments + k] = payments;
  }
}

function loadBlock({ columns: { limit }, trail, loads }: Run, from: number, to: number): void {
  trail.set(limit.subarray(from, to), at.limit);
  loadPremiums(loads, trail, at, to - from);
}

/** What is done to a block. Called from a list so that each step is compiled by itself: all together are more than the compiler takes into one loop, and numbers handed between would be allocated. */
const steps = [lookUpSizes, adjustFirms, addPerils, loadBlock] as const;
