import { z } from 'zod';
import {
  Currency,
  Day,
  Rounding,
  Text,
  built,
  hashData,
  readContent,
  type Built,
  type ContentFile,
  type ContentProblem,
  type Parameter,
  type ParameterSet,
} from '../basics/index.ts';
import { Peril } from '../catalogue/index.ts';
import { FirmFact, Industry } from '../parties/index.ts';

/** A parameter by its key. */
const Key = z.string().regex(/^[a-z][a-z0-9.-]*$/);

/** How the tariff rates one peril: every number is a parameter's key. */
export const PerilTariff = z.strictObject({
  peril: Peril,
  title: Text,
  frequency: Key,
  /** Only firms with this fact have the peril at all; null: all have it. */
  onlyWhen: FirmFact.nullable(),
  /** Multiplies the frequency when the firm has the fact (`is: true`) or lacks it. */
  exposure: z.array(z.strictObject({ fact: FirmFact, is: z.boolean(), factor: Key })),
  severity: z.strictObject({ mean: Key, sigma: Key, revenueElasticity: Key }),
  /** The loss also grows with the persons whose data the firm holds. */
  records: z.strictObject({ elasticity: Key, reference: Key, least: Key, most: Key }).nullable(),
  /** Lognormal hours of interruption that price the waiting period; null: a waiting period does not change this peril's loss. */
  interruption: z.strictObject({ mu: Key, sigma: Key, mostHours: Key }).nullable(),
});
export type PerilTariff = z.infer<typeof PerilTariff>;

/** What a tariff of filed tables adds: the case that its policy-year tables are made from, and the filed numbers of the steps that follow the frequency. */
const BindingTables = z.strictObject({
  /** The cover whose policy-year tables serve for all: whole loss of the reference firm, limit and retention. */
  reference: z.strictObject({ limit: Key, retention: Key }),
  experience: z.strictObject({ prior: Key, years: Key, lossCap: Key, least: Key, most: Key }),
  /** Most that the underwriter's documented items may add or take off together, as a share. */
  schedule: z.strictObject({ most: Key }),
  /** Bounds of security × experience × schedule. */
  combined: z.strictObject({ least: Key, most: Key }),
  /** Bounds of what an industry's own experience in the book may do to its frequency. */
  segment: z.strictObject({ least: Key, most: Key }),
  /** Share of the loaded loss that is charged while the book knows nothing; it shrinks with the book's credibility. */
  uncertainty: Key,
  /** Rate on line of the market, the book's expected claims and those at which the technical price counts half, and how much of the blend is charged. */
  market: z.strictObject({ rateOnLine: Key, expectedClaims: Key, k: Key, charged: Key }),
});

/** Most perils that a tariff can have: what the evaluator has room for. */
export const mostPerils = 32;

/** `content/ratebooks/<version>/ratebook.yaml`: which parameters act in which step of the price, with the filed bounds and the named roundings. */
export const RatebookFile = z.strictObject({
  version: z.string().min(1),
  title: Text,
  effectiveFrom: Day,
  currency: Currency,
  perils: z.array(PerilTariff).min(1).max(mostPerils),
  foreignMoney: z.strictObject({ rate: Key, scale: Key }),
  size: z.strictObject({ referenceRevenue: Key, leastRevenue: Key, frequencyElasticity: Key }),
  industryFrequency: z.record(Industry, Key),
  /** Factor on the time-based part of the loss; industries not named have 1. */
  industryInterruption: z.partialRecord(Industry, Key),
  /** A single event's loss, as a multiple of the yearly revenue: exact up to the knee, then at the slope up to the most. */
  eventLoss: z.strictObject({ knee: Key, slope: Key, most: Key }),
  security: z.strictObject({ bookMean: Key, least: Key, most: Key }),
  waiting: z.strictObject({ baseHours: Key }),
  riskLoad: z.strictObject({ confidence: Key, costOfCapital: Key, diversification: Key }),
  catastrophe: Key,
  expenses: z.strictObject({ lossAdjustment: Key, fixed: Key, variable: Key, profit: Key, minimum: Key }),
  vat: Key,
  /**
   * Present: the price is made from filed tables, with experience, schedule, uncertainty and market as further steps. Absent: each price is computed from the model itself and
   * has none of them.
   */
  tables: BindingTables.optional(),
  /** Step of the loss grid for a firm of reference revenue; other firms' steps grow with the root of their revenue. */
  grid: z.strictObject({ step: Key }),
  rounding: z.strictObject({ premium: Rounding, vat: Rounding, parts: z.literal('largest-remainder') }),
});
export type RatebookFile = z.infer<typeof RatebookFile>;

