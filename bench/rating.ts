import { spawnSync } from 'node:child_process';
import { loadavg } from 'node:os';
import { ZenEngine } from '@gorules/zen-engine';
import { Peril, type RequestedCover } from '../src/domain/catalogue/index.ts';
import { compoundPoisson, discretise, lognormalLimitedMean } from '../src/domain/basics/index.ts';
import { Industry, type FirmProfile } from '../src/domain/parties/index.ts';
import { inventBook, layOutBook, preparePremium, priceCover, rerateBook, type PriceRequest, type SecurityModifiers } from '../src/domain/rating/index.ts';
import { encodeSecurity, evaluate, firmLevels } from '../src/domain/rating/tables/evaluate.ts';
import { factorTables } from '../src/domain/rating/tables/factor-tables.ts';
import { furtherSteps, prepareCover, rateFirm, readTrail, revenueBounds, type TableRating } from '../src/domain/rating/tables/rate.ts';
import { head, perilSlot, perilStart } from '../src/domain/rating/tables/trail.ts';
import { writeWorksheet } from '../src/domain/rating/worksheet.ts';
import { averageSecurity, ratebookWith, referenceFirm, tariff as readTariff } from '../test/tariff.ts';

/*
 * How fast a cover is priced, in this process, one thread. Rates are by processor time of the process, so that a busy machine tells nearly the same as an idle one; the wall clock and
 * the load of the machine stand beside them. An audited evaluation leaves the premium and every number of its worksheet in a trail; the worksheet itself is written from it when
 * somebody reads it. The rule engine runs the same tariff with its trace in the same run.
 */

const filed = readTariff('2026.2');
const model = readTariff('2026.1');
const cover: RequestedCover = filed.catalogue.packages.get('sme-standard')!.cover;
const on = '2026-11-22';

const print = (line: Record<string, unknown>): void => console.log(JSON.stringify({ bench: 'rating', ...line }));

/** Firms and security states that differ, so that nothing can be remembered between evaluations. */
const different = 256;
const states: SecurityModifiers[] = Array.from({ length: different }, (_, n) => ({
  controls: Object.fromEntries(Peril.options.map((peril, i) => [peril, 0.7 + ((n * 7 + i * 3) % 50) / 100])) as Record<Peril, number>,
  findings: Object.fromEntries(Peril.options.map((peril, i) => [peril, 1 + ((n * 11 + i * 5) % 60) / 100])) as Record<Peril, number>,
}));
const firms: FirmProfile[] = states.map((_, n) => ({
  ...referenceFirm,
  industry: Industry.options[n % Industry.options.length]!,
  annualRevenue: { currency: 'CNY', minor: 500_000_000 + n * 15_000_000 },
}));
const requestAt = (n: number): PriceRequest => ({ firm: firms[n % different]!, cover, security: states[n % different]!, on });

interface Measured {
  readonly perSecond: number;
  readonly wallPerSecond: number;
}

const perSecondOf = (calls: number, cpuMicros: number, wallMillis: number): Measured => ({
  perSecond: Math.round(calls / (cpuMicros / 1e6)),
  wallPerSecond: Math.round(calls / (wallMillis / 1000)),
});

/** Calls `run` with 0, 1, 2, … for about `millis` after a warm-up, `each` calls between two looks at the clock. */
function rate(run: (n: number) => unknown, each = 8, millis = 1500): Measured {
  let calls = 0;
  for (const end = performance.now() + millis / 2; performance.now() < end;) for (let i = 0; i < each; i += 1) run(calls++);
  calls = 0;
  const [cpu, start] = [process.cpuUsage(), performance.now()];
  while (performance.now() - start < millis) for (let i = 0; i < each; i += 1) run(calls++);
  return perSecondOf(calls, process.cpuUsage(cpu).user, performance.now() - start);
}

const batch = 4096;

function benchModel(): void {
  const whatIf = preparePremium({ firm: referenceFirm, cover }, model);
  print({ path: '2026.1, model: worksheet, another firm each time', ...rate((n) => priceCover(requestAt(n), model)) });
  print({ path: '2026.1, model: premium, same firm, another security state each time', ...rate((n) => whatIf(states[n % different]!)) });
}

