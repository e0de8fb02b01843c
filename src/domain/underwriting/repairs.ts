import {
  Effort,
  prepareAssessment,
  suppose,
  type Answer,
  type Control,
  type Finding,
  type Gate,
  type PlacedFinding,
  type PreparedAssessment,
  type Supposed,
  type Supposition,
} from '../assessment/index.ts';
import { dayOf, Refusal, type Day, type Text } from '../basics/index.ts';
import { preparePremium } from '../rating/index.ts';
import { agreeCover } from './agree-cover.ts';
import { gateForCover } from './cover-gate.ts';
import { riskOf, type Application, type UnderwritingRules } from './application.ts';
import type { RepairEffect, Standing } from './model.ts';

/** The standing as it is, and after the chosen repairs together. */
export interface WhatIf {
  readonly before: Standing;
  readonly after: Standing;
}

/** A repair before it is valued: what is supposed when it is done. */
export interface Candidate extends Pick<RepairEffect, 'id' | 'finding' | 'control' | 'title' | 'advice' | 'closes' | 'effort'> {
  readonly answers: Readonly<Record<string, Answer>>;
}

/** One firm, one cover, ready to be asked about any set of repairs. */
export interface Bench {
  readonly prepared: PreparedAssessment;
  readonly candidates: readonly Candidate[];
  readonly standing: (supposition: Supposition) => Standing;
  /** The multipliers that the price rests on, before their bounds. */
  readonly security: (supposition: Supposition) => Supposed['security'];
  /** The yearly premium including VAT, minor units. */
  readonly premium: (supposition: Supposition) => number;
}

/**
 * Values each repair alone by assessing and rating again without it: every finding that counts, and every control that a question asks for and
 * that is missing, partial, unknown or contradicted (as if verified in place). Sorted by money saved, then score gained, then id.
 */
export function valueRepairs(application: Application, rules: UnderwritingRules): RepairEffect[] {
  const bench = setUp(application, rules);
  const before = bench.standing(noChange);
  const repairs = bench.candidates.map((candidate) => valueRepair(candidate, before, bench));
  return repairs.sort((a, b) => a.premiumDelta - b.premiumDelta || b.scoreDelta - a.scoreDelta || (a.id < b.id ? -1 : 1));
}

/** Score, gate and premium after the chosen repairs together. Throws a Refusal `unknown-repair` for an id that is not open. */
export function whatIf(application: Application, repairs: readonly string[], rules: UnderwritingRules): WhatIf {
  const bench = setUp(application, rules);
  const known = new Map(bench.candidates.map((candidate) => [candidate.id, candidate]));
  const chosen = repairs.map((id) => known.get(id) ?? unknownRepair(id));
  return { before: bench.standing(noChange), after: bench.standing(supposing(chosen)) };
}

/** The premium including VAT, in minor units, if every question that is still open turned out to be a verified yes (`lowMinor`) or a verified no (`highMinor`). */
export function priceRange(application: Application, rules: UnderwritingRules): { lowMinor: number; highMinor: number } {
  const bench = setUp(application, rules);
  const open = openQuestions(bench.prepared, application.answers.answers);
  const allAnswered = (value: 'yes' | 'no'): Supposition => ({
    answers: Object.fromEntries(open.map((id) => [id, verified(value, dayOf(application.now))])),
    repaired: new Set(),
  });
  return { lowMinor: bench.standing(allAnswered('yes')).premium.total, highMinor: bench.standing(allAnswered('no')).premium.total };
}

const openQuestions = ({ rules }: PreparedAssessment, answers: Readonly<Record<string, Answer>>): string[] =>
  [...rules.questionnaire.byControl.values()].map(({ id }) => id).filter((id) => (answers[id]?.value ?? 'unknown') === 'unknown');

const verified = (value: 'yes' | 'no', on: Day): Answer => ({ value, coverage: null, kind: 'verified', on, until: null, note: '' });

function unknownRepair(id: string): never {
  throw new Refusal('bad-input', 'unknown-repair', `there is no open repair \`${id}\``, { repair: id });
}

/** Places the findings and rates the cover once. Throws the Refusals of `prepareAssessment` and `preparePremium`. */
export function setUp(application: Application, rules: UnderwritingRules): Bench {
  const prepared = prepareAssessment(application, rules.assessmentBasis);
  const { cover } = agreeCover(application, rules);
  const premium = preparePremium(riskOf({ ...application, cover }), rules);
  const asItIs = suppose(prepared, noChange);
  const candidates = [...findingRepairs(prepared), ...controlRepairs(prepared, asItIs)];
  const priced = new Map<string, Standing['premium']>();
  const premiumFor = (security: Supposed['security']): Standing['premium'] => {
    const key = Object.values(security)
      .flatMap((byPeril) => Object.values(byPeril))
      .join(' ');
    const known = priced.get(key) ?? premium(security);
    priced.set(key, known);
    return known;
  };
  const standing = (supposition: Supposition): Standing => {
    const { score, low, high, grade, security, gate, indicators } = suppose(prepared, supposition);
    return { score, low, high, grade, gate: gateForCover({ gate, indicators }, cover, rules.catalogue), premium: premiumFor(security) };
  };
  const security = (supposition: Supposition): Supposed['security'] => suppose(prepared, supposition).security;
  return { prepared, candidates, standing, security, premium: (supposition) => premiumFor(security(supposition)).total };
}

