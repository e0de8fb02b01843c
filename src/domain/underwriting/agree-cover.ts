import { dayOf } from '../basics/index.ts';
import { settleCover, type RequestedCover } from '../catalogue/index.ts';
import type { Application, UnderwritingRules } from './application.ts';
import { adjustTerms } from './desk/adjust-terms.ts';
import type { Adjustment } from './model.ts';

/** The cover as it can be offered: what was left open is written out, and terms below the desk's floors are raised. Throws the Refusals of `settleCover`. */
export function agreeCover(
  { firm, answers, cover, now }: Pick<Application, 'firm' | 'answers' | 'cover' | 'now'>,
  { catalogue, desk }: Pick<UnderwritingRules, 'catalogue' | 'desk'>,
): { cover: RequestedCover; adjustments: Adjustment[] } {
  const today = dayOf(now);
  const raised = adjustTerms({ firm, answers, cover: settleCover(cover, catalogue, today) }, desk);
  return { ...raised, cover: settleCover(raised.cover, catalogue, today) };
}
