import { assess, priceBasis, type Assessment, type Blocker } from '../assessment/index.ts';
import { dayOf } from '../basics/index.ts';
import { priceCover } from '../rating/index.ts';
import { agreeCover } from './agree-cover.ts';
import { casePaper, riskOf, type Application, type UnderwritingRules } from './application.ts';
import { describeCase } from './circumstances.ts';
import { claimReasons } from './claimed-fixes.ts';
import { gateForCover } from './cover-gate.ts';
import { deskReasons } from './desk/reasons.ts';
import { askGuidelines } from './guidelines.ts';
import { requireInForce } from './in-force.ts';
import type { Quote, Reason } from './model.ts';
import { quoteValidUntil } from './quote-validity.ts';
import { valueRepairs } from './repairs.ts';

/**
 * Decides: declined when the gate is closed or a guideline declines, referred when a guideline refers, else quoted. Every reason is named, and
 * what each repair is worth. The price is worked out in each case and binds only when quoted. The firm is assessed as of `now`, so that
 * score, gate and price rest on the same evidence. Throws the Refusals of `assess`, `settleCover`, `requireInForce` and `priceCover`.
 */
export const decideQuote = (application: Application, rules: UnderwritingRules): Quote => ({
  ...indicateQuote(application, rules),
  repairs: valueRepairs(application, rules),
});

/** The same without the worth of the repairs: for prices that follow every change of the form. */
export function indicateQuote(application: Application, rules: UnderwritingRules): Quote {
  return judge(application, assess(application, rules.assessmentBasis), rules);
}

function judge(application: Application, assessed: Assessment, rules: UnderwritingRules): Quote {
  const { firm, answers, scans, withdrawn, now, waived = [] } = application;
  const today = dayOf(now);
  const { cover, adjustments } = agreeCover(application, rules);
  requireInForce(cover, rules, today);
  const gate = gateForCover(assessed, cover, rules.catalogue);
  const assessment = { ...assessed, gate };
  const worksheet = priceCover({ ...riskOf({ ...application, cover }), security: assessment.security, basis: priceBasis(rules.assessmentBasis) }, rules);
  const circumstances = describeCase({ firm, answers, assessment, scans, withdrawn, cover, worksheet }, casePaper(rules));
  const asked = askGuidelines(rules.guidelines, circumstances, today);
  const desk = deskReasons(application, circumstances, rules.desk);
  const grounds = [...gate.blockers.filter((blocker) => !waived.includes(blockerKey(blocker))).map(gateReason), ...desk.decline, ...asked.decline];
  const refer = [...desk.refer, ...claimReasons(application, rules), ...asked.refer];
  const outcome = grounds.length > 0 ? 'declined' : refer.length > 0 ? 'referred' : 'quoted';
  const { score, low, high, confidence, grade } = assessment;
  return {
    outcome,
    reasons: [...grounds, ...refer],
    insured: { name: firm.name, creditCode: firm.creditCode },
    ...{ gate, score, low, high, confidence, grade, cover, adjustments, worksheet },
    binding: outcome === 'quoted',
    repairs: [],
    at: now,
    validUntil: quoteValidUntil(now, rules.parameters),
    versions: pinnedVersions(assessment, rules),
  };
}

/** Names one blocker of the gate: several findings or controls block under the same code, and a waiver is of one of them. */
export const blockerKey = ({ code, finding, control }: Pick<Blocker, 'code' | 'finding' | 'control'>): string =>
  [code, finding, control].filter((part) => part !== null).join('|');

/** A reason of a quote with a key of its own: that of the blocker (`blockerKey`) where it is one, else code and guideline. */
export interface KeyedReason {
  readonly key: string;
  readonly reason: Reason;
}

/** The reasons that a quote was decided with, by key; `waived` as in its application. Those of the blockers that stand come first. */
export function keyedReasons({ reasons, gate }: Pick<Quote, 'reasons' | 'gate'>, waived: readonly string[]): KeyedReason[] {
  const standing = gate.blockers.map(blockerKey).filter((key) => !waived.includes(key));
  return reasons.map((reason, at) => ({ key: standing[at] ?? reasonKey(reason), reason }));
}

/** By what a reason that is no blocker is known again. */
export const reasonKey = ({ code, guideline }: Reason): string => `${code} ${guideline ?? ''}`;

const gateReason = ({ code, text }: Blocker): Reason => ({ code, text, guideline: null, authority: null });

const pinnedVersions = ({ versions, profile }: Assessment, { ratebook, catalogue, guidelines, desk }: UnderwritingRules): Record<string, string> => ({
  ...versions,
  profile,
  ratebook: ratebook.file.version,
  ratebookHash: ratebook.hash,
  catalogue: catalogue.version,
  guidelines: guidelines.version,
  desk: desk.version,
  screening: desk.screening.version,
});
