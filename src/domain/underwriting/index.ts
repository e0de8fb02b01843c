export { Authority, Guideline, Quote, QuoteState, Reason, RepairEffect, Standing, quoteLifecycle } from './model.ts';
export { riskOf, type Application, type UnderwritingRules } from './application.ts';
export { decideQuote, indicateQuote } from './decide-quote.ts';
export { missingQuoteParameters } from './quote-validity.ts';
export { priceRange, valueRepairs, whatIf, type WhatIf } from './repairs.ts';
export { buildGuidelines, type Guidelines } from './guidelines.ts';
export { gateForCover, insures, offlineBackupControl } from './cover-gate.ts';
export { type Circumstances, type Vocabulary } from './circumstances.ts';
export { creditRepairs, usualCredits, type CreditSettings, type RepairCredit, type RepairCredits } from './worth/credit-repairs.ts';
export { shapleyValues, type ShapleySampling, type ShapleyValues, type Worth } from './worth/shapley.ts';
export { type RepairStep } from './worth/follow-steps.ts';
export {
  IssuedQuote,
  Submission,
  SubmissionState,
  bindIssuedQuote,
  bindSubmission,
  decideSubmission,
  requireUnbound,
  submissionLifecycle,
  supersedeQuote,
} from './submission.ts';
export { breakEvenCost, choosePlan, mostMeasures, planOf, type Choice, type Plan, type PlanCost } from './prevention/choose.ts';
export { bestSpendingClassOne, bestSpendingClassTwo, mostWorthSpending, type BestSpending } from './prevention/gordon-loeb.ts';
export { advisePrevention, type AdvisedPlan, type MeasureAdvice, type PreventionAdvice, type PreventionQuestion } from './prevention/advise.ts';
export { coversAround } from './prevention/covers-around.ts';
