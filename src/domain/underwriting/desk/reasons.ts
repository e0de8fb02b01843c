import type { Application } from '../application.ts';
import type { Circumstances } from '../circumstances.ts';
import type { Reason } from '../model.ts';
import { appetiteFor } from './appetite.ts';
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
  const hit = desk.screening.hitsOf(firm).some(({ key }) => !clearedHits.includes(key));
  const missing = missingItems(circumstances, desk).filter(({ refers }) => refers);
  const together = otherLimits === undefined ? [] : limitsTogether(circumstances.cover, otherLimits, desk.authority.levels);
  return {
    decline: outside,
    refer: [...(hit ? [screened] : []), ...cautious, ...together, ...missing.map(({ id, text }) => incomplete(id, text))],
  };
}

/** Says no more than that somebody looks: the applicant reads it too, and must not learn of a list from it. */
const screened: Reason = {
  code: 'identity-check',
  text: { zh: '投保主体信息需要人工核对', en: 'the identity of the applicant needs to be checked by a person' },
  guideline: null,
  authority: 'underwriting-manager',
};

const incomplete = (id: string, text: Reason['text']): Reason => ({
  code: `missing-${id}`,
  text: { zh: `缺少：${text.zh}`, en: `missing: ${text.en}` },
  guideline: null,
  authority: 'underwriter',
});
