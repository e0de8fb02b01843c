export { mustFixIds, mustFixWorth } from './must-fix.ts';
export { Authority, Guideline, Quote, QuoteState, Reason, RepairEffect, Standing, quoteLifecycle } from './model.ts';
export { riskOf, type Application, type UnderwritingRules } from './application.ts';
export { blockerKey, decideQuote, indicateQuote, keyedReasons, type KeyedReason } from './decide-quote.ts';
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
export {
  SettledQuote,
  addOffer,
  closeSubmission,
  endWithSubmission,
  hasRunOut,
  keepOffers,
  prolongQuote,
  requireNoRenewal,
  withdrawQuote,
} from './submission.ts';
export { Adjustment } from './model.ts';
export { agreeCover } from './agree-cover.ts';
export { AuthorityLevel, ContingencyTemplate, type Appetite } from './desk/model.ts';
export { buildDeskRules, type DeskRules } from './desk/rules.ts';
export { type ScreeningHit } from './desk/screening.ts';
export { Clearance, ReleaseGround, clearSubmission, firmKeys, requireClear, type Considered } from './desk/clearance.ts';
export { otherLimits, requireLookedAt, type HeldLimit } from './desk/firm-limits.ts';
export { appetiteFor } from './desk/appetite.ts';
export { MissingItem, missingItems } from './desk/completeness.ts';
export { decidesAlone, levelsOf, neededAuthority, ownLevel, signatureCounts, type NeededAuthority } from './desk/authority.ts';
export {
  AskedContingency,
  Contingency,
  ContingencyState,
  bindContingency,
  contingencyLifecycle,
  isOverdue,
  limitByWarranties,
  moveContingency,
  requirePreBindMet,
  setContingency,
  staysOwed,
} from './desk/contingency.ts';
export { Binder, BinderState, binderLifecycle, binderState } from './desk/binder.ts';
export {
  CaseDecision,
  CaseLock,
  CaseQueue,
  CaseSnapshot,
  CaseSummary,
  DecisionTerms,
  GivenTerms,
  InformationRequest,
  Proposal,
  Signature,
  UnderwritingCase,
  holdUntil,
  isOpenElsewhere,
  proposalHash,
  requireUnlocked,
} from './desk/case-file.ts';
export { requireUnchanged, snapshotChanges, snapshotOf, type SnapshotChange } from './desk/snapshot.ts';
export { dueAt, queueAfterOffer, waitingForPerson } from './desk/queues.ts';
export { answerInformation, askForInformation, clearHit, closeCase, moveCase, releaseBlocked } from './desk/case-steps.ts';
export {
  refuseProposal,
  releaseOffer,
  requireDecidable,
  requireProposal,
  requireStraightThrough,
  settleApproved,
  withApproval,
  settleDeclined,
  type ApprovedTerms,
} from './desk/settle.ts';
export { warrantiesOf, type WarrantyWords } from './desk/warranty.ts';
export { previewWaiver, waiveOnOffer, type WaiverRequest } from './desk/waive.ts';
export {
  agreedSchedule,
  approveReferral,
  contingenciesOf,
  exceeded,
  previewDecision,
  requireReachable,
  requireWaiversLimit,
  signProposal,
  type Decider,
  type DecisionPreview,
} from './desk/decide.ts';
export { asQuoted, basisChanges, decidedSince, eventsUntil, requireStillOffered, type AssessedBasis, type DecidedAgain } from './desk/bind-again.ts';
export { checkRules, type RuleCheck } from './desk/check-rules.ts';
export { PremiumCause, explainRenewal, requireFollowing, type Renewal } from './desk/renewal.ts';
export { DeclaredLosses, RenewalChange, declaredLosses, firmChanges, opensForRenewal, termChanges } from './desk/renewal-changes.ts';
