export { Acceptance, AcceptedDocument, CoverPeriod, Policy, PolicyState, policyLifecycle } from './model.ts';
export { bindQuote, type Binding } from './bind.ts';
export { lapsePolicy } from './lapse.ts';
export { Cancellation, CancellationPlan, CancellationProposal, OvertakenCancellation } from './cancellation/model.ts';
export { CancellationGround, CancellationTerms, CancellingSide, buildCancellationTerms } from './cancellation/terms.ts';
export {
  carryOutCancellation,
  coverEnds,
  earliestEnd,
  groundsOf,
  groundsOpen,
  planCancellation,
  requireRenewable,
  type CancellationAsked,
} from './cancellation/cancel.ts';
export { authorityToEnd, proposeCancellation, proposeLoss, signCancellationProposal } from './cancellation/approve.ts';
export { askedBySigning, premiumReturn, proposalAt, restsOnLoss } from './cancellation/confirm.ts';
export { alreadyCancelled } from './cancellation/overtake.ts';
export { cancellationCondition } from './cancellation/condition.ts';
export { coverPeriod } from './period.ts';
export { isPolicyNumber, policyNumber } from './number.ts';
export { SpecialConditions, buildConditions } from './conditions.ts';
export { Paper, PaperInForce, buildPapers, papersInForce } from './papers.ts';
export { describeSchedule, type ScheduleNames } from './describe-schedule.ts';
export { PinnedWording, isAsPinned, payUnderWording, pinWording } from './pin-wording.ts';
export { AggregateDraw, CertificateState, MasterPolicy, MemberCertificate, certificateLifecycle } from './master/model.ts';
export { describeCertificate } from './master/describe-certificate.ts';
export { openMasterPolicy, requireStanding } from './master/open.ts';
export { enrolMembers, readEnrolment, type Enrolment, type EnrolmentFault, type EnrolmentRow } from './master/enrolment.ts';
export {
  CertificateStanding,
  aggregateDrawn,
  aggregateLeft,
  certificateLastDay,
  certificateStanding,
  drawOnAggregate,
  endCertificate,
  type MemberLoss,
} from './master/draw.ts';
