import { assess, priceBasis } from '../../assessment/index.ts';
import { dayOf, type Text } from '../../basics/index.ts';
import type { RequestedCover } from '../../catalogue/index.ts';
import { priceCover } from '../../rating/index.ts';
import { agreeCover } from '../agree-cover.ts';
import { casePaper, riskOf, type Application, type UnderwritingRules } from '../application.ts';
import { describeCase } from '../circumstances.ts';
import { gateForCover } from '../cover-gate.ts';
import { missingItems, type MissingItem } from './completeness.ts';
import { limitsTogether, sumInWords } from './firm-limits.ts';

/** One guideline, or the limits of the firm together, as it answers for a case now: passed, referred, declined, or not to be decided. */
export interface RuleCheck {
  readonly id: string;
  readonly title: Text;
  readonly text: Text;
  readonly result: 'passed' | 'refers' | 'declines' | 'undecided';
  readonly authority: string | null;
}

/** Every guideline in force with its answer, the limits of the firm together where it has others, and what the submission lacks: the whole of what the rules see, not only what fired. */
export function checkRules(application: Application, rules: UnderwritingRules): { checks: RuleCheck[]; missing: MissingItem[] } {
  const { firm, answers, scans, withdrawn, now } = application;
  const assessed = assess(application, rules.assessmentBasis);
  const { cover } = agreeCover(application, rules);
  const assessment = { ...assessed, gate: gateForCover(assessed, cover, rules.catalogue) };
  const worksheet = priceCover({ ...riskOf({ ...application, cover }), security: assessment.security, basis: priceBasis(rules.assessmentBasis) }, rules);
  const circumstances = describeCase({ firm, answers, assessment, scans, withdrawn, cover, worksheet }, casePaper(rules));
  const inForce = rules.guidelines.guidelines.filter(({ effectiveFrom }) => effectiveFrom <= dayOf(now));
  const checks = inForce.map(({ id, title, reason, effect, authority, condition }): RuleCheck => {
    const { met, failure } = condition(circumstances);
    const result = failure !== null ? 'undecided' : !met ? 'passed' : effect === 'refer' ? 'refers' : 'declines';
    return { id, title, text: reason, result, authority };
  });
  return { checks: [...limitsCheck(application, cover, rules), ...checks], missing: missingItems(circumstances, rules.desk) };
}

/** For the insurer's eyes: it names what the reason of the quote may have to keep from the applicant. */
function limitsCheck({ otherLimits }: Application, cover: RequestedCover, { desk }: UnderwritingRules): RuleCheck[] {
  if (otherLimits === undefined || otherLimits.parts.length === 0) return [];
  const [reason] = limitsTogether(cover, otherLimits, desk.authority.levels);
  const text = sumInWords(cover, otherLimits);
  return [{ id: 'limits-of-firm-together', title: text, text, result: reason ? 'refers' : 'passed', authority: reason?.authority ?? null }];
}
