import { saidValue, type Answers } from '../../assessment/index.ts';
import type { RequestedCover } from '../../catalogue/index.ts';
import type { FirmProfile } from '../../parties/index.ts';
import type { Adjustment } from '../model.ts';
import type { DeskRules } from './rules.ts';

type Asked = { readonly firm: FirmProfile; readonly answers: Answers; readonly cover: RequestedCover };

/** Raises every term to the highest floor that applies to it, and says which rule did. Adjusting twice changes nothing the second time. */
export function adjustTerms({ firm, answers, cover }: Asked, { terms }: Pick<DeskRules, 'terms'>): { cover: RequestedCover; adjustments: Adjustment[] } {
  const circumstances = { firm, cover, answers: Object.fromEntries(Object.entries(answers.answers).map(([id, answer]) => [id, saidValue(answer)])) };
  const met = terms.filter(({ condition }) => condition(circumstances).met === true);
  const floor = (term: Adjustment['term']) => met.filter((rule) => rule.term === term).sort((a, b) => b.atLeast - a.atLeast)[0];
  const adjustments: Adjustment[] = [];
  const raise = (term: Adjustment['term'], coverage: string | null, asked: number): number => {
    const rule = floor(term);
    if (rule === undefined || asked >= rule.atLeast) return asked;
    adjustments.push({ rule: rule.id, term, coverage, asked, applied: rule.atLeast, text: rule.text });
    return rule.atLeast;
  };
  const retentionMinor = raise('retention', null, cover.retentionMinor);
  const lines = cover.lines.map((line) => (line.waitingHours === null ? line : { ...line, waitingHours: raise('waiting', line.coverage, line.waitingHours) }));
  return { cover: { ...cover, retentionMinor, lines }, adjustments };
}
