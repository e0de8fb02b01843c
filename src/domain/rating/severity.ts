import { lognormalOfMean, lognormalLimitedMean, type Lognormal } from '../basics/index.ts';
import type { FirmProfile } from '../parties/index.ts';
import { ratedRevenue, sizeFactor } from './frequency.ts';
import type { PerilTariff, Ratebook } from './ratebook.ts';

/** Ground-up loss of one event, before the firm's revenue caps it; amounts in major units of the ratebook's currency. */
export interface Severity {
  readonly loss: Lognormal;
  readonly mean: number;
  readonly size: number;
  readonly records: number;
}

/** Mean of one event for the reference firm, in the ratebook's money: a mean given in foreign money is converted and scaled to the home market. */
export function referenceMean({ severity }: PerilTariff, { file, parameters, number }: Ratebook): number {
  const { value, unit } = parameters.get(severity.mean)!;
  return unit === file.currency ? value : value * number(file.foreignMoney.rate) * number(file.foreignMoney.scale);
}

/** Severity of a peril for a firm: the reference lognormal, its scale moved by revenue and, where the tariff says so, by personal records. */
export function severityOf(tariff: PerilTariff, firm: FirmProfile, ratebook: Ratebook): Severity {
  const size = sizeFactor(firm, ratebook, tariff.severity.revenueElasticity);
  const records = recordsFactor(tariff, firm, ratebook);
  const mean = referenceMean(tariff, ratebook) * size * records;
  return { loss: lognormalOfMean(mean, ratebook.number(tariff.severity.sigma)), mean, size, records };
}

/** (records / reference)^elasticity inside its bounds: a flat price per record would be wrong at both ends. */
function recordsFactor({ records }: PerilTariff, firm: FirmProfile, { number }: Ratebook): number {
  if (records === null) return 1;
  const raw = (Math.max(1, firm.personalRecords) / number(records.reference)) ** number(records.elasticity);
  return Math.min(number(records.most), Math.max(number(records.least), raw));
}

/** How a firm's revenue bounds one event: exact up to `knee`, at `slope` beyond it, never above `most`; major units. */
export interface EventBound {
  readonly knee: number;
  readonly slope: number;
  readonly most: number;
}

/** The bound of a firm's own revenue. */
export const eventBound = (firm: FirmProfile, ratebook: Ratebook): EventBound => boundAt(ratedRevenue(firm, ratebook), ratebook);

function boundAt(revenue: number, { file, number }: Ratebook): EventBound {
  return { knee: number(file.eventLoss.knee) * revenue, slope: number(file.eventLoss.slope), most: number(file.eventLoss.most) * revenue };
}

/** Severity and bound of the reference firm. */
export function referenceSeverity(tariff: PerilTariff, ratebook: Ratebook): { severity: Severity; bound: EventBound } {
  const mean = referenceMean(tariff, ratebook);
  const loss = lognormalOfMean(mean, ratebook.number(tariff.severity.sigma));
  return { severity: { loss, mean, size: 1, records: 1 }, bound: boundAt(ratebook.number(ratebook.file.size.referenceRevenue), ratebook) };
}

/**
 * Waiting-period factor E[D∧cap − D∧w]/E[D∧cap − D∧w₀] of lognormal hours D (methods §3): 1 at the base hours w₀, falling in w.
 * 1 for perils without an interruption.
 */
export function waitingFactor(tariff: PerilTariff, hours: number, { file, number }: Ratebook): number {
  if (tariff.interruption === null) return 1;
  const duration = { mu: number(tariff.interruption.mu), sigma: number(tariff.interruption.sigma) };
  const whole = lognormalLimitedMean(duration, number(tariff.interruption.mostHours));
  const beyond = (w: number): number => Math.max(0, whole - lognormalLimitedMean(duration, w));
  return beyond(hours) / beyond(number(file.waiting.baseHours));
}
