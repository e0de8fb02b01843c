import { randomAt, type RandomStream } from '../../basics/index.ts';
import { Peril, type Catalogue } from '../../catalogue/index.ts';
import { Industry, type FirmProfile } from '../../parties/index.ts';
import type { PriceRequest } from '../price.ts';

/** A policy of an invented book. */
export interface BookedFirm extends PriceRequest {
  readonly id: string;
  readonly package: string;
}

/** Revenue in yuan: lognormal about the middle of small firms, between one million and one billion. */
const middleRevenue = 20_000_000;
const revenueSpread = 1.2;

/**
 * An invented book for trying a tariff on: the same seed gives the same firms, and one more firm leaves the others as they are. Firms, packages and security states are spread
 * widely rather than as any real book is, so that no part of the tariff goes untried.
 */
export const inventBook = (seed: number, firms: number, catalogue: Catalogue): BookedFirm[] =>
  Array.from({ length: firms }, (_, i) => inventFirm(seed, i, catalogue));

function inventFirm(seed: number, i: number, { packages }: Catalogue): BookedFirm {
  const random = randomAt(seed, 'invented book', i);
  const industry = pick(random, Industry.options);
  const fitting = [...packages.values()].filter(({ industries }) => industries.includes(industry));
  const chosen = pick(random, fitting.length > 0 ? fitting : [...packages.values()]);
  return { id: `book-${i}`, package: chosen.id, cover: chosen.cover, firm: inventProfile(random, i, industry), security: inventSecurity(random) };
}

const pick = <T>(random: RandomStream, list: readonly T[]): T => list[Math.floor(random.nextUniform() * list.length)]!;

/** A standard normal draw by Box and Muller. */
const normal = (random: RandomStream): number => Math.sqrt(-2 * Math.log(random.nextUniform())) * Math.cos(2 * Math.PI * random.nextUniform());

function inventProfile(random: RandomStream, i: number, industry: Industry): FirmProfile {
  const revenue = Math.min(1e9, Math.max(1e6, middleRevenue * Math.exp(revenueSpread * normal(random))));
  const chance = (share: number): boolean => random.nextUniform() < share;
  return {
    name: `虚构企业 ${i}`,
    creditCode: null,
    industry,
    gbt4754: null,
    employees: Math.max(1, Math.round(revenue / 600_000)),
    annualRevenue: { currency: 'CNY', minor: 100 * Math.round(revenue) },
    personalRecords: Math.round(10_000 * Math.exp(1.5 * normal(random))),
    sellsOnline: chance(0.4),
    operatesIndustrialControl: ['manufacturing', 'automotive', 'mining'].includes(industry) && chance(0.5),
    sellsTechnologyServices: industry === 'information' && chance(0.7),
    makesDigitalProducts: ['information', 'manufacturing'].includes(industry) && chance(0.3),
    criticalInfrastructure: false,
    securitySpend: null,
    assets: [],
    pastClaims: [],
    repairs: null,
  };
}

/** Controls around the market's level and findings from none to many; alike for all perils of a firm. */
function inventSecurity(random: RandomStream): PriceRequest['security'] {
  const controls = Math.min(1.5, Math.max(0.6, Math.exp(0.25 * normal(random))));
  const findings = 1 + 0.5 * normal(random) ** 2;
  const forAll = (value: number): PriceRequest['security']['controls'] =>
    Object.fromEntries(Peril.options.map((peril) => [peril, value])) as PriceRequest['security']['controls'];
  return { controls: forAll(controls), findings: forAll(findings) };
}
