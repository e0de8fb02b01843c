import { assess } from '../assessment/index.ts';
import type { Application, UnderwritingRules } from './application.ts';
import type { Reason } from './model.ts';

const namedAtMost = 3;

/** A repair on which the gate rests, and for which there is only the firm's claim beside a scan that does not say what it looked for, is looked at by a person. */
export function claimReasons({ claimed = [], ...application }: Application, { assessmentBasis }: UnderwritingRules): Reason[] {
  if (claimed.length === 0) return [];
  const { blockers } = assess({ ...application, findings: claimed, accepted: new Set() }, assessmentBasis).gate;
  const titles = new Map(claimed.map(({ id, title }) => [id, title]));
  const named = [...new Set(blockers.flatMap(({ finding }) => (finding === null ? [] : titles.get(finding)!)))];
  return named.length === 0 ? [] : [reasonOf(named)];
}

function reasonOf(titles: readonly string[]): Reason {
  const some = titles.slice(0, namedAtMost);
  const more = titles.length > some.length;
  return {
    code: 'fixed-on-claim',
    text: {
      zh: `以下整改依据企业声明，最近的扫描报告没有写明检查范围或时间，需要人工核实：${some.join('；')}${more ? ` 等 ${titles.length} 项` : ''}`,
      en: `these repairs rest on the claim of the firm, and the latest scans do not say what they looked for or when; a person has to look: ${some.join('; ')}${more ? ` and ${titles.length - some.length} more` : ''}`,
    },
    guideline: null,
    authority: 'underwriter',
  };
}
