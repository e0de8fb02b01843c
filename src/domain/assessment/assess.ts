import { dayOf, hashData, Refusal, type Instant } from '../basics/index.ts';
import { Peril } from '../catalogue/index.ts';
import type { FirmProfile } from '../parties/index.ts';
import type { ThreatOutlook } from '../threats/index.ts';
import { ceilingOf, combineFindings, findingsMultiplier } from './combine-findings.ts';
import { controlCredit } from './control-credit.ts';
import { historyFactor } from './facts.ts';
import { Severity, type Finding } from './finding.ts';
import { freshnessSince } from './freshness.ts';
import { blocksAlone, judgeGate, secondFactorControl } from './gate.ts';
import type { Answer, Answers, Assessment, AssessmentProfile, IndicatorResult, Scan, WeighedFinding } from './model.ts';
import { derivePosture, type PostureInput } from './posture.ts';
import { profileFor, type AssessmentRules } from './rules.ts';
import { coveredShare, scopeOf } from './scope.ts';
import { gradeOf, scoreFirm, type VulnerabilityStanding } from './score.ts';
import { expectedOpenDays, placeFindings, repairRatePerDay, type PlacedFinding } from './weigh-findings.ts';

/** Changes when the same inputs may give another assessment; a quote pins it. */
export const assessmentEngine = 'assessment-1';

/** What a firm is assessed on. `scans` says what was looked at, so that a scan without findings counts and a missing scan does not. */
export interface AssessmentInput {
  readonly firm: FirmProfile;
  readonly answers: Answers;
  readonly findings: readonly Finding[];
  readonly scans: readonly Scan[];
  readonly outlook: ThreatOutlook;
  readonly now: Instant;
}

/** What a what-if changes: answers put in place of the given ones, and findings taken as repaired. */
export interface Supposition {
  readonly answers: Readonly<Record<string, Answer>>;
  readonly repaired: ReadonlySet<string>;
}

/** An assessment ready to be concluded under any supposition; the findings are placed and recognised once. */
export interface PreparedAssessment {
  readonly input: AssessmentInput;
  readonly rules: AssessmentRules;
  readonly profile: AssessmentProfile;
  readonly placed: readonly PlacedFinding[];
  readonly posture: Omit<PostureInput, 'answers'>;
  readonly standing: Omit<VulnerabilityStanding, 'share'>;
}

/**
 * Assesses a firm: posture from answers, facts and findings, score with its band, gate, and the multipliers that the price uses. Pure: the same
 * input under the same rules gives the same assessment, whatever the order of the findings, answers and scans.
 * Throws a Refusal `wrong-questionnaire`, `unknown-question`, `coverage-missing`, `evidence-from-the-future` or `no-fitting-profile`.
 */
export function assess(input: AssessmentInput, rules: AssessmentRules): Assessment {
  const prepared = prepareAssessment(input, rules);
  return { ...concludeAssessment(prepared), versions: pinnedVersions(prepared) };
}

/** The part of an assessment that no supposition changes. Throws as `assess` does. */
export function prepareAssessment(input: AssessmentInput, rules: AssessmentRules): PreparedAssessment {
  checkAnswers(input, rules);
  const numbers = rules.parameters.values;
  const { firm, scans, now } = input;
  const scope = scopeOf(firm.assets);
  const openDays = expectedOpenDays(repairRatePerDay(firm.repairs, numbers));
  const fresh = scans.map(({ assets, at }) => ({ assets, freshness: freshnessSince(at, numbers['scan.valid-days'], now) }));
  return {
    input,
    rules,
    profile: profileFor(rules.profiles, firm),
    placed: placeFindings(input.findings, scope, input.outlook, openDays, numbers),
    posture: { firm, scans, scope, now, numbers, questions: rules.questionnaire.byControl },
    standing: { history: historyFactor(firm, dayOf(now), numbers), seen: coveredShare(scope, fresh) },
  };
}

/** The assessment under a supposition; `versions` stays empty, because a supposition is nothing that anybody pins. */
export function concludeAssessment(prepared: PreparedAssessment, supposition?: Supposition): Assessment {
  const { input, rules, profile, standing } = prepared;
  const numbers = rules.parameters.values;
  const answers = { ...input.answers.answers, ...supposition?.answers };
  const found = supposition ? prepared.placed.filter(({ finding }) => !supposition.repaired.has(finding.id)) : prepared.placed;
  const indicators = [...rules.controls.controls.values()].map((control) => derivePosture(control, found, { ...prepared.posture, answers }));
  const share = combineFindings(found, { ceiling: profile.findingsCeiling, peril: null }, numbers);
  const result = scoreFirm(indicators, { ...standing, share }, profile, numbers);
  const byControl = new Map(indicators.map((indicator) => [indicator.control, indicator]));
  return {
    at: input.now,
    ...result,
    dimensions: [...result.dimensions],
    grade: gradeOf(result.score, numbers),
    indicators,
    gate: judgeGate({ score: result.score, profile, found, indicators: byControl, answers, numbers }),
    findings: weighedFindings(prepared, found, byControl),
    counts: countBySeverity(found),
    security: securityModifiers(prepared, found, indicators),
    profile: profile.id,
    versions: {},
  };
}

