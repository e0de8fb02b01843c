/** A stretch of an outage: so many hours at so much of the turnover lost (1 is a standstill). */
export interface OutageStretch {
  readonly hours: number;
  readonly impact: number;
}

/** What a business interruption is worked out from. Amounts in one money; shares between 0 and 1. */
export interface InterruptionInput {
  readonly annualTurnover: number;
  /** Growth since the twelve months that the turnover is of, e.g. 0.1. */
  readonly trend: number;
  /** Turnover of each hour from the beginning of the outage relative to the average hour; hours beyond the list count 1. */
  readonly profile: readonly number[];
  readonly grossProfitRate: number;
  readonly outage: readonly OutageStretch[];
  /** Part of the lost sales that is made up later. */
  readonly recaptured: number;
  /** Standing charges that are saved, none of them in the waiting period. */
  readonly savedCharges: number;
  readonly waitingHours: number;
  /** `deduct`: the first hours are not paid. `qualify`: all hours are paid once the outage lasts longer. */
  readonly waitingManner: 'deduct' | 'qualify';
  /** Increased cost of working and the turnover that it saved. */
  readonly increasedCost: number;
  readonly turnoverAvoided: number;
  /** Sum insured over the value at risk, at most 1; null: no average. */
  readonly insuredShare: number | null;
}

/** One hour of the worksheet. */
export interface InterruptionHour {
  readonly hour: number;
  readonly turnover: number;
  readonly lostTurnover: number;
  /** Gross profit lost, sales made up later taken off. */
  readonly lostProfit: number;
  readonly waiting: boolean;
}

/** The worksheet of a business interruption, in the money of the input. */
export interface InterruptionWorksheet {
  readonly hours: readonly InterruptionHour[];
  readonly hourlyTurnover: number;
  readonly lostTurnover: number;
  readonly netLostTurnover: number;
  readonly lostProfit: number;
  readonly afterSavings: number;
  readonly waitingLoss: number;
  readonly beforeIncreasedCost: number;
  /** Increased cost counts up to the gross profit that it saved (the economic limit). */
  readonly increasedCostAllowed: number;
  readonly payable: number;
}

const hoursOfYear = 8760;

/**
 * The gross-profit worksheet by the hour (methods §4.1): g·(lost turnover − sales made up) − saved charges − waiting period + increased cost of working, then the average.
 * Stretches of broken hours give a last hour in proportion.
 */
export function workOutInterruption(input: InterruptionInput): InterruptionWorksheet {
  const hourlyTurnover = (input.annualTurnover * (1 + input.trend)) / hoursOfYear;
  const hours = interruptedHours(input, hourlyTurnover);
  const lostTurnover = total(hours, (hour) => hour.lostTurnover);
  const lostProfit = total(hours, (hour) => hour.lostProfit);
  const afterSavings = Math.max(0, lostProfit - input.savedCharges);
  const waitingLoss = waitingLossOf(input, hours, afterSavings);
  const beforeIncreasedCost = Math.max(0, afterSavings - waitingLoss);
  const increasedCostAllowed = Math.min(input.increasedCost, input.turnoverAvoided * input.grossProfitRate);
  const payable = (beforeIncreasedCost + increasedCostAllowed) * Math.min(1, input.insuredShare ?? 1);
  const netLostTurnover = lostTurnover * (1 - input.recaptured);
  return { hours, hourlyTurnover, lostTurnover, netLostTurnover, lostProfit, afterSavings, waitingLoss, beforeIncreasedCost, increasedCostAllowed, payable };
}

const total = (hours: readonly InterruptionHour[], of: (hour: InterruptionHour) => number): number => hours.reduce((sum, hour) => sum + of(hour), 0);

function interruptedHours({ outage, profile, grossProfitRate, recaptured, waitingHours }: InterruptionInput, hourlyTurnover: number): InterruptionHour[] {
  const hours: InterruptionHour[] = [];
  for (const { part, impact } of outage.flatMap(splitIntoHours)) {
    const hour = hours.length;
    const turnover = hourlyTurnover * (profile[hour] ?? 1) * part;
    const lostTurnover = turnover * impact;
    hours.push({ hour, turnover, lostTurnover, lostProfit: lostTurnover * (1 - recaptured) * grossProfitRate, waiting: hour < waitingHours });
  }
  return hours;
}

function splitIntoHours({ hours, impact }: OutageStretch): { part: number; impact: number }[] {
  return Array.from({ length: Math.ceil(hours) }, (_, i) => ({ part: Math.min(1, hours - i), impact }));
}

function waitingLossOf({ waitingManner, waitingHours }: InterruptionInput, hours: readonly InterruptionHour[], afterSavings: number): number {
  if (waitingManner === 'qualify') return hours.length > waitingHours ? 0 : afterSavings;
  return total(
    hours.filter(({ waiting }) => waiting),
    (hour) => hour.lostProfit,
  );
}
