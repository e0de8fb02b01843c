import { built, hashData, type Built, type Parameter, type ParameterSet } from '../basics/index.ts';
import { Industry } from '../parties/index.ts';

/** Every number that assessment uses, by key. A rule set that lacks one of them does not load. */
export const assessmentParameterKeys = [
  'controls.kappa',
  'controls.floor',
  'controls.ceiling',
  'evidence.trust.observed',
  'evidence.trust.verified',
  'evidence.trust.telemetry',
  'evidence.trust.document',
  'evidence.trust.self-declared',
  'evidence.contradicted',
  'evidence.left-open',
  'findings.conversion',
  'findings.repair-prior-count',
  'findings.repair-prior-median-days',
  'findings.known-exploited-floor',
  'findings.known-ransomware-floor',
  'findings.ceiling.ransomware',
  'findings.ceiling.other',
  'findings.book-mean',
  'findings.exposure.internet',
  'findings.exposure.partner',
  'findings.exposure.internal',
  'findings.exposure.isolated',
  'findings.severity-least',
  'findings.extra-asset',
  'findings.extra-asset-most',
  'findings.score.critical',
  'findings.score.high',
  'findings.score.medium',
  'findings.score.low',
  'findings.score.info',
  'findings.unscored.critical',
  'findings.unscored.high',
  'findings.unscored.medium',
  'findings.unscored.low',
  'findings.unscored.info',
  'scan.valid-days',
  'scan.unseen',
  'history.claims-most',
  'history.repair-most',
  'history.repair-fast-days',
  'history.repair-slow-days',
  'spend.good-share',
  'gate.severe-score',
  'grade.a',
  'grade.b',
  'grade.c',
  'grade.d',
  'score.confidence-least',
  'gate.accepted-blocks',
  'deadline.critical',
  'deadline.high',
  'deadline.medium',
  'deadline.low',
  'deadline.known-exploited',
  'acceptance.days-most',
  'dispute.decision-hours',
  'industry.lowest-risk',
  'industry.highest-risk',
  ...Industry.options.map((industry) => `industry.${industry}` as const),
  'condition.exposed-remote-desktop',
  'condition.exposed-file-sharing',
  'condition.exposed-database',
  'condition.exposed-admin',
  'condition.end-of-life-software',
  'condition.exposed-cisco-asa',
  'condition.exposed-fortinet',
  'condition.self-managed-vpn',
] as const;
export type AssessmentParameterKey = (typeof assessmentParameterKeys)[number];

/** The numbers of assessment with their sources; `version` is the hash of them all. */
export interface AssessmentParameters {
  readonly version: string;
  readonly list: readonly Parameter[];
  readonly values: Readonly<Record<AssessmentParameterKey, number>>;
}

/** Picks assessment's own numbers out of all parameters, or lists every one that is missing. */
export function buildAssessmentParameters({ byKey }: ParameterSet): Built<AssessmentParameters> {
  const missing = assessmentParameterKeys.filter((key) => !byKey.has(key));
  const list = assessmentParameterKeys.flatMap((key) => byKey.get(key) ?? []).sort((a, b) => (a.key < b.key ? -1 : 1));
  const values = Object.fromEntries(list.map(({ key, value }) => [key, value])) as AssessmentParameters['values'];
  return built(
    { version: hashData(list), list, values },
    missing.map((key) => ({ file: 'content/parameters', at: key, message: `assessment needs a parameter \`${key}\`` })),
  );
}
