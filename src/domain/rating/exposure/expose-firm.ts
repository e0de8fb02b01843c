import { valueOf, type ParameterSet } from '../../basics/index.ts';
import type { PriceRequest } from '../price.ts';
import { rateRisk, type Tariff } from '../risk.ts';
import { judgeAdequacy, type Adequacy } from './adequacy.ts';
import { estimateBreach, type BreachEstimate } from './breach.ts';
import { divideLoss, type LossKind } from './buckets.ts';
import { judgeDefence, type Defence } from './defence.ts';
import { plausibleIncidents, type PlausibleIncident } from './incidents.ts';
import { workOutInterruption, type InterruptionWorksheet } from './interruption.ts';
import { lossCurve, type LossCurve } from './loss-curve.ts';
import { dividePayers, type Payers } from './who-pays.ts';

/** What a firm stands to lose and how the cover it asks for meets that; major units of the ratebook's currency unless a name says minor. */
export interface Exposure {
  readonly currency: string;
  readonly curve: LossCurve;
  readonly kinds: Record<LossKind, number>;
  readonly payers: Payers;
  readonly adequacy: Adequacy;
  readonly defence: Defence;
  readonly incidents: readonly PlausibleIncident[];
  /** A breach of all personal records that the firm holds; null when it holds none. */
  readonly breach: BreachEstimate | null;
  /** A day's standstill without waiting period, at the parameter's gross-profit rate. */
  readonly dayOutage: InterruptionWorksheet;
  /** Parameters of judgement that these figures rest on besides the tariff's own priors. */
  readonly priors: readonly string[];
}

/** Quantifies a firm's exposure (R8–R11, R19–R20, R41–R43, R66–R67). Throws the Refusals of `priceCover`. */
export function exposeFirm({ firm, cover, security }: PriceRequest, tariff: Tariff, parameters: ParameterSet): Exposure {
  const { ratebook, catalogue } = tariff;
  const curve = lossCurve(firm, security, ratebook);
  const risk = rateRisk(firm, cover, tariff);
  return {
    currency: ratebook.file.currency,
    curve,
    kinds: divideLoss(curve.perils, catalogue),
    payers: dividePayers(
      risk,
      security,
      curve.perils.reduce((sum, { expectedLoss }) => sum + expectedLoss, 0),
    ),
    adequacy: judgeAdequacy(risk, security),
    defence: judgeDefence(firm, security, ratebook, valueOf(parameters, 'prevention.risk-charge')),
    incidents: plausibleIncidents(firm, security, ratebook),
    breach: firm.personalRecords === 0 ? null : estimateBreach(firm.personalRecords, parameters),
    dayOutage: workOutInterruption({
      ...plainDay,
      annualTurnover: firm.annualRevenue.minor / 100,
      grossProfitRate: valueOf(parameters, 'exposure.gross-profit-rate'),
    }),
    priors: [...parameters.byKey.values()].filter(({ key, provenance }) => provenance === 'J' && /^(exposure|prevention)\./.test(key)).map(({ key }) => key),
  };
}

/** Twenty-four hours at a standstill, nothing made up, nothing saved. */
const plainDay = {
  trend: 0,
  profile: [],
  outage: [{ hours: 24, impact: 1 }],
  recaptured: 0,
  savedCharges: 0,
  waitingHours: 0,
  waitingManner: 'deduct',
  increasedCost: 0,
  turnoverAvoided: 0,
  insuredShare: null,
} as const;
