import { compoundPoisson, lognormalSurvival } from '../../basics/index.ts';
import { groundUpAt } from '../payout.ts';
import type { SecurityModifiers } from '../model.ts';
import { securityFactor } from '../frequency.ts';
import type { RatedPart, RatedPeril, RatedRisk } from '../risk.ts';

/** One limit and how often it bites. */
export interface LimitBite {
  /** `limit`: one event exceeds it; `aggregate`: the payments of a year exhaust it. */
  readonly kind: 'limit' | 'aggregate' | 'sub-limit' | 'retention';
  /** The coverage of a sub-limit; null for what holds for the whole cover. */
  readonly coverage: string | null;
  readonly amountMinor: number;
  /** Probability that it bites at least once in a year: a payment is cut, or for the retention that a covered loss stays wholly below it. */
  readonly probability: number;
  /** The same given that a loss of the kind happens. */
  readonly shareOfEvents: number;
}

/** How a cover's limits meet the firm's losses. */
export interface Adequacy {
  readonly bites: readonly LimitBite[];
  readonly waiting: readonly WaitingBite[];
}

/** Part of the interruptions that end within the waiting period of a coverage, by peril. */
export interface WaitingBite {
  readonly coverage: string;
  readonly peril: RatedPeril['tariff']['peril'];
  readonly hours: number;
  readonly endsWithin: number;
}

/** The probability that each limit, sub-limit, retention and waiting period bites (R43), event by event under the order `CN-EXCESS-1`. */
export function judgeAdequacy(risk: RatedRisk, security: SecurityModifiers): Adequacy {
  const rates = risk.perils.map(
    ({ frequency: { base, size, exposure, industry }, tariff }) =>
      base * size * exposure * industry * securityFactor(tariff.peril, security, risk.tariff.ratebook).used,
  );
  return {
    bites: [limitBite(risk, rates), aggregateBite(risk, rates), retentionBite(risk, rates), ...risk.cover.lines.map((line) => subLimitBite(risk, rates, line))],
    waiting: risk.perils.flatMap((peril) => waitingBites(peril, risk)),
  };
}

/** Yearly rate of the events of all perils, each thinned to the share above or below a ground-up amount. */
function biteOf(rates: readonly number[], shares: readonly number[], concerned: readonly boolean[]): Pick<LimitBite, 'probability' | 'shareOfEvents'> {
  const biting = rates.reduce((sum, rate, i) => sum + rate * shares[i]!, 0);
  const events = rates.reduce((sum, rate, i) => (concerned[i] ? sum + rate : sum), 0);
  return { probability: -Math.expm1(-biting), shareOfEvents: events === 0 ? 0 : biting / events };
}

function limitBite({ perils, limit, cover }: RatedRisk, rates: readonly number[]): LimitBite {
  const shares = perils.map(({ payout, severity }) => (payout.mostPaid <= limit ? 0 : lognormalSurvival(severity.loss, lossPaying(payout, limit))));
  return {
    kind: 'limit',
    coverage: null,
    amountMinor: cover.limitMinor,
    ...biteOf(
      rates,
      shares,
      perils.map(() => true),
    ),
  };
}

/** The ground-up loss at which the payout reaches `amount`, which it does. */
function lossPaying({ x, slope, paid }: RatedPeril['payout'], amount: number): number {
  const i = paid.findLastIndex((value) => value <= amount);
  return x[i]! + (amount - paid[i]!) / slope[i]!;
}

/** Probability that the payments of a year reach the limit, by the fast Fourier transform on the tariff's own grid. */
function aggregateBite({ perils, limit, grid, cover }: RatedRisk, rates: readonly number[]): LimitBite {
  const intensity = new Float64Array(grid.last + 1);
  perils.forEach(({ onGrid }, i) => {
    for (let k = 1; k <= grid.last; k += 1) intensity[k]! += rates[i]! * onGrid[k]!;
  });
  const { probability, step } = compoundPoisson(intensity, grid.step, grid.points);
  const exhausted = probability.reduce((sum, p, k) => (k * step >= limit ? sum + p : sum), 0);
  const events = rates.reduce((sum, rate) => sum + rate, 0);
  const bite = Math.min(1, Math.max(0, exhausted));
  return {
    kind: 'aggregate',
    coverage: null,
    amountMinor: cover.limitMinor,
    probability: bite,
    shareOfEvents: events === 0 ? 0 : Math.min(1, -Math.log1p(-bite) / events),
  };
}

function retentionBite({ perils, cover }: RatedRisk, rates: readonly number[]): LimitBite {
  const shares = perils.map(({ payout, severity }) => (payout.x.length === 0 ? 1 : 1 - lognormalSurvival(severity.loss, payout.x[0]!)));
  return {
    kind: 'retention',
    coverage: null,
    amountMinor: cover.retentionMinor,
    ...biteOf(
      rates,
      shares,
      perils.map(() => true),
    ),
  };
}

function subLimitBite({ perils, cover }: RatedRisk, rates: readonly number[], line: RatedRisk['cover']['lines'][number]): LimitBite {
  const own = perils.map(({ parts }) => parts.find(({ coverage }) => coverage === line.coverage));
  const shares = perils.map((peril, i) => (own[i] === undefined ? 0 : shareAbove(peril, own[i], cover.retentionMinor / 100)));
  return {
    kind: 'sub-limit',
    coverage: line.coverage,
    amountMinor: line.subLimitMinor,
    ...biteOf(
      rates,
      shares,
      own.map((part) => part !== undefined),
    ),
  };
}

/** Share of a peril's events in which a part stops at its sub-limit: the retention is borne pro rata to the parts' weights. */
function shareAbove({ parts, bound, severity }: RatedPeril, part: RatedPart, retention: number): number {
  const weight = parts.reduce((sum, one) => sum + one.weight, 0);
  const at = groundUpAt(bound, retention / weight + part.subLimit / part.weight);
  return Number.isFinite(at) ? lognormalSurvival(severity.loss, at) : 0;
}

function waitingBites({ parts, tariff }: RatedPeril, { tariff: { ratebook } }: RatedRisk): WaitingBite[] {
  const { interruption } = tariff;
  if (interruption === null) return [];
  const hoursOf = { mu: ratebook.number(interruption.mu), sigma: ratebook.number(interruption.sigma) };
  return parts
    .filter(({ waitingHours }) => waitingHours !== null)
    .map(({ coverage, waitingHours }) => ({
      coverage,
      peril: tariff.peril,
      hours: waitingHours!,
      endsWithin: waitingHours === 0 ? 0 : 1 - lognormalSurvival(hoursOf, waitingHours!),
    }));
}
