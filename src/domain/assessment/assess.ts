import { dayOf, hashData, Refusal, type Instant } from '../basics/index.ts';
import { Peril } from '../catalogue/index.ts';
import type { FirmProfile } from '../parties/index.ts';
import type { ThreatOutlook } from '../threats/index.ts';
import { ceilingOf, combineWeaknesses, findingsMultiplier, indexWeaknesses, type WeaknessIndex } from './combine-findings.ts';
import { putBy } from './condition.ts';
import { controlCredit } from './control-credit.ts';
import { historyFactor } from './facts.ts';
import type { Finding, Severity } from './finding.ts';
import { freshnessSince } from './freshness.ts';
import { blocksAlone, blocksIfDeclared, judgeGate, secondFactorControl } from './gate.ts';
import type { Answer, Answers, Assessment, AssessmentProfile, Control, IndicatorResult, Scan, VulnerabilityFigures, WeighedFinding } from './model.ts';
import { derivePosture, observedOf, type Observed, type PostureInput } from './posture.ts';
import type { AssessmentParameters } from './parameters.ts';
import { unpricedLabel } from './repair-labels.ts';
import { profileUnder, type AssessmentRules } from './rules.ts';
import { completeScans } from './scan.ts';
import { coveredShare, scopeOf, type Scope } from './scope.ts';
import { gradeOf, scoreFirm } from './score.ts';
import { expectedOpenDays, placeFindings, repairRatePerDay, type PlacedFinding } from './weigh-findings.ts';
import type { WithdrawnReport } from './withdrawn.ts';

type Numbers = AssessmentParameters['values'];

/** Changes when the same inputs may give another assessment; a quote pins it. */
export const assessmentEngine = 'assessment-5';

/** What a firm is assessed on. `scans` says what was looked at, so that a scan without findings counts and a missing scan does not. */
export interface AssessmentInput {
  readonly firm: FirmProfile;
  readonly answers: Answers;
  readonly findings: readonly Finding[];
  readonly scans: readonly Scan[];
  /** Reports that were taken back: they bear on no score, and on who decides. */
  readonly withdrawn?: readonly WithdrawnReport[] | undefined;
  /** Ids of findings whose risk the firm accepted; they count like any other, and the gate's parameter says whether they block. */
  readonly accepted?: ReadonlySet<string>;
  /** Findings that do not count because the firm claims that they are fixed; whoever underwrites may look at them. */
  readonly claimed?: readonly Finding[];
  /** The profile that a person chose; absent, or no longer in force: the one that fits industry and size. */
  readonly profile?: string | undefined;
  readonly outlook: ThreatOutlook;
  readonly now: Instant;
}

/** What a what-if changes: answers put in place of the given ones, and findings taken as repaired. */
export interface Supposition {
  readonly answers: Readonly<Record<string, Answer>>;
  readonly repaired: ReadonlySet<string>;
}

/** An assessment ready to be concluded under any supposition; the findings are placed, recognised and gathered once. */
export interface PreparedAssessment {
  readonly input: AssessmentInput;
  readonly rules: AssessmentRules;
  readonly profile: AssessmentProfile;
  /** In the order of their ids. */
  readonly placed: readonly PlacedFinding[];
  readonly weaknesses: WeaknessIndex;
  /** Each control with what findings say of it and the indicator as it is. */
  readonly known: readonly KnownControl[];
  readonly posture: PostureInput;
  readonly standing: Omit<VulnerabilityFigures, 'share'>;
}

interface KnownControl {
  readonly control: Control;
  readonly observed: Observed;
  readonly indicator: IndicatorResult;
}

/** What a supposition can change of an assessment. */
export type Supposed = Pick<
  Assessment,
  'score' | 'low' | 'high' | 'confidence' | 'grade' | 'dimensions' | 'vulnerability' | 'indicators' | 'gate' | 'security'
>;

/**
 * Assesses a firm: posture from answers, facts and findings, score with its band, gate, and the multipliers that the price uses. Pure: the same
 * input under the same rules gives the same assessment, whatever the order of the findings, answers and scans.
 * Throws a Refusal `wrong-questionnaire`, `unknown-question`, `share-missing`, `evidence-from-the-future` or `no-fitting-profile`.
 */
export const assess = (input: AssessmentInput, rules: AssessmentRules): Assessment => concludeAssessment(prepareAssessment(input, rules));

