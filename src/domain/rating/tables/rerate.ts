import type { RequestedCover } from '../../catalogue/index.ts';
import { ownRecordFactor, limitedLosses } from '../adjustment.ts';
import type { PriceRequest } from '../price.ts';
import { mostPerils } from '../ratebook.ts';
import { checkCurrency, type Tariff } from '../risk.ts';
import { encodeSecurity, evaluate, firmLevels, loadPremium, loadsOf, type Evaluator } from './evaluate.ts';
import { factSets, factorTables, severityText, type FactorTables } from './factor-tables.ts';
import { valueAt } from './level-table.ts';
import { meanLimitedLoss } from './mean-loss.ts';
import { bookSteps, claimsExpected, furtherSteps, prepareCover, revenueBounds, segmentFactor } from './rate.ts';
import { atHand, combinedFactor, securityUsed } from './steps.ts';
import { head, headLength, perilSlot, perilStart } from './trail.ts';

/**
 * A book laid out by columns for rating again and again: one list for each fact of all policies, and one for each peril of what an event pays and of the firm's security. About 210
 * bytes a policy at ten perils.
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
  /** Peril after peril: mean payment of one event, 0 where the cover or the firm does not have the peril. */
  readonly paid: Float64Array;
  /** Peril after peril: controls × findings before the book's mean and the bounds. */
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
    columns.paid[p * columns.policies + i] = trail[at + perilSlot.meanPaid]!;
    columns.security[p * columns.policies + i] = security[p]! * security[columns.perils + p]!;
  }
}

/** Policies rated together: their sums stay in the processor's cache while peril after peril runs over them. */
const blockSize = 1024;

/**
 * Rates a laid-out book under a tariff whose severities are those of the columns: frequencies, industries, bounds, loads and expenses may differ. Premium before VAT of each policy,
 * minor units, to the unit what pricing the policy alone gives. A tariff with other severities is a programmer's error: the book must be laid out anew.
 */
export function rerateBook(columns: BookColumns, tariff: Tariff): Float64Array {
  if (severityText(tariff.ratebook) !== columns.severity) throw new Error('the tariff has other severities than the columns: lay the book out anew');
  const tables = factorTables(tariff.ratebook);
  const run: Run = {
    columns,
    tables,
    loads: loadsOf(tables),
    exposedBase: tables.exposure.map((exposed, i) => tables.base[Math.floor(i / factSets)]! * exposed),
    segments: Float64Array.from(tables.industry, (_, industry) => segmentFactor(industry, tables, tariff.book)),
    trail: new Float64Array(headLength),
    ofFirm: new Float64Array(blockSize),
    adjusted: new Float64Array(blockSize),
    payments: new Float64Array(blockSize),
  };
  const { catastrophe, credibility } = bookSteps(tables, tariff.book);
  run.trail[head.catastropheShare] = catastrophe;
  run.trail[head.credibility] = credibility;
  const premiums = new Float64Array(columns.policies);
  for (let from = 0; from < columns.policies; from += blockSize) rateBlock(run, from, Math.min(columns.policies, from + blockSize), premiums);
  return premiums;
}

interface Run {
  readonly columns: BookColumns;
  readonly tables: FactorTables;
  readonly loads: ReturnType<typeof loadsOf>;
  /** Base × exposure by peril and facts. */
  readonly exposedBase: Float64Array;
  readonly segments: Float64Array;
  readonly trail: Float64Array;
  /** Of the block: size × industry × segment, experience × schedule, Σ rate × mean payment. */
  readonly ofFirm: Float64Array;
  readonly adjusted: Float64Array;
  readonly payments: Float64Array;
}

function rateBlock(run: Run, from: number, to: number, premiums: Float64Array): void {
  firmFactors(run, from, to);
  run.payments.fill(0);
  for (let p = 0; p < run.columns.perils; p += 1) addPeril(run, p, from, to);
  const { trail, payments, loads } = run;
  const { limit } = run.columns;
  for (let i = from; i < to; i += 1) {
    trail[head.payments] = payments[i - from]!;
    trail[head.limit] = limit[i]!;
    loadPremium(loads, trail);
    premiums[i] = trail[head.exVat]!;
  }
}

function firmFactors({ columns, tables, segments, ofFirm, adjusted }: Run, from: number, to: number): void {
  const { relativeRevenue, industry, schedule, losses } = columns;
  for (let i = from; i < to; i += 1) {
    const size = valueAt(tables.sizeFrequency, relativeRevenue[i]!);
    ofFirm[i - from] = size * tables.industry[industry[i]!]! * segments[industry[i]!]!;
    adjusted[i - from] = losses[i]! < 0 ? schedule[i]! : experienceAt(columns, i, size, tables) * schedule[i]!;
  }
}

function experienceAt({ relativeRevenue, records, facts, industry, losses }: BookColumns, i: number, size: number, tables: FactorTables): number {
  const { experience: plan } = tables.steps;
  const firm = { relativeRevenue: relativeRevenue[i]!, records: records[i]!, facts: facts[i]!, industry: industry[i]! };
  const lost = losses[i]!;
  const claims = lost === 0 ? 0 : lost / meanLimitedLoss(plan.lossCap, firm, tables);
  return ownRecordFactor({ claims, expected: claimsExpected(size, firm, tables) }, plan);
}

function addPeril({ columns, tables, exposedBase, ofFirm, adjusted, payments }: Run, p: number, from: number, to: number): void {
  const { facts, paid, security, policies } = columns;
  const [row, start] = [p * factSets, p * policies];
  const steps = atHand(tables.steps);
  for (let i = from; i < to; i += 1) {
    const mean = paid[start + i]!;
    if (mean === 0) continue;
    const combined = combinedFactor(securityUsed(security[start + i]!, steps), adjusted[i - from]!, steps);
    payments[i - from]! += exposedBase[row + facts[i]!]! * ofFirm[i - from]! * combined * mean;
  }
}
