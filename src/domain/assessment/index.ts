export { Asset, AssetKind, Cvss, Finding, Incompleteness, ScannerReport, Severity } from './finding.ts';
export {
  Answer,
  AnswerValue,
  Answers,
  Assessment,
  AssessmentProfile,
  Blocker,
  Control,
  Dimension,
  DimensionResult,
  Effort,
  EvidenceKind,
  FactId,
  Gate,
  GivenAnswers,
  Grade,
  IndicatorResult,
  Question,
  Questionnaire,
  RepairLabel,
  Scan,
  VulnerabilityFigures,
  WeighedFinding,
} from './model.ts';
export {
  assess,
  assessmentEngine,
  concludeAssessment,
  prepareAssessment,
  suppose,
  type AssessmentInput,
  type PreparedAssessment,
  type Supposed,
  type Supposition,
} from './assess.ts';
export { claimsInThreeYears, factTitles } from './facts.ts';
export { findRawRecord } from './raw-record.ts';
export { isPut, type Holds, type Known } from './condition.ts';
export { completeScans, scanOf } from './scan.ts';
export { buildAssessmentRules, buildControls, buildProfiles, buildQuestionnaire, type AssessmentContent } from './build.ts';
export { profileFor, questionWords, type AssessmentRules, type ControlLibrary, type ProfileSet, type QuestionSet } from './rules.ts';
export { buildAssessmentParameters, type AssessmentParameters } from './parameters.ts';
export { controlCredit, rawControlCredit, type CreditTerm } from './control-credit.ts';
export { combineWeaknesses, findingsMultiplier, indexWeaknesses } from './combine-findings.ts';
export { conditionShare, expectedOpenDays, findingShare, probabilityWithin, repairRatePerDay, type PlacedFinding } from './weigh-findings.ts';
export { labelledBy, repairsByFinding, unpricedLabel, type LabelledRepair } from './repair-labels.ts';
export { priceBasis, type PriceBasis } from './price-basis.ts';
export { noOpenIncidentQuestion, secondFactorControl } from './gate.ts';
export { lastDayOf, type TimedEvidence } from './freshness.ts';
export { saidValue } from './said-value.ts';
export { signals, type Signal } from './signals.ts';
export { assetTitle } from './reading/index.ts';
export { formats, readScannerReport, recogniseFormat } from './formats/index.ts';
export * from './tracking/index.ts';
export { isPublicPlace, presumedExposure, scopeOf, type Scope } from './scope.ts';
export { requireReadableAssets } from './declared-assets.ts';
export {
  isInWindow,
  listableAssets,
  MethodClass,
  OwnAsset,
  OwnAssetKind,
  proofAt,
  ProofMethod,
  proofPlace,
  proofState,
  proofToken,
  readAssetName,
  readAuthorisation,
  requireMaySend,
  ScanAuthorisation,
  ScanAuthorisationTerms,
  type ProofState,
} from './own-assets/index.ts';
export {
  judgePosture,
  knownPaths,
  Observations,
  postureRules,
  recognisesPath,
  shortPortList,
  TlsVersion,
  type CertificateSeen,
  type CheckFacts,
  type DnsSeen,
  type PathSeen,
  type PortSeen,
  type PostureReport,
  type TlsSeen,
  type WebSeen,
} from './posture-check/index.ts';
export { proofsIn, requireApplicable, requireAttestable } from './attest.ts';
export * from './compare/index.ts';
export * from './profiles/index.ts';
export * from './report/index.ts';
export * from './intake/index.ts';
export { severeAmong, soughtOf, unreplacedReports, WithdrawnReport } from './withdrawn.ts';
export { answerSays, attributeAnswers, type Author } from './attribute-answers.ts';
export * from './sections/index.ts';
