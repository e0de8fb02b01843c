export { CoverLine, Coverage, CoverageShare, Package, Peril, RequestedCover, type Catalogue } from './model.ts';
export { buildCatalogue } from './build.ts';
export { onSale, recommendPackages, type Recommendation } from './recommend.ts';
export { longestDeferralDays, settleCover } from './settle-cover.ts';
export { Term, linkTerms, type Glossary, type LinkedText } from './glossary.ts';
export { Clause, type Clauses } from './clause.ts';
export { Circumstance, circumstanceTitles } from './circumstance.ts';
export { InsurerTerms, contractOfTerms, termsOfCover } from './insurer-terms.ts';
export { Incident, IncidentItem } from './incident.ts';
export { buildWordings, ownTerms, readInsurerTerms, type WordingFiles, type WordingLibrary } from './library.ts';
export { Article, Wording, renderWording, scopeInWords, stepArticle } from './render-wording.ts';
export { Payment, payIncident, replayWaiting } from './replay.ts';
export { ComparisonRow, compareTerms } from './compare-terms.ts';
export { Difference, Replay, explainDifference, replayIncident, usualWaitingHours } from './explain-difference.ts';
export {
  Duty,
  DutyFindings,
  ResponsibilityMatrix,
  SplitLine,
  buildResponsibilities,
  findFault,
  respondToWaivers,
  sayClause,
  splitByFault,
  type FaultSplit,
} from './co-responsibility.ts';