/** M_c and V_p of every peril. What no scan has seen counts at no less than the book's mean, so that not scanning never pays. */
function securityModifiers({ rules, standing }: PreparedAssessment, found: readonly PlacedFinding[], indicators: readonly IndicatorResult[]): Assessment['security'] {
  const numbers = rules.parameters.values;
  const multiplier = (peril: Peril): number => {
    const ceiling = ceilingOf(peril, numbers);
    const seen = findingsMultiplier(combineFindings(found, { ceiling, peril }, numbers), ceiling);
    return standing.seen * seen + (1 - standing.seen) * Math.max(seen, numbers['findings.book-mean']);
  };
  return {
    controls: eachPeril((peril) => controlCredit(peril, indicators, rules.controls.controls, numbers)),
    findings: eachPeril(multiplier),
  };
}

const eachPeril = (value: (peril: Peril) => number): Record<Peril, number> => Object.fromEntries(Peril.options.map((peril) => [peril, value(peril)])) as Record<Peril, number>;

function weighedFindings({ rules, profile }: PreparedAssessment, found: readonly PlacedFinding[], indicators: ReadonlyMap<string, IndicatorResult>): WeighedFinding[] {
  const numbers = rules.parameters.values;
  const secondFactor = indicators.get(secondFactorControl)?.value === 'yes';
  return found.map((placed) => weigh(placed, profile, secondFactor, numbers)).sort((a, b) => b.contribution - a.contribution || (a.finding < b.finding ? -1 : 1));
}

function weigh(placed: PlacedFinding, profile: AssessmentProfile, secondFactor: boolean, numbers: AssessmentRules['parameters']['values']): WeighedFinding {
  const contribution = combineFindings([placed], { ceiling: profile.findingsCeiling, peril: null }, numbers);
  return {
    finding: placed.finding.id,
    inScope: placed.inScope,
    counts: placed.counts,
    exposure: placed.exposure,
    knownExploited: placed.threat.knownExploited,
    knownRansomware: placed.threat.knownRansomware,
    epss: placed.threat.epss,
    condition: placed.signals.filter(({ relativeRisk }) => relativeRisk !== null).sort((a, b) => numbers[b.relativeRisk!] - numbers[a.relativeRisk!])[0]?.id ?? null,
    signals: placed.signals.map(({ id }) => id).sort(),
    contribution,
    label: blocksAlone(placed, secondFactor, numbers) ? 'must-fix' : contribution > 0 ? 'affects-premium' : 'advice',
  };
}

function countBySeverity(found: readonly PlacedFinding[]): Record<Severity, number> {
  const counts: Record<Severity, number> = { critical: 0, high: 0, medium: 0, low: 0, info: 0 };
  for (const { finding, counts: counted } of found) if (counted) counts[finding.severity] += 1;
  return counts;
}

function pinnedVersions({ input, rules }: PreparedAssessment): Record<string, string> {
  const findings = [...input.findings].sort((a, b) => (a.id < b.id ? -1 : 1));
  const scans = input.scans.map((scan) => hashData(scan)).sort();
  return {
    engine: assessmentEngine,
    controls: rules.controls.version,
    questionnaire: rules.questionnaire.version,
    profiles: rules.profiles.version,
    parameters: rules.parameters.version,
    outlook: input.outlook.version,
    firm: hashData(input.firm),
    answers: hashData(input.answers),
    findings: hashData(findings),
    scans: hashData(scans),
  };
}

function checkAnswers({ answers, now }: AssessmentInput, { questionnaire }: AssessmentRules): void {
  if (answers.questionnaire !== questionnaire.questionnaire.id) {
    throw new Refusal('bad-input', 'wrong-questionnaire', `the answers are to \`${answers.questionnaire}\`, not to \`${questionnaire.questionnaire.id}\``, { questionnaire: answers.questionnaire });
  }
  for (const [id, answer] of Object.entries(answers.answers)) checkAnswer(id, answer, questionnaire.byId.has(id), dayOf(now));
}

function checkAnswer(id: string, answer: Answer, known: boolean, today: string): void {
  if (!known) throw new Refusal('bad-input', 'unknown-question', `there is no question \`${id}\` in the questionnaire`, { field: `answers.${id}` });
  if (answer.value === 'partly' && answer.coverage === null) throw new Refusal('bad-input', 'coverage-missing', `answer \`${id}\` is partly but does not say how much`, { field: `answers.${id}.coverage` });
  if (answer.on > today) throw new Refusal('bad-input', 'evidence-from-the-future', `answer \`${id}\` is dated ${answer.on}, after today`, { field: `answers.${id}.on` });
}