function benchTables(): Measured {
  const tables = factorTables(filed.ratebook);
  const bounds = revenueBounds(filed);
  const evaluator = prepareCover({ firm: referenceFirm, cover }, filed);
  const encoded = states.map((state) => encodeSecurity(state, tables));
  const levels = firms.map((firm) => firmLevels(firm, bounds));
  const further = firms.map((firm, n) => furtherSteps({ firm, on }, levels[n]!, tables, undefined));
  const { trail } = rateFirm(requestAt(0), evaluator, filed);
  const security = new Float64Array(2 * tables.perils.length);
  const evaluateAt = (n: number): number => evaluate(evaluator, levels[n % different]!, encoded[n % different]!, further[n % different]!, trail);
  const fromRecords = (n: number): number => {
    const firm = firms[n % different]!;
    const own = firmLevels(firm, bounds);
    return evaluate(evaluator, own, encodeSecurity(states[n % different]!, tables, security), furtherSteps({ firm, on }, own, tables, undefined), trail);
  };
  const audited = rate(evaluateAt, batch);
  print({
    path: '2026.2, tables: audited evaluation, another firm and state each time, cover prepared, inputs encoded',
    ...audited,
    trailNumbers: trail.length,
  });
  print({ path: '2026.2, tables: audited evaluation from the firm’s record and security as they are stored', ...rate(fromRecords, batch) });
  const whatIf = preparePremium({ firm: referenceFirm, cover, on }, filed);
  print({ path: '2026.2, tables: premium, same firm, another security state each time', ...rate((n) => whatIf(states[n % different]!), batch) });
  const lines = priceCover(requestAt(0), filed).lines.length;
  print({ path: '2026.2, tables: worksheet with its labels, everything new each time', ...rate((n) => priceCover(requestAt(n), filed)), lines });
  const rating = rateFirm(requestAt(0), evaluator, filed);
  rating.rate(states[0]!);
  print({ path: '2026.2, tables: worksheet written from a trail', ...rate(() => writeWorksheet(readTrail(requestAt(0), rating, filed))), lines });
  return audited;
}

const position = { x: 0, y: 0 };
const table = (name: string, field: string, columns: readonly string[], rows: readonly (readonly string[])[]): object => ({
  id: name,
  type: 'decisionTableNode',
  name,
  position,
  content: {
    hitPolicy: 'first',
    passThrough: true,
    inputs: [{ id: 'in', name: field, field }],
    outputs: columns.map((column) => ({ id: column, name: column, field: column })),
    rules: rows.map(([level, ...values], i) => ({ _id: String(i), in: level, ...Object.fromEntries(columns.map((column, c) => [column, values[c]])) })),
  },
});
const expressions = (name: string, list: readonly (readonly [key: string, value: string])[]): object => ({
  id: name,
  type: 'expressionNode',
  name,
  position,
  content: { passThrough: true, expressions: list.map(([key, value]) => ({ id: key, key, value })) },
});

