export { Caveat, Count, Design, DroppedRow, Estimate, Interval, SignificanceTest, StudyReport, SurvivalStep, usualLevel } from './model.ts';
export { clopperPearsonInterval } from './methods/clopper-pearson.ts';
export { differenceInDifferences, type BeforeAfter, type DifferenceInDifferences } from './methods/difference-in-differences.ts';
export { ewmaChart, type EwmaPoint, type EwmaSettings } from './methods/ewma.ts';
export { fisherExactP } from './methods/fisher.ts';
export { holmAdjusted } from './methods/holm.ts';
export { interruptedSeries, type Coefficient, type InterruptedSeries } from './methods/interrupted-series.ts';
export { kaplanMeier, medianTime, survivalAt, type CurveStep, type SurvivalCurve, type Watched } from './methods/kaplan-meier.ts';
export { logRankTest, type LogRank } from './methods/log-rank.ts';
export { mcNemarTest, type Changed, type McNemar } from './methods/mcnemar.ts';
export { meanChange } from './methods/mean-change.ts';
export { shareDifference } from './methods/newcombe-difference.ts';
export { pairedDifference, type PairedDifference, type PairedTable } from './methods/newcombe-paired.ts';
export { neverTreated, type Panel } from './methods/panel.ts';
export { labelPermutationP, signFlipP, type PermutationP } from './methods/permutation.ts';
export { poissonRate, type EventCount } from './methods/poisson-rate.ts';
export { populationStability, sharesOfCounts, type PopulationStability } from './methods/population-stability.ts';
export {
  detectableHazardRatio,
  detectableMean,
  detectableShare,
  fewestChanged,
  powerOfMcNemar,
  powerOfTwoShares,
  unitsForTwoShares,
  usualDemand,
  type Demand,
  type PairedPlan,
  type TwoShares,
} from './methods/power.ts';
export { preTrends, type PreTrend, type PreTrends } from './methods/pre-trends.ts';
export { rateRatio, type RateRatio } from './methods/rate-ratio.ts';
export { restrictedMean, restrictedMeanDifference, type RestrictedMean } from './methods/restricted-mean.ts';
export { shrunkenRate, type RatePrior } from './methods/shrunken-rate.ts';
export { staggeredEffect, type EventTimeEffect, type StaggeredEffect } from './methods/staggered.ts';
export { splitByVersion, type ScoredTwice, type VersionSplit } from './methods/version-split.ts';
export { welchDifference, type MeanDifference } from './methods/welch.ts';
export { wilsonInterval } from './methods/wilson.ts';
export { Metric, NotComputable, RelevantChange, buildMetrics, measureShare, notComputable, type Measured, type RecordedShare } from './metric.ts';
export { unnamedSubject, type Subject } from './words/subject.ts';
export { usualSettings, type StudySettings } from './designs/study.ts';
export type { RawRow, Read } from './designs/rows.ts';
export { readPairs, studyPairs, type Pair } from './designs/paired.ts';
export { readMembers, studyGroups, type Member } from './designs/groups.ts';
export { readCompared, studyCompared, type Compared } from './designs/did.ts';
export { readWatched, studyWatched, type WatchedMember } from './designs/survival.ts';
export { studyPage } from './words/page.ts';
export { labelOf } from './words/labels.ts';
export { Pilot, PilotFinding, PilotItem, PilotStudy, buildPilot, studyPilot } from './pilot.ts';
export { lossRatio, type LossRatio, type PolicyResult } from './methods/loss-ratio.ts';
export { Characteristic, CohortFilter, ControlGroup, Measure, StudyQuery, studyFingerprint } from './cohort/query.ts';
export { selectCohort, type Candidate, type Excluded } from './cohort/select.ts';
export { matchFirms, type Match, type Matched, type MatchingRule } from './cohort/match.ts';
export { balanceTable, type Balance } from './cohort/balance.ts';
export { checkRelease, fewestFirms, hideSmallCells, type PublicCell, type ReleaseCheck } from './cohort/release.ts';
export { meanOf } from './methods/mean-change.ts';
export { studyStaggered } from './designs/staggered.ts';
export { studySeries, type Series } from './designs/interrupted.ts';
export { CoverResult, FirmHistory, Observation, Rescored, baselineOf, sizeOf, startOf } from './live/history.ts';
export { buildCohort, candidateOf, type StudyCohort } from './live/cohort.ts';
export { groupLabel } from './live/compare.ts';
export { controlsRead, designsFor, splittingMetrics } from './live/readings.ts';
export { daysOpen, openSpells, recurrences, type OpenSpell } from './live/repairs.ts';
export { requireSoundHistories } from './live/sound-history.ts';
export { historiesOf, pseudonymOf, scoringOf, type AssessmentVersion, type Records } from './live/records.ts';
export { BandResult, CohortShare, CohortSummary, ForestLine, StudyFinding, StudyResult } from './live/result.ts';
export { requireSoundCohort, requireMetricsOnce, requireSoundQuery, runStudy, type FinishedStudy, type StudyPaper } from './live/run.ts';
export { type StudyTable } from './live/tables.ts';
export { tableAsCsv } from './live/csv.ts';
export { nameIn } from './cohort/firm-names.ts';
export { namesFirms, tooCloseTo, type FrozenFindings, type TooClose } from './live/released-before.ts';
export { PublicSummary, summariseForPublic } from './live/summary.ts';
export { silentMetrics, type ScoreBand } from './live/describe.ts';
export { Drift, Stability } from './live/drift.ts';
export { VersionChange } from './live/version-change.ts';
export { numberLines, type NumberLine } from './live/lines.ts';
export { smallSample } from './words/numbers.ts';
export { describeStudy, designTitles } from './live/document.ts';
