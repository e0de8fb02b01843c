import { dayOf, type Instant } from '../basics/index.ts';
import type { FirmProfile } from '../parties/index.ts';
import { denialOf, isPut, isRuledOut, type Denial } from './condition.ts';
import { readFact } from './facts.ts';
import { freshnessOf, freshnessSince } from './freshness.ts';
import type { Answer, AnswerValue, Control, EvidenceKind, IndicatorResult, Question, Scan } from './model.ts';
import type { AssessmentParameters } from './parameters.ts';
import { inRanges } from './finding.ts';
import { completeScans } from './scan.ts';
import { saidValue } from './said-value.ts';
import { coveredShare, type Scope } from './scope.ts';
import { signals } from './signals.ts';
import type { PlacedFinding } from './weigh-findings.ts';

type Numbers = AssessmentParameters['values'];

/** What posture is derived from; the questions are those of the questionnaire, by the control they answer. */
export interface PostureInput {
  readonly firm: FirmProfile;
  readonly questions: ReadonlyMap<string, Question>;
  readonly answers: Readonly<Record<string, Answer>>;
  readonly scans: readonly Scan[];
  readonly scope: Scope;
  readonly now: Instant;
  readonly numbers: Numbers;
}

/** One piece of evidence as it counts: v (`coverage`), trust × freshness (`confidence`), and the freshness alone. */
interface Piece {
  readonly value: AnswerValue;
  readonly coverage: number;
  readonly confidence: number;
  readonly freshness: number;
  readonly kind: EvidenceKind;
  readonly reference: string;
  readonly on: string | null;
  readonly dateAssumed?: true | undefined;
}

/** What findings say of one control, each in the order of the placed findings. */
export interface Observed {
  /** They show it missing. */
  readonly missing: readonly PlacedFinding[];
  /** They show what its question is about to be there, so that the question applies. */
  readonly there: readonly PlacedFinding[];
}

/**
 * What is known of one control, and what it counts for (methods §2.0): effective value e = c·v + (1 − c)·prior of its best unexpired evidence,
 * with the band from the unknown part at 0 and at 1. The prior is the market's adoption; where it was asked, by a question or in the profile, and left open, half of it.
 * A finding that shows the control missing outweighs every statement: nothing is counted in favour, and where the firm had stated otherwise the
 * indicator is marked contradicted, with half the confidence. So it is where an answer or a fact ruled the question out and a finding shows that it applies: a false
 * yes, and a false “we have none of it”, never count for more than an honest no.
 */
export function derivePosture(control: Control, observed: Observed, input: PostureInput): IndicatorResult {
  const question = input.questions.get(control.id);
  const put = question === undefined ? 'yes' : isPut(question, input);
  const answer = question && put === 'yes' ? input.answers[question.id] : undefined;
  const denial = question && denialOf(question, input);
  const against = denial !== undefined || answer?.value === 'not-applicable' ? [...new Set([...observed.missing, ...observed.there])] : observed.missing;
  if (against.length > 0) return shownMissing(control, against, { answer, denial }, input.numbers);
  const ruledOut = question !== undefined && isRuledOut(question, input, { now: input.now, validDays: control.validDays });
  if (ruledOut || (answer?.value === 'not-applicable' && question?.mayNotApply === true)) return notApplicable(control);
  return bestOf(control, piecesFor(control, question, answer, input), question !== undefined || control.fact !== null, input.numbers);
}

/** What the findings that count say of a control and of what its question is about. */
export function observedOf({ contradictedBy }: Control, question: Question | undefined, found: readonly PlacedFinding[]): Observed {
  const showing = (ids: readonly string[]): PlacedFinding[] =>
    ids.length === 0 ? [] : found.filter(({ counts, signals }) => counts && signals.some(({ id }) => ids.includes(id)));
  return { missing: showing(contradictedBy), there: showing(question?.shownBy ?? []) };
}

interface Stated {
  readonly answer: Answer | undefined;
  readonly denial: Denial | undefined;
}

/** A finding contradicts whatever was stated otherwise: the answer, or what ruled the question out. */
function shownMissing(control: Control, against: readonly PlacedFinding[], { answer, denial }: Stated, numbers: Numbers): IndicatorResult {
  const contradicted = denial !== undefined || (answer !== undefined && ['yes', 'partly', 'not-applicable'].includes(saidValue(answer)));
  const confidence = numbers['evidence.trust.observed'] * (contradicted ? numbers['evidence.contradicted'] : 1);
  const findings = against.map(({ finding }) => finding);
  return {
    ...named(control),
    value: 'no',
    coverage: 0,
    confidence,
    effective: 0,
    low: 0,
    high: 1 - confidence,
    evidence: findings.map(({ id, lastSeen }) => ({ kind: 'observed', reference: id, on: lastSeen?.slice(0, 10) ?? null })),
    contradicted,
    contradictedBy: findings.map(({ id }) => id),
    ...(denial !== undefined && ('answer' in denial ? { deniedBy: denial.answer } : { deniedByFact: denial.fact })),
  };
}

const named = ({ id, dimension, weight }: Control) => ({
  ...{ control: id, dimension, weight: dimension === 'vulnerabilities' ? 0 : weight },
  ...{ contradicted: false, contradictedBy: [] as string[] },
});

