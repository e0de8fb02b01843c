export { Parameter, Provenance, SecurityModifiers, WaterfallBar, Worksheet, WorksheetLine } from './model.ts';
export { PerilTariff, RatebookFile, buildRatebook, compileRatebook, keysOf, sameDayProblems, type Ratebook } from './ratebook.ts';
export { premiumTotal, preparePremium, priceCover, type PriceRequest, type RiskRequest } from './price.ts';
export { type BookExperience, type Tariff } from './risk.ts';
export { RatebookCase, figuresOf, type NamedCase, type PinnedFigures } from './cases.ts';
export { buildPremium, subsidise, type ExpenseRates, type Premium, type PremiumParts } from './premium.ts';
export { breachCost, jacobs2014, type BreachCostModel } from './breach-cost.ts';
export { buhlmannStraub, type Credibility, type SegmentYears } from './credibility.ts';
export { experienceCredibility, experienceFactor, type LossExperience } from './experience.ts';
export { explainBlend, type Calibration, type PriceBlend } from './explain-blend.ts';
export { marketAnchor, marketBlend, type MarketAnchor, type MarketTotals } from './market.ts';
export { waitingFactor } from './severity.ts';
export { exposeFirm, type Exposure } from './exposure/expose-firm.ts';
export { lossCurve, type LossCurve } from './exposure/loss-curve.ts';
export { prepareBurden, type Burden } from './exposure/burden.ts';
export { estimateBreach, type BreachEstimate } from './exposure/breach.ts';
export { workOutInterruption, type InterruptionInput, type InterruptionWorksheet } from './exposure/interruption.ts';
export { judgeAdequacy, type Adequacy, type LimitBite } from './exposure/adequacy.ts';
export {
  ScheduleItem,
  compareWithMarket,
  experienceStep,
  limitedLosses,
  scheduleFactor,
  technicalPremium,
  type ExperiencePlan,
  type ExperienceStep,
  type MarketComparison,
} from './adjustment.ts';
export { ParameterChange, ProposalState, RatebookDraft, RatebookProposal, applyProposal, proposalLifecycle } from './filing/proposal.ts';
export { FrozenTariff, freezeTariff, lastTariff, listTariffs, requireReleasable, tariffOn, type TariffVersion } from './filing/tariff-list.ts';
export { checkDraft, type CheckedDraft, type DraftFault } from './filing/check-draft.ts';
export { numberIn, readTableCsv, writeTableCsv, type ReadTable } from './filing/table-csv.ts';
export { layOutTables, type RatebookTable } from './filing/tables.ts';
export { compareRatebooks, type RatebookDifference } from './filing/compare.ts';
export { inventBook, type BookedFirm } from './filing/invented-book.ts';
export { dislocate, movePolicies, sumUpMoves, type Dislocation, type Moved } from './filing/dislocate.ts';
export { checkRatebook, filedWaitingHours, limitFactors, type RatebookCheck } from './filing/check.ts';
export { layOutBook, rerateBook, type BookColumns } from './tables/rerate.ts';
export { filedTables, type FiledTable } from './tables/filed-tables.ts';
export { type GreatestErrors } from './tables/model-error.ts';
export { casesUnder, makeFilingPack, type FiledDocument, type FilingPack } from './filing/filing-pack.ts';