/** A ratebook with its numbers looked up. `number(key)` is the value of a parameter that the ratebook uses. */
export interface Ratebook {
  readonly file: RatebookFile;
  readonly parameters: ReadonlyMap<string, Parameter>;
  /** Hash of the file and of every parameter that it uses. */
  readonly hash: string;
  readonly perils: ReadonlyMap<Peril, PerilTariff>;
  readonly number: (key: string) => number;
}

/** Every parameter key that a ratebook names, sorted, no repeats. */
export function keysOf(file: RatebookFile): string[] {
  const keys = new Set<string>();
  const { perils, foreignMoney, size, industryFrequency, industryInterruption, eventLoss, security, waiting, riskLoad, expenses, grid } = file;
  for (const peril of perils) for (const key of keysOfPeril(peril)) keys.add(key);
  for (const group of [foreignMoney, size, industryFrequency, industryInterruption, eventLoss, security, waiting, riskLoad, expenses, grid]) {
    for (const key of Object.values(group)) keys.add(key);
  }
  for (const key of keysOfTables(file.tables)) keys.add(key);
  return [...keys.add(file.catastrophe).add(file.vat)].sort();
}

const keysOfTables = (tables: RatebookFile['tables']): string[] =>
  Object.values(tables ?? {}).flatMap((step) => (typeof step === 'string' ? [step] : Object.values(step)));

function keysOfPeril({ frequency, exposure, severity, records, interruption }: PerilTariff): string[] {
  return [
    frequency,
    ...exposure.map(({ factor }) => factor),
    ...Object.values(severity),
    ...Object.values(records ?? {}),
    ...Object.values(interruption ?? {}),
  ];
}

/** Reads one ratebook file against the parameters: a number without a sourced parameter, a peril given twice or a bound upside down is a problem. */
export function buildRatebook(file: ContentFile, parameters: ParameterSet): Built<Ratebook> {
  const { values, problems } = readContent(RatebookFile, [file]);
  const read = values[0]?.value;
  if (read === undefined) return { value: null, problems };
  problems.push(...unknownKeys(file.path, read, parameters), ...repeatedPerils(file.path, read));
  if (problems.length > 0) return { value: null, problems };
  const ratebook = compileRatebook(read, parameters);
  return built(ratebook, boundProblems(file.path, ratebook));
}

/** Ratebooks of one paper that begin on one day: no price could say which of them it rests on. */
export function sameDayProblems(ratebooks: readonly Pick<Ratebook, 'file'>[]): ContentProblem[] {
  return ratebooks.flatMap(({ file: { version, effectiveFrom } }, i) => {
    const earlier = ratebooks.slice(0, i).find(({ file }) => file.effectiveFrom === effectiveFrom);
    if (earlier === undefined) return [];
    const message = `${effectiveFrom} is the first day of version ${earlier.file.version} too: of one day only one version can be in force`;
    return [{ file: `content/ratebooks/${version}/ratebook.yaml`, at: 'effectiveFrom', message }];
  });
}

/** Looks up a ratebook's numbers. Every key must be present: use `buildRatebook` for files from outside. */
export function compileRatebook(file: RatebookFile, parameters: ParameterSet): Ratebook {
  const used = new Map(keysOf(file).map((key) => [key, parameters.byKey.get(key)!]));
  const values = new Map([...used].map(([key, parameter]) => [key, parameter.value]));
  const number = (key: string): number => values.get(key)!;
  return { file, parameters: used, hash: hashData([file, [...used.values()]]), perils: new Map(file.perils.map((peril) => [peril.peril, peril])), number };
}

