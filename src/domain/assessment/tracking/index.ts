export { ageBands, agesAgainstDeadlines, clockStanding, clockStandings, type ClockStanding } from './ages.ts';
export { findingActions, groundsFor, mayAsk, type FindingAction } from './actions.ts';
export {
  ApprovalSnapshot,
  Assignee,
  CaseEvent,
  DecisionEffect,
  Decider,
  DisputeGround,
  FindingCase,
  PendingDecision,
  RepairClock,
  TrackedFinding,
  TrackedSource,
  TrackedState,
  type CaseEventOf,
} from './model.ts';
export { countingStates, trackedLifecycle } from './lifecycle.ts';
export { weaknessesOf, type Weakness } from './weaknesses.ts';
export { presentFindings, trackFindings, type Look, type Reading, type Track } from './track.ts';
export { repairClock, repairDays } from './deadlines.ts';
export { standingOf, type Surroundings } from './standing.ts';
export {
  assignRepair,
  claimFix,
  decideAcceptance,
  deciderOf,
  deedsOf,
  openDisputeDecider,
  disputeFinding,
  lastAcceptanceDay,
  requestAcceptance,
  requireDisputeDecider,
  snapshotOf,
  takeBack,
  type Act,
} from './decisions.ts';
export { countFindings, type CountedFindings } from './count.ts';
export { standings, type Standings } from './standings.ts';
export { HistoryLine, historyOf } from './history.ts';
export { Contradiction, contradictionFault, listContradictions } from './contradictions.ts';
export { Notice, NoticeKind, noticesDue } from './notices.ts';
export { signalRules } from './signal-rules.ts';
