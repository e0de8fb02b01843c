export { ProtectionLevel, SecurityPackage, SubsidyGrant, SubsidyScheme, SubsidyTier } from './model.ts';
export { buildSubsidyOffer, type SubsidyOffer } from './build.ts';
export { decideSubsidy, type SubsidyDecision, type SubsidyRefusal, type SubsidyRequest } from './decide.ts';
export { budgetLeft, burnDown, netSubsidy, type BudgetPoint } from './budget.ts';
export { clawBack } from './claw-back.ts';
export { matchLimits, type MatchedLimit } from './match-limit.ts';
export { AuthorityTotals, makeAuthorityFile, type AuthorityFile } from './authority-file.ts';
export {
  ApplicationState,
  OpenScheme,
  SubsidyApplication,
  applicationLifecycle,
  bindApplication,
  decideApplication,
  endWithPolicy,
  hasLapsed,
  lapseApplication,
  returnSubsidy,
  takesMinor,
  withReserved,
  withdrawApplication,
} from './application.ts';