/** Everything as it is. */
export const noChange: Supposition = { answers: {}, repaired: new Set() };

/** All of these repairs done. */
export const supposing = (candidates: readonly Candidate[]): Supposition => ({
  answers: Object.assign({}, ...candidates.map(({ answers }) => answers)) as Record<string, Answer>,
  repaired: new Set(candidates.flatMap(({ closes }) => closes)),
});

function valueRepair(candidate: Candidate, before: Standing, bench: Bench): RepairEffect {
  const after = bench.standing(supposing([candidate]));
  const { answers: _, ...repair } = candidate;
  const premiumDelta = after.premium.total - before.premium.total;
  return {
    ...repair,
    scoreDelta: after.score - before.score,
    premiumDelta,
    gate: gateEffect(before.gate, after.gate),
    label: labelOf(candidate, before.gate, premiumDelta),
  };
}

function gateEffect(before: Gate, after: Gate): RepairEffect['gate'] {
  if (!before.passed && after.passed) return 'unblocks';
  return after.blockers.length < before.blockers.length ? 'removes-blocker' : 'none';
}

function labelOf({ finding, control }: Candidate, gate: Gate, premiumDelta: number): RepairEffect['label'] {
  const blocks = gate.blockers.some((blocker) => (finding !== null && blocker.finding === finding) || (control !== null && blocker.control === control));
  if (blocks) return 'must-fix';
  return premiumDelta < 0 ? 'affects-premium' : 'advice';
}

function findingRepairs({ placed }: PreparedAssessment): Candidate[] {
  const counted = placed.filter(({ counts }) => counts);
  const same = new Map<string, string[]>();
  for (const one of counted) same.set(repairKey(one), [...(same.get(repairKey(one)) ?? []), one.finding.id].sort());
  return counted.map((one) => ({
    id: one.finding.id,
    finding: one.finding.id,
    control: null,
    title: bothLanguages(one.finding.title),
    advice: adviceFor(one),
    closes: same.get(repairKey(one))!,
    effort: effortOf(one),
    answers: {},
  }));
}

/** Findings with the same key are one weakness seen by several tools: the same CVEs on the same asset, or the same condition on the same port. */
function repairKey({ finding, signals }: PlacedFinding): string {
  const where = `${finding.asset.host ?? finding.asset.name}|${finding.asset.kind === 'package' ? finding.asset.name : ''}`;
  if (finding.cves.length > 0) return `${where}|${finding.cves.join(',')}`;
  const condition = signals.find(({ relativeRisk }) => relativeRisk !== null);
  return condition === undefined ? finding.id : `${where}|${finding.asset.port ?? ''}|${condition.id}`;
}

const bothLanguages = (title: string): Text => ({ zh: title, en: title });

function adviceFor({ finding, signals }: PlacedFinding): Text {
  if (finding.remedy !== '') return bothLanguages(finding.remedy);
  const reason = signals[0]?.title ?? {
    zh: '按厂商公告升级或修正配置，并重新扫描确认',
    en: 'upgrade or correct the configuration as the vendor advises, and scan again',
  };
  return signals.length > 0 ? { zh: `消除“${reason.zh}”，并重新扫描确认`, en: `remove “${reason.en}” and scan again` } : reason;
}

/** The greatest effort of what was recognised; a plain finding is a patch or a setting. */
const effortOf = ({ signals }: PlacedFinding): Effort => Effort.options.findLast((effort) => signals.some((signal) => signal.effort === effort)) ?? 'S';

function controlRepairs({ rules, input }: PreparedAssessment, { indicators }: Supposed): Candidate[] {
  return indicators.flatMap((indicator) => {
    const question = rules.questionnaire.byControl.get(indicator.control);
    const open = indicator.contradicted || ['no', 'partly', 'unknown'].includes(indicator.value);
    if (question === undefined || !open) return [];
    return [controlRepair(rules.controls.controls.get(indicator.control)!, question.id, indicator.contradictedBy, dayOf(input.now))];
  });
}

function controlRepair(control: Control, question: string, closes: readonly Finding['id'][], today: Day): Candidate {
  return {
    id: `control:${control.id}`,
    finding: null,
    control: control.id,
    title: control.title,
    advice: control.advice,
    closes: [...closes],
    effort: control.effort,
    answers: { [question]: verified('yes', today) },
  };
}
