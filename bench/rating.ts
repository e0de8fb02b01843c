import { ZenEngine } from '@gorules/zen-engine';
import { Peril, type RequestedCover } from '../src/domain/catalogue/index.ts';
import { Industry, type FirmProfile } from '../src/domain/parties/index.ts';
import type { SecurityModifiers } from '../src/domain/rating/index.ts';
import { securityFactor } from '../src/domain/rating/frequency.ts';
import { loadPrice, preparePremium, priceCover, premiumTotal, priceRisk } from '../src/domain/rating/price.ts';
import { rateRisk, type RatedRisk } from '../src/domain/rating/risk.ts';
import { writeWorksheet } from '../src/domain/rating/worksheet.ts';
import { referenceFirm, tariff as readTariff } from '../test/tariff.ts';

/*
 * How fast a cover is priced, in this process, one thread. Each line is one path; the last runs the same factor tables through a rule engine and gives the ratio.
 * `table-only` leaves the aggregate limit and the tail out: what a classical tariff of tables does.
 */

const tariff = readTariff();
const cover: RequestedCover = tariff.catalogue.packages.get('sme-standard')!.cover;

const print = (line: Record<string, unknown>): void => console.log(JSON.stringify({ bench: 'rating', ...line }));

/** Security states that differ, so that nothing can be remembered between evaluations. */
const states: SecurityModifiers[] = Array.from({ length: 64 }, (_, n) => ({
  controls: Object.fromEntries(Peril.options.map((peril, i) => [peril, 0.7 + ((n * 7 + i * 3) % 50) / 100])) as Record<Peril, number>,
  findings: Object.fromEntries(Peril.options.map((peril, i) => [peril, 1 + ((n * 11 + i * 5) % 60) / 100])) as Record<Peril, number>,
}));

const firms: FirmProfile[] = states.map((_, n) => ({
  ...referenceFirm,
  industry: Industry.options[n % Industry.options.length]!,
  annualRevenue: { currency: 'CNY', minor: 500_000_000 + n * 60_000_000 },
}));

/** Calls `run` with 0, 1, 2, … for about `millis` after a warm-up and gives calls a second. */
function rate(run: (n: number) => unknown, millis = 1500): number {
  for (const end = performance.now() + millis / 5; performance.now() < end;) run(0);
  const start = performance.now();
  let calls = 0;
  while (performance.now() - start < millis) for (let i = 0; i < 8; i += 1) run(calls++);
  return calls / ((performance.now() - start) / 1000);
}

/** Prices from frequencies and mean payments alone. */
function tableOnly(risk: RatedRisk, modifiers: SecurityModifiers): ReturnType<typeof loadPrice> {
  const security = risk.perils.map((peril) => securityFactor(peril.tariff.peril, modifiers, tariff.ratebook));
  const rates = risk.perils.map(({ frequency }, i) => frequency.base * frequency.size * frequency.exposure * frequency.industry * security[i]!.used);
  const expected = risk.perils.reduce((sum, { meanPaid }, i) => sum + rates[i]! * meanPaid, 0);
  return loadPrice({ risk, security, rates, annual: { expected, tail: expected } });
}