/** The part of an assessment that no supposition changes. Throws as `assess` does. */
export function prepareAssessment(input: AssessmentInput, rules: AssessmentRules): PreparedAssessment {
  checkAnswers(input, rules);
  const numbers = rules.parameters.values;
  const { firm, scans, now } = input;
  const scope = scopeOf(firm.assets);
  const openDays = expectedOpenDays(repairRatePerDay(firm.repairs, numbers));
  const placed = placeFindings(input.findings, scope, input.outlook, openDays, numbers);
  const posture = { firm, scans, scope, now, numbers, questions: rules.questionnaire.byControl, answers: input.answers.answers };
  return {
    input,
    rules,
    profile: profileUnder(rules.profiles, firm, dayOf(now), input.profile),
    placed,
    weaknesses: indexWeaknesses(placed),
    known: [...rules.controls.controls.values()].map((control) => knownControl(control, placed, posture)),
    posture,
    standing: { history: historyFactor(firm, dayOf(now), numbers), seen: seenShare(scope, input, numbers), unseen: numbers['scan.unseen'] },
  };
}

function knownControl(control: Control, placed: readonly PlacedFinding[], posture: PostureInput): KnownControl {
  const observed = observedOf(control, posture.questions.get(control.id), placed);
  return { control, observed, indicator: derivePosture(control, observed, posture) };
}

function seenShare(scope: Scope, { scans, now }: AssessmentInput, numbers: Numbers): number {
  return coveredShare(
    scope,
    completeScans(scans).map(({ assets, at }) => ({ assets, freshness: freshnessSince(at, numbers['scan.valid-days'], now) })),
  );
}

/** The assessment as things are. */
export function concludeAssessment(prepared: PreparedAssessment): Assessment {
  const result = suppose(prepared, { answers: {}, repaired: new Set() });
  const { input, profile, placed } = prepared;
  return {
    at: input.now,
    ...result,
    findings: weighedFindings(prepared, result.indicators),
    counts: countBySeverity(placed),
    profile: profile.id,
    versions: pinnedVersions(prepared),
  };
}

/** Score, gate and multipliers under a supposition: exactly what `assess` would give for the changed input, without placing the findings again. */
export function suppose(prepared: PreparedAssessment, supposition: Supposition): Supposed {
  const { rules, profile, standing, weaknesses, input } = prepared;
  const numbers = rules.parameters.values;
  const answers = { ...input.answers.answers, ...supposition.answers };
  const indicators = prepared.known.map((known) => supposedIndicator(known, supposition, { ...prepared.posture, answers }));
  const share = combineWeaknesses(weaknesses, { ceiling: profile.findingsCeiling, peril: null }, numbers, supposition.repaired);
  const vulnerability = { share, ...standing };
  const result = scoreFirm(indicators, vulnerability, profile);
  const byControl = new Map(indicators.map((indicator) => [indicator.control, indicator]));
  const found = stillOpen(prepared.placed, supposition.repaired);
  return {
    ...result,
    dimensions: [...result.dimensions],
    vulnerability,
    grade: gradeOf(result.score, numbers),
    indicators,
    gate: judgeGate({ score: result.score, profile, found, indicators: byControl, answers, numbers, accepted: input.accepted ?? new Set() }),
    security: securityModifiers(prepared, indicators, supposition.repaired),
  };
}

const stillOpen = (placed: readonly PlacedFinding[], repaired: ReadonlySet<string>): readonly PlacedFinding[] =>
  repaired.size === 0 ? placed : placed.filter(({ finding }) => !repaired.has(finding.id));

/** The indicator as it is, unless the supposition touches its answer or the findings against it. */
function supposedIndicator({ control, observed, indicator }: KnownControl, { answers, repaired }: Supposition, posture: PostureInput): IndicatorResult {
  const question = posture.questions.get(control.id);
  const left = { missing: stillOpen(observed.missing, repaired), there: stillOpen(observed.there, repaired) };
  const repairedNone = left.missing.length === observed.missing.length && left.there.length === observed.there.length;
  const untouched = repairedNone && (question === undefined || ![question.id, ...putBy(question)].some((id) => Object.hasOwn(answers, id)));
  return untouched ? indicator : derivePosture(control, left, posture);
}

