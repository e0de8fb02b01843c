export { Asset, AssetKind, Cvss, Finding, ScannerReport, Severity } from './finding.ts';
export {
  Answer, AnswerValue, Answers, Assessment, AssessmentProfile, Blocker, Control, Dimension, DimensionResult, EvidenceKind, Gate, Grade, IndicatorResult, WeighedFinding,
} from './model.ts';
export { formats, readScannerReport, recogniseFormat } from './formats/index.ts';
