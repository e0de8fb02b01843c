import { valueOf, type ParameterSet } from '../../basics/index.ts';
import { breachCost, jacobs2014 } from '../breach-cost.ts';

/** A range for the cost of one breach: median and the tenth and ninetieth percentile; major units of the home currency. */
export interface CostRange {
  readonly low: number;
  readonly median: number;
  readonly high: number;
}

/** The cost of a breach by the number of records, by two models that disagree, and by what the money goes for. Never a flat price per record. */
export interface BreachEstimate {
  readonly records: number;
  /** Records that the models count: beyond their data the cost no longer grows. */
  readonly recordsCounted: number;
  /** Flatter: an insurers' claims mean moved by Romanosky's elasticity. The basis of what follows. */
  readonly anchored: CostRange;
  /** Steeper: Jacobs 2014 scaled down for the bias of a survey of large firms. */
  readonly surveyed: CostRange;
  /** The anchored median divided into telling people, restoring systems and compensating persons. */
  readonly parts: { readonly notification: number; readonly restoration: number; readonly compensation: number };
  /** The anchored median per record, to be read for this number of records alone. */
  readonly perRecord: number;
}

/** Standard normal quantile of 90 %. */
const ninetieth = 1.2815515655446004;

/** Works out a breach of `records` records (at least 1) in the home currency (methods §1.3); the parameters are `exposure.breach.*` and the money of the tariff. */
export function estimateBreach(records: number, parameters: ParameterSet): BreachEstimate {
  const value = (key: string): number => valueOf(parameters, key);
  const money = value('severity.usd-cny') * value('severity.china-scale');
  const recordsCounted = Math.min(Math.max(1, records), value('exposure.breach.most-records'));
  const spread = value('exposure.breach.sigma');
  const growth = (recordsCounted / value('severity.records.reference')) ** value('severity.records.elasticity');
  const anchored = rangeAround((value('exposure.breach.anchor') * growth * money) / Math.exp((spread * spread) / 2), spread);
  const surveyed = rangeAround(breachCost(jacobs2014, recordsCounted).median * value('exposure.breach.survey-scale') * money, spread);
  return { records, recordsCounted, anchored, surveyed, parts: partsOf(anchored.median, value), perRecord: anchored.median / Math.max(1, records) };
}

const rangeAround = (median: number, sigma: number): CostRange => ({
  low: median * Math.exp(-ninetieth * sigma),
  median,
  high: median * Math.exp(ninetieth * sigma),
});

function partsOf(median: number, value: (key: string) => number): BreachEstimate['parts'] {
  const notification = median * value('exposure.breach.notification');
  const restoration = median * value('exposure.breach.restoration');
  return { notification, restoration, compensation: median - notification - restoration };
}
