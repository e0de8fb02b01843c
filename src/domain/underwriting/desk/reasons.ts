import type { Application } from '../application.ts';
import type { Circumstances } from '../circumstances.ts';
import type { Reason } from '../model.ts';
import { appetiteFor, hiddenRow } from './appetite.ts';
import { missingItems } from './completeness.ts';
import { limitsTogether } from './firm-limits.ts';
import type { DeskRules } from './rules.ts';

/** What the desk itself has against quoting at once: appetite, screening, what the firm has here already, papers that are missing. */
export function deskReasons(
  { firm, clearedHits = [], otherLimits }: Application,
  circumstances: Circumstances,
  desk: DeskRules,
): { decline: Reason[]; refer: Reason[] } {
  const row = appetiteFor(firm, desk.appetite);
  const outside = row?.appetite === 'outside' ? [{ code: 'outside-appetite', text: row.text, guideline: null, authority: null }] : [];
  const cautious: Reason[] = row?.appetite === 'cautious' ? [{ code: 'cautious-appetite', text: row.text, guideline: null, authority: 'underwriter' }] : [];
  const hidden = hiddenRow(firm, desk.appetite) === null ? [] : [classAsked];
  const hit = desk.screening.hitsOf(firm).some(({ key }) => !clearedHits.includes(key));
  const missing = missingItems(circumstances, desk).filter(({ refers }) => refers);
  const together = otherLimits === undefined ? [] : limitsTogether(circumstances.cover, otherLimits, desk.authority.levels);
  return {
    decline: outside,
    refer: [...(hit ? [screened] : []), ...cautious, ...hidden, ...together, ...missing.map(({ id, text }) => incomplete(id, text))],
  };
}

/** Says no more than that somebody looks: the applicant reads it too, and must not learn of a list from it. */
const screened: Reason = {
  code: 'identity-check',
  text: { zh: '投保主体信息需要人工核对', en: 'the identity of the applicant needs to be checked by a person' },
  guideline: null,
  authority: 'underwriting-manager',
};

/** Names the class that is asked for, and not the one that is feared: whoever reads it is to answer, not to choose. */
const classAsked: Reason = {
  code: 'industry-class-needed',
  text: {
    zh: '请填写四位国民经济行业代码（例如 I6513）：仅凭所填行业无法判断是否在承保范围内',
    en: 'please state the full GB/T 4754 class (for example I6513): the industry alone does not tell whether we can take the firm',
  },
  guideline: null,
  authority: 'underwriter',
};

const incomplete = (id: string, text: Reason['text']): Reason => ({
  code: `missing-${id}`,
  text: { zh: `缺少：${text.zh}`, en: `missing: ${text.en}` },
  guideline: null,
  authority: 'underwriter',
});