const unknownKeys = (path: string, file: RatebookFile, { byKey }: ParameterSet): ContentProblem[] =>
  keysOf(file)
    .filter((key) => !byKey.has(key))
    .map((key) => ({ file: path, at: '', message: `no parameter \`${key}\`` }));

const repeatedPerils = (path: string, { perils }: RatebookFile): ContentProblem[] =>
  perils.flatMap(({ peril }, i) =>
    perils.findIndex((other) => other.peril === peril) < i ? [{ file: path, at: `perils.${i}.peril`, message: `\`${peril}\` is given twice` }] : [],
  );

/** What must hold between the numbers for a price to exist and to move the right way. */
function boundProblems(path: string, { file, number }: Ratebook): ContentProblem[] {
  const { security, eventLoss, expenses, riskLoad, grid } = file;
  const rules: Rule[] = [
    ['security', 0 < number(security.least) && number(security.least) <= 1 && 1 <= number(security.most), 'the bounds of the security factor must enclose 1'],
    ['eventLoss', 0 < number(eventLoss.knee) && number(eventLoss.knee) <= number(eventLoss.most), 'the knee must lie below the most'],
    ['eventLoss.slope', 0 < number(eventLoss.slope) && number(eventLoss.slope) <= 1, 'the slope must lie in (0, 1]'],
    ['expenses', number(expenses.variable) + number(expenses.profit) < 1, 'variable expenses and profit must leave something for losses'],
    ['riskLoad', number(riskLoad.costOfCapital) * number(riskLoad.diversification) < 1, 'the risk load must leave the mean a positive weight'],
    ['riskLoad.confidence', 0 < number(riskLoad.confidence) && number(riskLoad.confidence) < 1, 'the confidence must lie in (0, 1)'],
    ['grid.step', number(grid.step) > 0, 'the step must be above 0'],
    ...tableRules(file.tables, number),
  ];
  return rules.filter(([, holds]) => !holds).map(([at, , message]) => ({ file: path, at, message }));
}

type Rule = [at: string, holds: boolean, message: string];

/** What must hold between the numbers of the steps that a tariff of tables adds. */
function tableRules(tables: RatebookFile['tables'], number: Ratebook['number']): Rule[] {
  if (tables === undefined) return [];
  const { experience, schedule, combined, segment, uncertainty, market, reference } = tables;
  const encloses = ({ least, most }: { least: string; most: string }): boolean => 0 < number(least) && number(least) <= 1 && 1 <= number(most);
  const share = (key: string): boolean => 0 <= number(key) && number(key) <= 1;
  return [
    ['tables.reference', 0 <= number(reference.retention) && 0 < number(reference.limit), 'the reference cover must have a limit'],
    ['tables.experience', encloses(experience) && number(experience.prior) > 0 && number(experience.lossCap) > 0, 'the bounds of experience must enclose 1'],
    ['tables.schedule', 0 <= number(schedule.most) && number(schedule.most) < 1, 'schedule rating must stay below 100 %'],
    ['tables.combined', encloses(combined), 'the bounds of the combined factor must enclose 1'],
    ['tables.segment', encloses(segment), 'the bounds of the segment factor must enclose 1'],
    ['tables.uncertainty', number(uncertainty) >= 0, 'the uncertainty load must not be negative'],
    ['tables.market', number(market.k) > 0 && number(market.expectedClaims) >= 0 && share(market.charged), 'the blend must be a weighted mean'],
  ];
}

/** The part of a ratebook that makes it one of filed tables; asking one without it is a programmer's error. */
export function tablesOf({ tables, version }: RatebookFile): NonNullable<RatebookFile['tables']> {
  if (tables === undefined) throw new Error(`ratebook ${version} has no tables`);
  return tables;
}