/** M_c and V_p of every peril; perils that no weakness singles out share their noisy-or. What no scan has seen counts at no less than the book's mean, so that not scanning never pays. */
function securityModifiers(
  { rules, standing, weaknesses }: PreparedAssessment,
  indicators: readonly IndicatorResult[],
  repaired: ReadonlySet<string>,
): Assessment['security'] {
  const numbers = rules.parameters.values;
  const named = new Set(weaknesses.flatMap((sightings) => sightings[0]!.perils ?? []));
  const alike = new Map<string, number>();
  const multiplier = (peril: Peril): number => {
    const ceiling = ceilingOf(peril, numbers);
    const key = `${ceiling} ${named.has(peril) ? peril : 'any other'}`;
    const share = alike.get(key) ?? combineWeaknesses(weaknesses, { ceiling, peril }, numbers, repaired);
    alike.set(key, share);
    const seen = findingsMultiplier(share, ceiling);
    return standing.seen * seen + (1 - standing.seen) * Math.max(seen, numbers['findings.book-mean']);
  };
  return {
    controls: eachPeril((peril) => controlCredit(peril, indicators, rules.controls, numbers)),
    findings: eachPeril(multiplier),
  };
}

const eachPeril = (value: (peril: Peril) => number): Record<Peril, number> =>
  Object.fromEntries(Peril.options.map((peril) => [peril, value(peril)])) as Record<Peril, number>;

function weighedFindings(prepared: PreparedAssessment, indicators: readonly IndicatorResult[]): WeighedFinding[] {
  const { rules, profile, placed } = prepared;
  const numbers = rules.parameters.values;
  const secondFactor = indicators.find(({ control }) => control === secondFactorControl)?.value === 'yes';
  const ifDeclared = secondFactor && keepsSecondFactor(prepared);
  return placed
    .map((one) => ({ ...weigh(one, profile, secondFactor, numbers), ...(blocksIfDeclared(one, ifDeclared, numbers) && { blocksIfDeclared: true as const }) }))
    .sort((a, b) => b.contribution - a.contribution || (a.finding < b.finding ? -1 : 1));
}

/** Whether the second factor would still count as there if every asset that findings name were declared. */
function keepsSecondFactor({ known, placed, posture }: PreparedAssessment): boolean {
  const all = placed.map((one) => ({ ...one, counts: !one.finding.suppressed }));
  return known
    .filter(({ control }) => control.id === secondFactorControl)
    .every(({ control }) => derivePosture(control, observedOf(control, posture.questions.get(control.id), all), posture).value === 'yes');
}

function weigh(placed: PlacedFinding, profile: AssessmentProfile, secondFactor: boolean, numbers: Numbers): WeighedFinding {
  const contribution = combineWeaknesses(indexWeaknesses([placed]), { ceiling: profile.findingsCeiling, peril: null }, numbers);
  return {
    finding: placed.finding.id,
    inScope: placed.inScope,
    counts: placed.counts,
    exposure: placed.exposure,
    knownExploited: placed.threat.knownExploited,
    knownRansomware: placed.threat.knownRansomware,
    epss: placed.threat.epss,
    condition:
      placed.signals.filter(({ relativeRisk }) => relativeRisk !== null).sort((a, b) => numbers[b.relativeRisk!] - numbers[a.relativeRisk!])[0]?.id ?? null,
    signals: placed.signals.map(({ id }) => id).sort(),
    contribution,
    label: unpricedLabel(blocksAlone(placed, secondFactor, numbers)),
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
    throw new Refusal('bad-input', 'wrong-questionnaire', `the answers are to \`${answers.questionnaire}\`, not to \`${questionnaire.questionnaire.id}\``, {
      questionnaire: answers.questionnaire,
    });
  }
  for (const [id, answer] of Object.entries(answers.answers)) checkAnswer(id, answer, questionnaire.byId.has(id), dayOf(now));
}

function checkAnswer(id: string, answer: Answer, known: boolean, today: string): void {
  if (!known) throw new Refusal('bad-input', 'unknown-question', `there is no question \`${id}\` in the questionnaire`, { field: `answers.${id}` });
  if (answer.value === 'partly' && answer.coverage === null)
    throw new Refusal('bad-input', 'share-missing', `answer \`${id}\` is partly but does not say how much`, { field: `answers.${id}.coverage` });
  if (answer.on > today)
    throw new Refusal('bad-input', 'evidence-from-the-future', `answer \`${id}\` is dated ${answer.on}, after today`, { field: `answers.${id}.on` });
}
