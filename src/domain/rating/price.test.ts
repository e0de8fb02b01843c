import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { averageSecurity, forEachPeril, parameters, referenceFirm, tariff as readTariff } from '../../../test/tariff.ts';
import { Refusal } from '../basics/index.ts';
import { Peril, type CoverLine, type RequestedCover } from '../catalogue/index.ts';
import { Industry, type FirmProfile } from '../parties/index.ts';
import { Worksheet, type SecurityModifiers } from './model.ts';
import { preparePremium, premiumTotal, priceCover } from './price.ts';
import { compileRatebook } from './ratebook.ts';

const coverages = [...readTariff().catalogue.coverages.values()].filter(({ offered }) => offered !== false);

const firms: fc.Arbitrary<FirmProfile> = fc
  .record({
    industry: fc.constantFrom(...Industry.options),
    revenue: fc.integer({ min: 0, max: 200_000_000_000 }),
    personalRecords: fc.integer({ min: 0, max: 50_000_000 }),
    sellsOnline: fc.boolean(),
    operatesIndustrialControl: fc.boolean(),
    sellsTechnologyServices: fc.boolean(),
    makesDigitalProducts: fc.boolean(),
  })
  .map(({ revenue, ...facts }) => ({ ...referenceFirm, ...facts, annualRevenue: { currency: 'CNY', minor: revenue } }));

const lines: fc.Arbitrary<CoverLine[]> = fc.subarray(coverages, { minLength: 1 }).chain((chosen) =>
  fc.tuple(
    ...chosen.map(({ id, timeBased }) =>
      fc.record({
        coverage: fc.constant(id),
        subLimitMinor: fc.integer({ min: 1_000_000, max: 500_000_000 }),
        waitingHours: timeBased ? fc.integer({ min: 0, max: 72 }) : fc.constant(null),
      }),
    ),
  ),
);

const covers: fc.Arbitrary<RequestedCover> = fc.record({
  package: fc.constant(null),
  currency: fc.constant('CNY' as const),
  limitMinor: fc.integer({ min: 5_000_000, max: 500_000_000 }),
  retentionMinor: fc.integer({ min: 0, max: 10_000_000 }),
  lines,
  from: fc.constant(null),
});

const perilFactors = (min: number, max: number): fc.Arbitrary<Record<Peril, number>> =>
  fc
    .tuple(...Peril.options.map(() => fc.double({ min, max, noNaN: true })))
    .map((values) => Object.fromEntries(Peril.options.map((peril, i) => [peril, values[i]!])) as Record<Peril, number>);

const securities: fc.Arbitrary<SecurityModifiers> = fc.record({ controls: perilFactors(0.4, 1.8), findings: perilFactors(1, 4) });

/** Every factor multiplied by its own number in [0, 1]; findings stay at least 1. */
function improved({ controls, findings }: SecurityModifiers, by: SecurityModifiers): SecurityModifiers {
  const scaled = (values: Record<Peril, number>, factors: Record<Peril, number>, least: number): Record<Peril, number> =>
    Object.fromEntries(Peril.options.map((peril) => [peril, Math.max(least, values[peril] * factors[peril])])) as Record<Peril, number>;
  return { controls: scaled(controls, by.controls, 0.01), findings: scaled(findings, by.findings, 1) };
}

const reductions: fc.Arbitrary<SecurityModifiers> = fc.record({ controls: perilFactors(0, 1), findings: perilFactors(0, 1) });

const laws = <T>(property: fc.IProperty<T>): void => fc.assert(property, { numRuns: 60 });