const notApplicable = (control: Control): IndicatorResult => ({
  ...named(control),
  value: 'not-applicable',
  coverage: null,
  confidence: 0,
  effective: 0,
  low: 0,
  high: 0,
  evidence: [],
});

/** A stated no stands: a scan that saw nothing may confirm a yes or speak where nobody answered, it cannot overrule an admission. */
function piecesFor(control: Control, question: Question | undefined, answer: Answer | undefined, input: PostureInput): Piece[] {
  const stated = answer && question ? statedPiece(question, answer, control, input) : null;
  if (stated?.value === 'no') return [stated];
  return [stated, factPiece(control, input), scanPiece(control, input)].filter((piece) => piece !== null && piece.confidence > 0) as Piece[];
}

function statedPiece(question: Question, answer: Answer, control: Control, { now, numbers }: PostureInput): Piece | null {
  const coverage = coverageOf(answer);
  if (coverage === null) return null;
  const freshness = freshnessOf({ ...answer, validDays: control.validDays }, now);
  const value = saidValue(answer);
  return { value, coverage, freshness, confidence: trust(answer.kind, numbers) * freshness, kind: answer.kind, reference: question.id, on: answer.on };
}

function coverageOf({ value, coverage }: Answer): number | null {
  if (value === 'yes') return 1;
  if (value === 'no') return 0;
  return value === 'partly' ? coverage : null;
}

/** Whatever stands in a register too (credit code, industry, losses) was typed in by the firm all the same, and counts as its own word. */
function factPiece(control: Control, { firm, numbers, now }: PostureInput): Piece | null {
  const coverage = control.fact === null ? null : readFact(control.fact, firm, numbers, dayOf(now));
  if (coverage === null) return null;
  return {
    value: valueOf(coverage),
    coverage,
    freshness: 1,
    confidence: trust('self-declared', numbers),
    kind: 'self-declared',
    reference: `profile:${control.fact}`,
    on: null,
  };
}

function scanPiece(control: Control, { scans, scope, now, numbers }: PostureInput): Piece | null {
  const able = completeScans(scans).filter((scan) => control.confirmedBy.includes(scan.format) && askedFor(scan, control));
  const fresh = able.map((scan) => ({ assets: scan.assets, freshness: freshnessSince(scan.at, numbers['scan.valid-days'], now) }));
  const share = coveredShare(scope, fresh);
  if (share === 0) return null;
  const reference = `scan:${[...new Set(able.map(({ format }) => format))].sort().join('+')}`;
  return {
    value: 'yes',
    coverage: 1,
    freshness: share,
    confidence: trust('observed', numbers) * share,
    kind: 'observed',
    reference,
    ...latestDay(able),
  };
}

/** Whether the scan asked for every port on which what would contradict the control is found, where it names its ports. */
function askedFor({ extent }: Scan, { contradictedBy }: Control): boolean {
  const asked = extent?.ports;
  return asked === undefined || signals.every(({ id, ports = [] }) => !contradictedBy.includes(id) || ports.every((port) => inRanges(asked.tcp, port)));
}

/** The day of the latest scan; assumed only where no scan of that day says it itself. */
function latestDay(scans: readonly Scan[]): Pick<Piece, 'on' | 'dateAssumed'> {
  const on = scans
    .map(({ at }) => at.slice(0, 10))
    .sort()
    .at(-1)!;
  return scans.some(({ at, dateAssumed }) => at.startsWith(on) && dateAssumed === undefined) ? { on } : { on, dateAssumed: true };
}

const valueOf = (coverage: number): AnswerValue => (coverage >= 1 ? 'yes' : coverage <= 0 ? 'no' : 'partly');

const trust = (kind: EvidenceKind, numbers: Numbers): number => numbers[`evidence.trust.${kind}`];

function bestOf(control: Control, pieces: readonly Piece[], asked: boolean, numbers: Numbers): IndicatorResult {
  const leftOpen = control.adoption * (asked ? numbers['evidence.left-open'] : 1);
  const counted = pieces.map((piece) => ({ piece, effective: effectiveValue(piece, control.adoption, leftOpen, numbers) }));
  const best = counted.reduce<(typeof counted)[number] | null>((top, next) => (top === null || next.effective > top.effective ? next : top), null);
  if (best === null) return { ...named(control), value: 'unknown', coverage: null, confidence: 0, effective: leftOpen, low: 0, high: 1, evidence: [] };
  const { value, coverage, confidence } = best.piece;
  return {
    ...named(control),
    value,
    coverage,
    confidence,
    effective: best.effective,
    low: Math.max(...pieces.map((piece) => piece.confidence * piece.coverage)),
    high: Math.max(...pieces.map((piece) => 1 - piece.confidence * (1 - piece.coverage))),
    evidence: pieces.map(({ kind, reference, on, dateAssumed }) => ({ kind, reference, on, ...(dateAssumed && { dateAssumed }) })),
  };
}

/**
 * As evidence fades, its prior fades with it from the market's adoption to that of a question left open, so that nothing jumps on the last day. It
 * fades such that a firm's own no counts for exactly what silence counts for, fresh or old: neither ever pays.
 */
function effectiveValue({ coverage, confidence, freshness }: Piece, adoption: number, leftOpen: number, numbers: Numbers): number {
  const prior = Math.min(adoption, leftOpen / (1 - trust('self-declared', numbers) * freshness));
  return confidence * coverage + (1 - confidence) * prior;
}