/** The same factors as a decision graph: one table row per industry, one expression per peril, the build-up of the premium. */
function decisionGraph(risk: RatedRisk): object {
  const { file, number } = tariff.ratebook;
  const edge = (sourceId: string, targetId: string): object => ({ id: `${sourceId}-${targetId}`, type: 'edge', sourceId, targetId });
  const at = { x: 0, y: 0 };
  const rules = Industry.options.map((industry) => ({
    _id: industry,
    industryInput: JSON.stringify(industry),
    industryFactor: String(number(file.industryFrequency[industry])),
  }));
  const bounded = (i: number): string =>
    `min([${number(file.security.most)}, max([${number(file.security.least)}, controls[${i}] * findings[${i}] / ${number(file.security.bookMean)}])])`;
  const perils = risk.perils.map(({ frequency, meanPaid }, i) => ({
    id: `p${i}`,
    key: `peril${i}`,
    value: `${frequency.base * frequency.exposure * meanPaid} * industryFactor * sizeFactor * ${bounded(i)}`,
  }));
  const { catastrophe, expenses, vat } = file;
  const expected = perils.map(({ key }) => `$.${key}`).join(' + ');
  const premium = `max([${number(expenses.minimum)}, ((${expected}) * ${(1 + number(catastrophe)) * (1 + number(expenses.lossAdjustment))} + ${number(expenses.fixed)}) / ${1 - number(expenses.variable) - number(expenses.profit)}])`;
  return {
    nodes: [
      { id: 'in', type: 'inputNode', name: 'request', position: at },
      {
        id: 'table',
        type: 'decisionTableNode',
        name: 'industry',
        position: at,
        content: {
          hitPolicy: 'first',
          passThrough: true,
          inputs: [{ id: 'industryInput', name: 'industry', field: 'industry' }],
          outputs: [{ id: 'industryFactor', name: 'factor', field: 'industryFactor' }],
          rules,
        },
      },
      {
        id: 'sums',
        type: 'expressionNode',
        name: 'premium',
        position: at,
        content: {
          passThrough: true,
          expressions: [{ id: 's', key: 'sizeFactor', value: `(revenue / ${number(file.size.referenceRevenue)}) ^ ${number(file.size.frequencyElasticity)}` }],
        },
      },
      {
        id: 'perils',
        type: 'expressionNode',
        name: 'perils',
        position: at,
        content: {
          passThrough: true,
          expressions: [...perils, { id: 'e', key: 'exVat', value: premium }, { id: 'v', key: 'total', value: `$.exVat * ${1 + number(vat)}` }],
        },
      },
      { id: 'out', type: 'outputNode', name: 'answer', position: at },
    ],
    edges: [edge('in', 'table'), edge('table', 'sums'), edge('sums', 'perils'), edge('perils', 'out')],
  };
}

async function benchRuleEngine(ours: number): Promise<void> {
  const risk = rateRisk(referenceFirm, cover, tariff);
  const decision = new ZenEngine().createDecision(decisionGraph(risk));
  const request = (n: number): object => ({
    industry: referenceFirm.industry,
    revenue: referenceFirm.annualRevenue.minor / 100,
    controls: risk.perils.map(({ tariff: { peril } }) => states[n % 64]!.controls[peril]),
    findings: risk.perils.map(({ tariff: { peril } }) => states[n % 64]!.findings[peril]),
  });
  const { exVat } = (await decision.evaluate(request(5), { trace: true })).result as { exVat: number };
  const difference = Math.abs(exVat - tableOnly(risk, states[5]!).parts.charged);
  if (!(difference < 0.01)) throw new Error(`the rule engine gives ${exVat}, the tariff ${tableOnly(risk, states[5]!).parts.charged}`);
  let calls = 0;
  const start = performance.now();
  while (performance.now() - start < 1500) await Promise.all(Array.from({ length: 16 }, () => decision.evaluate(request(calls++), { trace: true })));
  const perSecond = calls / ((performance.now() - start) / 1000);
  print({
    path: 'rule engine (zen-engine), table-only with trace',
    perSecond: Math.round(perSecond),
    oursOverRuleEngine: Math.round((ours / perSecond) * 10) / 10,
    premiumAgreesTo: Number(difference.toExponential(1)),
  });
}

const prepared = rateRisk(referenceFirm, cover, tariff);
const cold = rate((n) => priceCover({ firm: firms[n % 64]!, cover, security: states[n % 64]! }, tariff));
print({ path: 'audited worksheet with FFT, another firm each time', perSecond: Math.round(cold), gridPoints: prepared.grid.points });
print({
  path: 'premium alone with FFT, another firm each time',
  perSecond: Math.round(rate((n) => premiumTotal({ firm: firms[n % 64]!, cover, security: states[n % 64]! }, tariff))),
});
print({
  path: 'audited worksheet with FFT, same firm, another security state each time',
  perSecond: Math.round(rate((n) => writeWorksheet(priceRisk(prepared, states[n % 64]!)))),
});
const whatIf = preparePremium({ firm: referenceFirm, cover }, tariff);
print({ path: 'premium alone with FFT, same firm, another security state each time', perSecond: Math.round(rate((n) => whatIf(states[n % 64]!))) });
const audited = rate((n) => writeWorksheet(tableOnly(prepared, states[n % 64]!)));
print({ path: 'audited worksheet, table-only', perSecond: Math.round(audited), lines: writeWorksheet(tableOnly(prepared, states[0]!)).lines.length });
print({ path: 'premium alone, table-only', perSecond: Math.round(rate((n) => tableOnly(prepared, states[n % 64]!).premium)) });
await benchRuleEngine(audited);