describe.each(['2026.1', '2026.2'] as const)('ratebook %s', (version) => {
  const tariff = readTariff(version);
  const total = (firm: FirmProfile, cover: RequestedCover, security: SecurityModifiers): number => premiumTotal({ firm, cover, security }, tariff).total;

  describe('a worksheet', () => {
    it('re-adds: the amounts are the premium, the bars are the total, VAT and premium are the total', () => {
      laws(
        fc.property(firms, covers, securities, (firm, cover, security) => {
          const worksheet = priceCover({ firm, cover, security }, tariff);

          expect(Worksheet.parse(worksheet)).toEqual(worksheet);
          expect(worksheet.lines.reduce((sum, { amountMinor }) => sum + (amountMinor ?? 0), 0)).toBe(worksheet.premium.exVat);
          expect(worksheet.premium.exVat + worksheet.premium.vat).toBe(worksheet.premium.total);
          expect(worksheet.waterfall.reduce((sum, { deltaMinor }) => sum + deltaMinor, 0)).toBe(worksheet.premium.total);
          expect(worksheet.lines.every(({ amountMinor }) => amountMinor === null || amountMinor >= 0)).toBe(true);
        }),
      );
    });

    it('leads from the payments by peril to those by coverage: the policy-year limit is the difference', () => {
      laws(
        fc.property(firms, covers, securities, (firm, cover, security) => {
          const { lines: written } = priceCover({ firm, cover, security }, tariff);
          const expected = written.filter(({ id }) => id.endsWith('.expected'));
          const sum = (some: typeof written) => some.reduce((total, { value }) => total + value, 0);
          const annualLimit = written.find(({ id }) => id === 'cover.annual-limit')!;
          const byPeril = sum(expected.filter(({ peril }) => peril !== null));
          const byCoverage = sum(expected.filter(({ coverage }) => coverage !== null));

          expect(annualLimit.amountMinor).toBeNull();
          expect(annualLimit.value).toBeLessThanOrEqual(0);
          expect(Math.abs(byPeril + annualLimit.value - byCoverage)).toBeLessThan(1e-3 + 1e-9 * byPeril);
        }),
      );
    });

    it('names each line once and cites only parameters that have a source', () => {
      const worksheet = priceCover({ firm: referenceFirm, cover: tariff.catalogue.packages.get('sme-enhanced')!.cover, security: averageSecurity }, tariff);

      expect(new Set(worksheet.lines.map(({ id }) => id)).size).toBe(worksheet.lines.length);
      for (const key of worksheet.lines.flatMap(({ parameters }) => parameters)) expect(tariff.ratebook.parameters.get(key)?.source).toBeTruthy();
      expect(worksheet.priors).toContain('load.catastrophe');
      expect(worksheet.priors).not.toContain('tax.vat');
    });

    it.runIf(version === '2026.1')('cites on some line every parameter that the ratebook was asked for, and every judgement among them as a prior', () => {
      laws(
        fc.property(firms, covers, securities, (firm, cover, security) => {
          const asked = new Set<string>();
          const watched = { ...tariff.ratebook, number: (key: string): number => (asked.add(key), tariff.ratebook.number(key)) };

          const worksheet = priceCover({ firm, cover, security }, { ...tariff, ratebook: watched });

          const cited = new Set(worksheet.lines.flatMap(({ parameters }) => parameters));
          expect([...asked].filter((key) => !cited.has(key))).toEqual([]);
          expect(worksheet.priors).toEqual([...cited].filter((key) => tariff.ratebook.parameters.get(key)!.provenance === 'J').sort());
        }),
      );
    });

    it('has the same premium as the light path and the prepared path', () => {
      laws(
        fc.property(firms, covers, securities, (firm, cover, security) => {
          const { premium } = priceCover({ firm, cover, security }, tariff);

          expect(premiumTotal({ firm, cover, security }, tariff)).toEqual(premium);
          expect(preparePremium({ firm, cover }, tariff)(security)).toEqual(premium);
        }),
      );
    });

    it('says when a security factor lies beyond the upper bound, and not when it lies below the lower one', () => {
      const cover = tariff.catalogue.packages.get('sme-standard')!.cover;
      const security = { controls: { ...forEachPeril(1), ransomware: 1.5, 'data-breach': 0.1 }, findings: { ...forEachPeril(1), ransomware: 4 } };

      expect(priceCover({ firm: referenceFirm, cover, security }, tariff).clamped).toEqual(['ransomware']);
    });

    it('charges the minimum premium for a very small cover and shows what it adds', () => {
      const cover: RequestedCover = {
        ...tariff.catalogue.packages.get('sme-basic')!.cover,
        limitMinor: 100_000,
        lines: [{ coverage: 'crisis-communication', subLimitMinor: 100_000, waitingHours: null }],
      };

      const worksheet = priceCover({ firm: referenceFirm, cover, security: averageSecurity }, tariff);

      expect(worksheet.minimumApplied).toBe(true);
      expect(worksheet.premium.exVat).toBe(150_000);
      expect(worksheet.waterfall.map(({ kind }) => kind)).toContain('minimum');
    });
  });

  describe('the premium', () => {
    it('never rises when a security factor falls', () => {
      laws(
        fc.property(firms, covers, securities, reductions, (firm, cover, security, by) => {
          expect(total(firm, cover, improved(security, by))).toBeLessThanOrEqual(total(firm, cover, security));
        }),
      );
    });

    it('never falls when the limit rises, by a little or by a lot', () => {
      laws(
        fc.property(firms, covers, securities, fc.constantFrom(1, 100, 12_345, 10_000_000, 400_000_000), (firm, cover, security, more) => {
          expect(total(firm, { ...cover, limitMinor: cover.limitMinor + more }, security)).toBeGreaterThanOrEqual(total(firm, cover, security));
        }),
      );
    });

    it('never rises when the retention rises', () => {
      laws(
        fc.property(firms, covers, securities, fc.constantFrom(1, 100, 12_345, 10_000_000), (firm, cover, security, more) => {
          expect(total(firm, { ...cover, retentionMinor: cover.retentionMinor + more }, security)).toBeLessThanOrEqual(total(firm, cover, security));
        }),
      );
    });

    it('never rises when the waiting period gets longer', () => {
      const time = coverages.find(({ timeBased }) => timeBased)!.id;
      laws(
        fc.property(firms, covers, securities, fc.integer({ min: 0, max: 48 }), fc.integer({ min: 0, max: 48 }), (firm, cover, security, hours, more) => {
          const waiting = (waitingHours: number): RequestedCover => ({
            ...cover,
            lines: [...cover.lines.filter(({ coverage }) => coverage !== time), { coverage: time, subLimitMinor: 50_000_000, waitingHours }],
          });

          expect(total(firm, waiting(hours + more), security)).toBeLessThanOrEqual(total(firm, waiting(hours), security));
        }),
      );
    });

    it('never falls when a coverage or its sub-limit grows', () => {
      laws(
        fc.property(firms, covers, securities, fc.integer({ min: 0, max: 20_000_000 }), (firm, cover, security, more) => {
          const [first, ...rest] = cover.lines;
          const larger = { ...cover, lines: [{ ...first!, subLimitMinor: first!.subLimitMinor + more }, ...rest] };

          expect(total(firm, larger, security)).toBeGreaterThanOrEqual(total(firm, cover, security));
          if (rest.length > 0) expect(total(firm, { ...cover, lines: rest }, security)).toBeLessThanOrEqual(total(firm, cover, security));
        }),
      );
    });

    it('rises with the limit ever more slowly: increments of equal size never cost more than the one before', () => {
      const cover = { ...tariff.catalogue.packages.get('sme-standard')!.cover };
      const at = (limit: number): number =>
        premiumTotal({ firm: referenceFirm, cover: { ...cover, limitMinor: limit * 100 }, security: averageSecurity }, tariff).exVat;
      const prices = Array.from({ length: 12 }, (_, i) => at((i + 1) * 250_000));

      const steps = prices.slice(1).map((price, i) => price - prices[i]!);

      for (let i = 1; i < steps.length; i += 1) expect(steps[i]).toBeLessThanOrEqual(steps[i - 1]! + 2);
    });
  });

  describe('a ratebook in a currency without minor units', () => {
    const yen = 'JPY' as const;
    const inYen = {
      ...parameters(),
      byKey: new Map([...parameters().byKey].map(([key, found]) => [key, found.unit === 'CNY' ? { ...found, unit: yen } : found])),
    };
    const yenTariff = { ...tariff, ratebook: compileRatebook({ ...tariff.ratebook.file, currency: yen }, inYen) };
    const cover = tariff.catalogue.packages.get('sme-enhanced')!.cover;
    const whole = (minor: number): number => minor / 100;

    it('charges as many yen as the same ratebook in yuan charges yuan, and its amounts re-add', () => {
      const firm = { ...referenceFirm, annualRevenue: { currency: yen, minor: whole(referenceFirm.annualRevenue.minor) } };
      const yenCover: RequestedCover = {
        ...cover,
        currency: yen,
        limitMinor: whole(cover.limitMinor),
        retentionMinor: whole(cover.retentionMinor),
        lines: cover.lines.map((line) => ({ ...line, subLimitMinor: whole(line.subLimitMinor) })),
      };

      const yuan = priceCover({ firm: referenceFirm, cover, security: averageSecurity }, tariff);
      const worksheet = priceCover({ firm, cover: yenCover, security: averageSecurity }, yenTariff);

      expect(worksheet.premium.exVat).toBe(Math.round(whole(yuan.premium.exVat)));
      expect(worksheet.expectedLossMinor).toBe(Math.round(whole(yuan.expectedLossMinor)));
      expect(worksheet.lines.reduce((sum, { amountMinor }) => sum + (amountMinor ?? 0), 0)).toBe(worksheet.premium.exVat);
      expect(worksheet.waterfall.reduce((sum, { deltaMinor }) => sum + deltaMinor, 0)).toBe(worksheet.premium.total);
      expect(worksheet.lines.find(({ id }) => id === 'total.premium')!.value).toBe(worksheet.premium.total);
    });
  });

  describe('a cover that cannot be rated', () => {
    const cover = tariff.catalogue.packages.get('sme-basic')!.cover;
    const price =
      (changed: Partial<RequestedCover>, firm = referenceFirm) =>
      () =>
        priceCover({ firm, cover: { ...cover, ...changed }, security: averageSecurity }, tariff);
    const code = (run: () => unknown): string => {
      try {
        run();
      } catch (error) {
        if (error instanceof Refusal) return error.code;
        throw error;
      }
      return 'priced';
    };

    it('is refused by the rule that it breaks', () => {
      expect(code(price({ lines: [{ coverage: 'meteor', subLimitMinor: 1, waitingHours: null }] }))).toBe('coverage-unknown');
      expect(code(price({ lines: [...cover.lines, cover.lines[0]!] }))).toBe('coverage-twice');
      expect(code(price({ lines: [{ coverage: 'incident-response', subLimitMinor: 1, waitingHours: 8 }] }))).toBe('waiting-period-not-time-based');
      expect(code(price({ currency: 'USD' }))).toBe('ratebook-currency-differs');
      expect(code(price({}, { ...referenceFirm, annualRevenue: { currency: 'EUR', minor: 1 } }))).toBe('ratebook-currency-differs');
    });
  });
});
