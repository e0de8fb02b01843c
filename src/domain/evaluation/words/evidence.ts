import { normalCdf, normalQuantile, type Text } from '../../basics/index.ts';
import { detectableMean } from '../methods/power.ts';
import { plain } from './numbers.ts';
import type { Subject } from './subject.ts';

/** What a comparison can claim: `shown`; `not-shown` though it could have been; `not-possible` because the sample is too small; `not-tested`. */
export type Evidence = 'shown' | 'not-shown' | 'not-possible' | 'not-tested';

/** Below this power against the relevant change, a test that found nothing is called unable to find it. */
export const lowPower = 0.5;

/** `p` of the comparison's main test, and its power against the smallest change worth finding (null: not computable). */
export function evidenceOf({ p, power }: { readonly p: number | null; readonly power: number | null }): Evidence {
  if (p === null) return 'not-tested';
  if (p <= 0.05) return 'shown';
  return power !== null && power < lowPower ? 'not-possible' : 'not-shown';
}

/** Power of a two-sided test at 5 % when the truth lies so many standard errors away from “no difference”. */
export function powerAtDistance(standardErrors: number): number {
  const critical = normalQuantile(0.975);
  return normalCdf(standardErrors - critical) + normalCdf(-standardErrors - critical);
}

/** Power of a permutation test when even the rarest of its arrangements is no evidence: with fewer than so many none can be. */
const fewestArrangements = 20;

/** The power, or 0 where a permutation test of so many arrangements could not reach 5 % whatever the data. */
export const reachablePower = (power: number | null, arrangements: number): number | null => (arrangements < fewestArrangements ? 0 : power);

/** The smallest difference found with power 0.8, as text, from the standard error of the difference. */
export function detectableText(standardError: number | null): Text | null {
  if (standardError === null || !(standardError > 0)) return null;
  const size = plain(detectableMean(standardError));
  return { zh: ` ${size}`, en: size };
}

/** Sentences on how much was shown; `thing` is what the design may speak of: change, difference, effect. */
export function evidenceSentence(evidence: Evidence, thing: Text): Text {
  switch (evidence) {
    case 'shown':
      return { zh: `这一${thing.zh}超出了偶然波动的范围。`, en: `The ${thing.en} is larger than chance alone explains.` };
    case 'not-shown':
      return {
        zh: `数据与“没有${thing.zh}”相容，但不能据此断定没有${thing.zh}。`,
        en: `The data are compatible with no ${thing.en}; they do not prove that there was none.`,
      };
    case 'not-possible':
      return {
        zh: `样本太小，即使存在值得关注的${thing.zh}，也不可能得出证据；这不等于没有${thing.zh}。`,
        en: `The sample is too small: no evidence was possible even if a relevant ${thing.en} existed; this is not the same as no ${thing.en}.`,
      };
    case 'not-tested':
      return { zh: `无法检验这一${thing.zh}。`, en: `The ${thing.en} could not be tested.` };
  }
}

/** The sentence for an outcome that the gate forces, or nothing. */
export function complianceSentence(subject: Subject): Text {
  if (!subject.forcedByGate) return { zh: '', en: '' };
  return { zh: '该项是投保门槛的要求，达到它属于合规，不是保险带来的结果。', en: ' The gate required it, so reaching it is compliance, not an outcome.' };
}