/** The tariff as a decision graph: industry and policy year as decision tables, one expression for each peril; mean payments and size of the reference firm as numbers. */
function decisionGraph(rating: TableRating): object {
  const { tables } = rating.evaluator;
  const { steps, yearMean, yearTail } = tables;
  const { expenses, vat } = rating.evaluator.loads;
  const { limit, shapes } = rating.evaluator.shaped;
  const at = (k: number, slot: keyof typeof perilSlot): number => rating.trail[perilStart(k) + perilSlot[slot]]!;
  const perils = [...shapes[rating.levels.industry]!.perils].map((_, k): [string, string] => [
    `peril${k}`,
    `${at(k, 'base') * at(k, 'exposure') * at(k, 'size') * at(k, 'meanPaid')} * industryFactor * min([${steps.combined.most}, max([${steps.combined.least}, experience * min([${steps.security.most}, max([${steps.security.least}, controls[${k}] * findings[${k}] / ${steps.bookMean}])])])])`,
  ]);
  const industries = Industry.options.map((industry, i) => [JSON.stringify(industry), String(tables.industry[i])]);
  const years = yearMean.rows.map(({ level }, i) => {
    const line = ({ lines }: typeof yearMean): [string, string] => [String(lines[2 * i]), String(lines[2 * i + 1])];
    return [`< ${level}`, ...line(yearMean), ...line(yearTail)];
  });
  const pure = `($.expected + ${steps.capital} * ($.tail - $.expected)) * ${(1 + steps.catastrophe) * (1 + steps.uncertainty)}`;
  const nodes = [
    { id: 'request', type: 'inputNode', name: 'request', position },
    table('industry', 'industry', ['industryFactor'], industries),
    expressions('perils', [...perils, ['load', `(${perils.map(([key]) => `$.${key}`).join(' + ')}) / ${limit}`]]),
    table('policy-year', 'load', ['mean0', 'mean1', 'tail0', 'tail1'], years),
    expressions('premium', [
      ['expected', `${limit} * (mean0 + mean1 * load)`],
      ['tail', `${limit} * (tail0 + tail1 * load)`],
      ['exVat', `max([${expenses.minimum}, (${pure} * ${1 + expenses.lossAdjustment} + ${expenses.fixed}) / ${1 - expenses.variable - expenses.profit}])`],
      ['total', `$.exVat * ${1 + vat}`],
    ]),
    { id: 'answer', type: 'outputNode', name: 'answer', position },
  ];
  const ids = ['request', 'industry', 'perils', 'policy-year', 'premium', 'answer'];
  return { nodes, edges: ids.slice(1).map((targetId, i) => ({ id: targetId, type: 'edge', sourceId: ids[i]!, targetId })) };
}

async function benchRuleEngine(ours: Measured): Promise<void> {
  const rating = rateFirm({ firm: referenceFirm, cover, on }, prepareCover({ firm: referenceFirm, cover }, filed), filed);
  rating.rate(averageSecurity);
  const decision = new ZenEngine().createDecision(decisionGraph(rating));
  const perils = [...rating.evaluator.shaped.shapes[rating.levels.industry]!.perils].map((p) => rating.evaluator.tables.perils[p]!.peril);
  const request = (n: number): object => ({
    industry: referenceFirm.industry,
    experience: rating.further.experience.factor,
    controls: perils.map((peril) => states[n % different]!.controls[peril]),
    findings: perils.map((peril) => states[n % different]!.findings[peril]),
  });
  let difference = 0;
  for (let n = 0; n < 32; n += 1) {
    rating.rate(states[n]!);
    const { exVat } = (await decision.evaluate(request(n), { trace: true })).result as { exVat: number };
    difference = Math.max(difference, Math.abs(exVat - rating.trail[head.charged]!));
  }
  if (!(difference < 0.001)) throw new Error(`the rule engine is ${difference} yuan away from the tariff`);
  let calls = 0;
  const [cpu, start] = [process.cpuUsage(), performance.now()];
  while (performance.now() - start < 2000) await Promise.all(Array.from({ length: 16 }, () => decision.evaluate(request(calls++), { trace: true })));
  const engine = perSecondOf(calls, process.cpuUsage(cpu).user, performance.now() - start);
  print({
    path: 'rule engine (zen-engine) with its trace, the same tariff for one firm',
    ...engine,
    oursOverRuleEngine: Math.round(ours.perSecond / engine.perSecond),
    byWallClock: Math.round(ours.wallPerSecond / engine.wallPerSecond),
    premiumAgreesTo: Number(difference.toExponential(1)),
  });
}

