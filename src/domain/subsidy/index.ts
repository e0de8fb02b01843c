export { ProtectionLevel, SecurityPackage, SubsidyGrant, SubsidyScheme, SubsidyTier } from './model.ts';
export { buildSubsidyOffer, type SubsidyOffer } from './build.ts';
export { decideSubsidy, requireGrant, type SubsidyDecision, type SubsidyRefusal, type SubsidyRequest } from './decide.ts';
export { budgetLeft, burnDown, netSubsidy, type BudgetPoint } from './budget.ts';
export { borneByFirm } from './borne-by-firm.ts';
export { clawBack, returnShare, type PremiumReturn } from './claw-back.ts';
export { matchLimits, type MatchedLimit } from './match-limit.ts';
export { AuthorityTotals, NamedGrant, makeAuthorityFile, type AuthorityFile } from './authority-file.ts';
export {
  ApplicationState,
  SubsidyApplication,
  applicationLifecycle,
  askForSubsidy,
  awaitsPolicy,
  bindApplication,
  countByState,
  decideApplication,
  decideInTime,
  endWithPolicy,
  type BoundPolicy,
  type EarlyEnd,
  type LapseCause,
  grantsOf,
  hasLapsed,
  lapseApplication,
  lapseReasons,
  prolongApplication,
  regrantApplication,
  requireShown,
  returnSubsidy,
  takesMinor,
  withdrawApplication,
} from './application.ts';
export { OpenScheme, leftInScheme, openScheme, requireOpen, withReserved } from './open-scheme.ts';
export { grantsAgainst, restsOnAssessment, stands, type AskedQuote, type EarlierApplication } from './earlier.ts';
