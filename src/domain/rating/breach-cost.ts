/** A log-log regression of breach cost on records: ln(cost) = intercept + slope·ln(records) + residual, residual normal with `residual` standard deviation. */
export interface BreachCostModel {
  readonly intercept: number;
  readonly slope: number;
  readonly residual: number;
}

/** Jacobs 2014, USD, fitted to surveyed breaches of 2,000 to 100,000 records; far above insurers' claims at the small end, kept for comparison only. */
export const jacobs2014: BreachCostModel = { intercept: 7.6799625, slope: 0.7583576, residual: 0.523 };

/** Median and mean cost of a breach of `records` records, in the model's money. The cost per record falls with the number of records. */
export function breachCost({ intercept, slope, residual }: BreachCostModel, records: number): { median: number; mean: number } {
  const median = Math.exp(intercept + slope * Math.log(records));
  return { median, mean: median * Math.exp((residual * residual) / 2) };
}