function benchBook(): void {
  const policies = 1_000_000;
  const drawn = inventBook(1, 4000, filed.catalogue).map((policy) => ({ ...policy, on }));
  const measured = <T>(run: () => T): { value: T; of: Measured } => {
    const [cpu, start] = [process.cpuUsage(), performance.now()];
    const value = run();
    return { value, of: perSecondOf(policies, process.cpuUsage(cpu).user, performance.now() - start) };
  };
  const laid = measured(() => layOutBook(policies, (i) => drawn[i % drawn.length]!, filed));
  const megabytes = Object.values(laid.value).reduce((sum, column) => sum + (ArrayBuffer.isView(column) ? column.byteLength : 0), 0) / 1e6;
  print({ path: 'book of 1 M policies: rated from records and laid out by columns', ...laid.of, columnsMB: Math.round(megabytes) });
  const dearer = { ...filed, ratebook: ratebookWith({ 'frequency.ransomware': 0.003, 'security.most': 1.7, 'expense.variable': 0.24 }, '2026.2') };
  const runs = Array.from({ length: 5 }, () => measured(() => rerateBook(laid.value, dearer)).of);
  const best = runs.toSorted((a, b) => b.perSecond - a.perSecond)[0]!;
  print({ path: 'book of 1 M policies: rated again by columns under another ratebook', ...best, processMB: Math.round(process.memoryUsage().rss / 1e6) });
}

/** One firm: Poisson(3) claims, lognormal(11, 1.6) beyond a retention of 25,000 up to 1 M, the distribution of the year on a grid of this many points. */
const one = { rate: 3, mu: 11, sigma: 1.6, retention: 25_000, limit: 1_000_000, step: 1000, points: 32_768 };

const numpyScript = `
import time, math, json, sys
try:
    import numpy as np
except ImportError:
    print(json.dumps(None)); sys.exit()
rate, mu, sigma, retention, limit, step, points = ${JSON.stringify(Object.values(one))}
f = np.array(json.load(sys.stdin)); n = points
runs = 200; c = time.process_time()
for k in range(runs):
    g = np.fft.irfft(np.exp(rate * (np.fft.rfft(f, n) - 1)), n)
print(json.dumps({"millis": (time.process_time() - c) / runs * 1e3, "version": np.__version__, "cdf": np.cumsum(g)[:: n // 64].tolist()}))
`;

function benchTransform(): void {
  const severity = { mu: one.mu, sigma: one.sigma };
  const below = lognormalLimitedMean(severity, one.retention);
  const last = one.limit / one.step;
  const event = discretise((y) => lognormalLimitedMean(severity, one.retention + y) - below, one.step, last + 1).probability;
  const intensity = event.map((p, k) => (k === 0 ? 0 : one.rate * p));
  const runs = 200;
  for (let k = 0; k < runs; k += 1) compoundPoisson(intensity, one.step, one.points);
  const cpu = process.cpuUsage();
  for (let k = 0; k < runs; k += 1) compoundPoisson(intensity, one.step, one.points);
  const millis = process.cpuUsage(cpu).user / 1000 / runs;
  const year = compoundPoisson(intensity, one.step, one.points).probability;
  const cdf: number[] = [];
  let sum = 0;
  year.forEach((p, k) => {
    sum += p;
    if (k % (one.points / 64) === 0) cdf.push(sum);
  });
  const asked = spawnSync('python3', ['-c', numpyScript], { input: JSON.stringify([...event]), encoding: 'utf8' });
  const numpy = asked.status === 0 ? (JSON.parse(asked.stdout) as { millis: number; version: string; cdf: number[] } | null) : null;
  const shown = { path: 'one firm by the fast Fourier transform', points: one.points, millis: Number(millis.toFixed(3)) };
  if (numpy === null) print({ ...shown, numpy: 'absent (apt install python3-numpy)' });
  else {
    const difference = Math.max(...cdf.map((p, i) => Math.abs(p - numpy.cdf[i]!)));
    print({
      ...shown,
      numpyMillis: Number(numpy.millis.toFixed(3)),
      numpy: numpy.version,
      timesNumpy: Number((millis / numpy.millis).toFixed(2)),
      cdfAgreesTo: Number(difference.toExponential(1)),
    });
  }
}

print({ machineLoad: loadavg()[0] });
benchModel();
const audited = benchTables();
await benchRuleEngine(audited);
benchBook();
benchTransform();
print({ machineLoad: loadavg()[0] });
