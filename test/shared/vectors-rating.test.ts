import { expect, it } from 'vitest';
import type { Catalogue, Coverage, Peril, RequestedCover } from '../../src/domain/catalogue/index.ts';
import {
  buhlmannStraub,
  buildPremium,
  experienceCredibility,
  experienceFactor,
  marketAnchor,
  premiumTotal,
  priceCover,
  subsidise,
  waitingFactor,
  type Tariff,
} from '../../src/domain/rating/index.ts';
import { catalogue, ratebook, ratebookWith, referenceFirm } from '../tariff.ts';
import { describeShared, readSharedJson } from './shared-data.ts';

const vectors = { ...readSharedJson('vectors/claims-and-policy.json'), ...readSharedJson('vectors/rating-and-assessment.json') };
const expectedOf = <T>(id: string): T => (vectors[id] as { expected: T }).expected;
const inputsOf = <T>(id: string): T => (vectors[id] as { inputs: T }).inputs;

const near = (actual: number, expected: number, relative: number): void =>
  expect(Math.abs(actual - expected), `${actual} against ${expected}`).toBeLessThanOrEqual(relative * Math.abs(expected));

/** One coverage that answers for the whole loss of six perils, as the reference quote supposes. */
const wholeLoss = (perils: readonly Peril[], model: Coverage): Coverage => ({
  ...model,
  id: 'whole-loss',
  timeBased: false,
  shares: perils.map((peril) => ({ peril, share: 1 })),
});

