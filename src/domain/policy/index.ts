export { Acceptance, AcceptedDocument, CoverPeriod, Policy, PolicyState, policyLifecycle } from './model.ts';
export { bindQuote, type Binding } from './bind.ts';
export { lapsePolicy } from './lapse.ts';
export { coverPeriod } from './period.ts';
export { isPolicyNumber, policyNumber } from './number.ts';
export { SpecialConditions, buildConditions } from './conditions.ts';
export { Paper, PaperInForce, buildPapers, papersInForce } from './papers.ts';
export { describeSchedule, type ScheduleNames } from './describe-schedule.ts';
export { PinnedWording, isAsPinned, payUnderWording, pinWording } from './pin-wording.ts';
