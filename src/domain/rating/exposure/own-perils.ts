import { lognormalLimitedMean } from '../../basics/index.ts';
import type { FirmProfile } from '../../parties/index.ts';
import { frequencyOf, securityFactor } from '../frequency.ts';
import type { SecurityModifiers } from '../model.ts';
import { limitedPayout, payoutOf, type Payout } from '../payout.ts';
import type { PerilTariff, Ratebook } from '../ratebook.ts';
import { eventBound, severityOf, type EventBound, type Severity } from '../severity.ts';

/** One peril as it threatens the firm itself, whatever it insures; major units. */
export interface OwnPeril {
  readonly tariff: PerilTariff;
  readonly severity: Severity;
  readonly bound: EventBound;
  /** What the firm loses of one event's ground-up loss: all of it, bounded by its revenue. */
  readonly payout: Payout;
  /** Events a year before security. */
  readonly rate: number;
  readonly meanLoss: number;
  /** Mean hours of interruption of one event; 0 where the peril interrupts nothing. */
  readonly meanHours: number;
}

/** Every peril that the firm faces, insured or not. */
export const ownPerils = (firm: FirmProfile, ratebook: Ratebook): OwnPeril[] =>
  ratebook.file.perils.filter(({ onlyWhen }) => onlyWhen === null || firm[onlyWhen]).map((tariff) => ownPeril(tariff, firm, ratebook));

function ownPeril(tariff: PerilTariff, firm: FirmProfile, ratebook: Ratebook): OwnPeril {
  const severity = severityOf(tariff, firm, ratebook);
  const bound = eventBound(firm, ratebook);
  const payout = payoutOf([{ coverage: '', weight: 1, subLimit: Number.POSITIVE_INFINITY }], 0, bound);
  const { base, size, exposure, industry } = frequencyOf(tariff, firm, ratebook);
  return {
    tariff,
    severity,
    bound,
    payout,
    rate: base * size * exposure * industry,
    meanLoss: limitedPayout(payout, severity.loss)(Number.POSITIVE_INFINITY),
    meanHours: meanHours(tariff, ratebook),
  };
}

function meanHours({ interruption }: PerilTariff, { number }: Ratebook): number {
  if (interruption === null) return 0;
  return lognormalLimitedMean({ mu: number(interruption.mu), sigma: number(interruption.sigma) }, number(interruption.mostHours));
}

/** Events a year of each peril with the firm's security, by the tariff's own security factor. */
export const ownRates = (perils: readonly OwnPeril[], security: SecurityModifiers, ratebook: Ratebook): number[] =>
  perils.map(({ rate, tariff }) => rate * securityFactor(tariff.peril, security, ratebook).used);
