import { within, type Bounds } from './bounds.ts';
import { majorUnits } from '../basics/index.ts';
import type { FirmProfile } from '../parties/index.ts';
import type { SecurityModifiers } from './model.ts';
import type { PerilTariff, Ratebook } from './ratebook.ts';

/** The factors that make one peril's yearly frequency for one firm. */
export interface Frequency {
  readonly base: number;
  readonly size: number;
  readonly exposure: number;
  readonly industry: number;
}

/** Revenue in major units, not below the least that the tariff rates. */
export const ratedRevenue = (firm: FirmProfile, { file, number }: Ratebook): number => Math.max(number(file.size.leastRevenue), majorUnits(firm.annualRevenue));

/** (revenue / reference revenue)^elasticity. */
export function sizeFactor(firm: FirmProfile, ratebook: Ratebook, elasticity: string): number {
  const { file, number } = ratebook;
  return (ratedRevenue(firm, ratebook) / number(file.size.referenceRevenue)) ** number(elasticity);
}

/** Frequency factors of a peril before security: f(R) = f₀·(R/R₀)^γ, exposure facts, industry. */
export function frequencyOf(tariff: PerilTariff, firm: FirmProfile, ratebook: Ratebook): Frequency {
  const { file, number } = ratebook;
  const exposure = tariff.exposure.filter(({ fact, is }) => firm[fact] === is).reduce((product, { factor }) => product * number(factor), 1);
  return {
    base: number(tariff.frequency),
    size: sizeFactor(firm, ratebook, file.size.frequencyElasticity),
    exposure,
    industry: number(file.industryFrequency[firm.industry]),
  };
}

/** What security does to a frequency, in two steps, and whether the upper bound cut it. */
export interface SecurityFactor {
  readonly controls: number;
  readonly findings: number;
  /** M_c within its bounds: the factor if the firm had the book's average findings. */
  readonly withControls: number;
  /** M_c·V/V̄ within its bounds: the factor used. */
  readonly used: number;
  /** Part of the risk lies above the upper bound and is not in the price. */
  readonly beyond: boolean;
}

/** M_sec = M_c·V_p/V̄ within its bounds, with V̄ the book's mean findings multiplier. */
export function securityFactor(peril: PerilTariff['peril'], security: SecurityModifiers, { file, number }: Ratebook): SecurityFactor {
  const bounds = { least: number(file.security.least), most: number(file.security.most) };
  return boundSecurity(security.controls[peril], security.findings[peril] / number(file.security.bookMean), bounds);
}

/** Controls × findings, the latter over the book's mean, inside the filed bounds. */
export const boundSecurity = (controls: number, findings: number, bounds: Bounds): SecurityFactor => ({
  ...{ controls, findings },
  ...{ withControls: within(controls, bounds), used: within(controls * findings, bounds), beyond: controls * findings > bounds.most },
});