describeShared('vectors of rating', () => {
  it('reproduces the reference quote as a whole', () => {
    const perilNames: Record<string, Peril> = {
      ransomware: 'ransomware',
      bec: 'business-email-compromise',
      ftf: 'transfer-fraud',
      data_breach: 'data-breach',
      dependent_outage: 'dependent-outage',
      other_liability: 'other-liability',
    };
    const { V, limit, retention } = inputsOf<{ V: Record<string, number>; limit: number; retention: number }>('quote_reference_sme');
    const expected =
      expectedOf<Record<'EL_with_aggregate' | 'risk_load' | 'premium_ex_vat' | 'premium_inc_vat' | 'rate_on_line', number>>('quote_reference_sme');
    const sold = catalogue();
    const coverage = wholeLoss(Object.values(perilNames), sold.coverages.get('incident-response')!);
    const variant: Catalogue = { ...sold, coverages: new Map([[coverage.id, coverage]]) };
    const tariff: Tariff = { ratebook: ratebookWith({ 'load.catastrophe': 0 }), catalogue: variant };
    const cover: RequestedCover = {
      package: null,
      currency: 'CNY',
      limitMinor: limit * 100,
      retentionMinor: retention * 100,
      lines: [{ coverage: coverage.id, subLimitMinor: limit * 100, waitingHours: null }],
      from: null,
    };
    const factor = (name: string): [Peril, number] => [perilNames[name]!, V[name]! * tariff.ratebook.number('findings.book-mean')];
    const security = {
      controls: Object.fromEntries(Object.keys(V).map(factor)),
      findings: Object.fromEntries(Object.values(perilNames).map((peril) => [peril, 1])),
    };

    const worksheet = priceCover({ firm: referenceFirm, cover, security } as Parameters<typeof priceCover>[0], tariff);

    process.stdout.write(`reference quote: ${worksheet.premium.exVat} fen before VAT, ${worksheet.premium.total} fen with VAT (expected 603754 and 639979)\n`);
    near(worksheet.expectedLossMinor / 100, expected.EL_with_aggregate, 0.002);
    near(worksheet.lines.find(({ id }) => id === 'load.risk')!.value, expected.risk_load, 0.002);
    near(worksheet.premium.exVat / 100, expected.premium_ex_vat, 0.002);
    near(worksheet.premium.total / 100, expected.premium_inc_vat, 0.002);
    near(worksheet.rateOnLine, expected.rate_on_line, 0.002);
    expect(premiumTotal({ firm: referenceFirm, cover, security } as Parameters<typeof priceCover>[0], tariff)).toEqual(worksheet.premium);
  });

  it('reproduces the build-up of a premium and its subsidy', () => {
    const { pure, ulae, fixed, variable, profit, vat, subsidy_rate, subsidy_cap } = inputsOf<Record<string, number>>('premium_buildup') as Record<
      'pure' | 'ulae' | 'fixed' | 'variable' | 'profit' | 'vat' | 'subsidy_rate' | 'subsidy_cap',
      number
    >;
    const expected = expectedOf<Record<'premium_ex_vat' | 'vat' | 'premium_inc_vat' | 'subsidy' | 'insured_pays', number>>('premium_buildup');

    const { charged } = buildPremium({ expectedLoss: pure, riskLoad: 0, catastrophe: 0 }, { lossAdjustment: ulae, fixed, variable, profit, minimum: 0 });
    const paid = subsidise(charged * (1 + vat), { rate: subsidy_rate, cap: subsidy_cap });

    expect(charged).toBeCloseTo(expected.premium_ex_vat, 2);
    expect(charged * vat).toBeCloseTo(expected.vat, 2);
    expect(paid.subsidy).toBeCloseTo(expected.subsidy, 2);
    expect(paid.insuredPays).toBeCloseTo(expected.insured_pays, 2);
  });

  it('reproduces waiting-period factors of outages and of ransomware', () => {
    const expected = expectedOf<Record<'outage' | 'ransomware', Record<string, number>>>('waiting_period_factors');
    const book = ratebook();

    for (const [hours, factor] of Object.entries(expected.outage)) near(waitingFactor(book.perils.get('dependent-outage')!, Number(hours), book), factor, 1e-9);
    for (const [hours, factor] of Object.entries(expected.ransomware)) near(waitingFactor(book.perils.get('ransomware')!, Number(hours), book), factor, 1e-9);
  });

  it('reproduces the anchors of the Chinese market', () => {
    const { pilot, report2024 } = inputsOf<{ pilot: { policies: number; premium: number; limit: number }; report2024: { premium: number; limit: number } }>(
      'china_market_anchors',
    );
    const expected = expectedOf<Record<'pilot_RoL' | 'pilot_avg_premium' | 'pilot_avg_limit' | 'report_RoL', number>>('china_market_anchors');

    near(marketAnchor(pilot).rateOnLine, expected.pilot_RoL, 1e-12);
    near(marketAnchor(pilot).averagePremium!, expected.pilot_avg_premium, 1e-12);
    near(marketAnchor(pilot).averageLimit!, expected.pilot_avg_limit, 1e-12);
    near(marketAnchor({ policies: null, ...report2024 }).rateOnLine, expected.report_RoL, 1e-12);
  });

  it('finds the size elasticity behind the tariff', () => {
    const { f1, f2, r1, r2 } = inputsOf<Record<'f1' | 'f2' | 'r1' | 'r2', number>>('size_elasticity');

    const gamma = Math.log(f2 / f1) / Math.log(r2 / r1);

    near(gamma, expectedOf<{ gamma: number }>('size_elasticity').gamma, 1e-12);
    near(ratebook().number('size.frequency-elasticity'), gamma, 0.01);
  });

  it('reproduces experience factors', () => {
    const { a } = inputsOf<{ a: number }>('gamma_poisson_experience');
    for (const { N, E, mod, Z } of expectedOf<{ N: number; E: number; mod: number; Z: number }[]>('gamma_poisson_experience')) {
      near(experienceFactor({ claims: N, expected: E }, a), mod, 1e-12);
      near(experienceCredibility({ claims: N, expected: E }, a), Z, 1e-12);
    }
  });

  it('reproduces the credibility premiums of Hachemeister', () => {
    const { ratios, weights } = inputsOf<{ data: { ratios: number[][]; weights: number[][] } }>('buhlmann_straub_hachemeister').data;
    const expected = expectedOf<{
      collective_premium: number;
      between_var_a: number;
      within_var_s2: number;
      credibility: number[];
      indiv_means: number[];
      cred_premium: number[];
      unweighted_buhlmann: { a: number; s2: number; Z: number; premium: number[] };
    }>('buhlmann_straub_hachemeister');

    const weighted = buhlmannStraub(ratios.map((row, i) => ({ ratios: row, weights: weights[i]! })));
    const equal = buhlmannStraub(ratios.map((row) => ({ ratios: row, weights: row.map(() => 1) })));

    near(weighted.collective, expected.collective_premium, 1e-9);
    near(weighted.between, expected.between_var_a, 1e-9);
    near(weighted.within, expected.within_var_s2, 1e-9);
    weighted.credibility.forEach((z, i) => near(z, expected.credibility[i]!, 1e-9));
    weighted.means.forEach((mean, i) => near(mean, expected.indiv_means[i]!, 1e-9));
    weighted.premiums.forEach((premium, i) => near(premium, expected.cred_premium[i]!, 1e-9));
    near(equal.between, expected.unweighted_buhlmann.a, 1e-9);
    near(equal.within, expected.unweighted_buhlmann.s2, 1e-9);
    equal.premiums.forEach((premium, i) => near(premium, expected.unweighted_buhlmann.premium[i]!, 1e-9));
  });
});
