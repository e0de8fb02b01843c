/** A vulnerable asset: probability v of a breach without further spending, loss L of a breach. */
export interface Vulnerable {
  readonly vulnerability: number;
  readonly loss: number;
}

/** How spending z lowers the probability: `alpha` per unit of money; `beta` ≥ 1 for class I only. */
export interface Productivity {
  readonly alpha: number;
  readonly beta: number;
}

/** The best yearly spending, the probability that is left, and the expected net benefit. Same money as the loss. */
export interface BestSpending {
  readonly spending: number;
  readonly left: number;
  readonly netBenefit: number;
}

const bestAt = ({ vulnerability: v, loss }: Vulnerable, spending: number, left: number): BestSpending => ({
  spending,
  left,
  netBenefit: (v - left) * loss - spending,
});

/** Class I, S(z) = v/(αz + 1)^β (Gordon and Loeb 2002): z* = ((vβαL)^(1/(β+1)) − 1)/α, never below 0. */
export function bestSpendingClassOne(asset: Vulnerable, { alpha, beta }: Productivity): BestSpending {
  const { vulnerability: v, loss } = asset;
  const spending = Math.max(0, ((v * beta * alpha * loss) ** (1 / (beta + 1)) - 1) / alpha);
  return bestAt(asset, spending, v / (alpha * spending + 1) ** beta);
}

/** Class II, S(z) = v^(αz + 1): z* = ln(1/(−αvL ln v))/(α ln v), and 0 where −αvL ln v ≤ 1. */
export function bestSpendingClassTwo(asset: Vulnerable, { alpha }: Pick<Productivity, 'alpha'>): BestSpending {
  const { vulnerability: v, loss } = asset;
  const steepness = -alpha * v * loss * Math.log(v);
  const spending = steepness <= 1 ? 0 : Math.log(1 / steepness) / (alpha * Math.log(v));
  return bestAt(asset, spending, v ** (alpha * spending + 1));
}

/** No more than 1/e of the expected loss is worth spending on a single asset, in both classes. */
export const mostWorthSpending = ({ vulnerability, loss }: Vulnerable): number => (vulnerability * loss) / Math.E;
