import type { Peril } from '../catalogue/index.ts';
import type { Control, IndicatorResult } from './model.ts';
import type { AssessmentParameters } from './parameters.ts';
import type { ControlLibrary } from './rules.ts';

type Numbers = AssessmentParameters['values'];

/** One control's part in the credit: how far it is in place, how far the market has it, its odds ratio and its relevance to the peril. */
export interface CreditTerm {
  readonly coverage: number;
  readonly adoption: number;
  readonly oddsRatio: number;
  readonly relevance: number;
}

/**
 * The controls multiplier before its bounds: exp(−κ Σ w (c − c̄) ln OR) (methods §2.2). Centred on the market's adoption, so that the average firm
 * has 1; shrunk by κ, because the published odds ratios are univariate and correlated.
 */
export const rawControlCredit = (terms: readonly CreditTerm[], kappa: number): number =>
  Math.exp(-kappa * terms.reduce((sum, { coverage, adoption, oddsRatio, relevance }) => sum + relevance * (coverage - adoption) * Math.log(oddsRatio), 0));

/** M_c of one peril within its bounds. A control that does not apply to the firm counts as the market has it. */
export function controlCredit(peril: Peril, indicators: readonly IndicatorResult[], library: ControlLibrary, numbers: Numbers): number {
  const terms = indicators.flatMap((indicator) => creditTerm(peril, indicator, library));
  return Math.min(numbers['controls.ceiling'], Math.max(numbers['controls.floor'], rawControlCredit(terms, numbers['controls.kappa'])));
}

function creditTerm(peril: Peril, indicator: IndicatorResult, { controls, oddsRatios }: ControlLibrary): CreditTerm[] {
  const control = controls.get(indicator.control)!;
  const oddsRatio = oddsRatios.get(control.id)?.value;
  const relevance = control.relevance[peril] ?? 0;
  if (oddsRatio === undefined || relevance === 0 || indicator.value === 'not-applicable') return [];
  return [{ coverage: creditedCoverage(indicator, control), adoption: control.adoption, oddsRatio, relevance }];
}

/** The effective value; where only the whole counts, a part is credited like a no. */
function creditedCoverage({ value, effective, confidence, coverage }: IndicatorResult, { allOrNothing }: Control): number {
  return allOrNothing && value === 'partly' ? effective - confidence * (coverage ?? 0) : effective;
}
