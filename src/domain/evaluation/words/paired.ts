import type { Text } from '../../basics/index.ts';
import type { Count, Interval } from '../model.ts';
import { complianceSentence, evidenceSentence, type Evidence } from './evidence.ts';
import { countText, intervalText, pText, plain, signed, smallSample } from './numbers.ts';
import { towards, unitOf, type Subject } from './subject.ts';

/** What a study without a control group may speak of. */
export const changeWord: Text = { zh: '变化', en: 'change' };

const points = (share: number): string => signed(share * 100, 1);

interface Tested {
  readonly subject: Subject;
  readonly interval: Interval | null;
  readonly p: number | null;
  readonly evidence: Evidence;
}

const testText = (p: number | null): string => (p === null ? '' : `; ${pText(p)}`);

/** The ending of every sentence about the same units before and after: how much was shown, that there is no control group, and compliance. */
function ending({ subject, evidence }: Tested): Text {
  const [shown, compliance] = [evidenceSentence(evidence, changeWord), complianceSentence(subject)];
  return {
    zh: `${shown.zh}没有对照组，只能说明变化，不能说明原因。${compliance.zh}`,
    en: `${shown.en} Without a control group this is a change, and says nothing about its cause.${compliance.en}`,
  };
}

/** Sentence on a share before and after. With fewer than 20 units the change is given in units, not in percentage points. */
export function pairedShareSentence(study: Tested & { readonly before: Count; readonly after: Count }): Text {
  const { subject, before, after, p } = study;
  const small = before.of < smallSample;
  const interval = intervalText(study.interval, small ? (x) => signed(x, 2) : points, small);
  const moved = small ? signed(after.count - before.count) : points(after.count / after.of - before.count / before.of);
  const end = ending(study);
  const way = towards(subject, after.count - before.count);
  return {
    zh: `${subject.title.zh}：之前 ${countText(before)}，之后 ${countText(after)}，变化 ${moved} ${small ? '个单位' : '个百分点'}${way.zh}（${small ? '比例之差的 ' : ''}${interval.zh}${p === null ? '' : `；${pText(p)}`}）。${end.zh}`,
    en: `${subject.title.en}: before ${countText(before)}, after ${countText(after)}, a change of ${moved} ${small ? 'units' : 'percentage points'}${way.en} (${small ? 'difference of shares, ' : ''}${interval.en}${testText(p)}). ${end.en}`,
  };
}

/** Sentence on a mean before and after. */
export function pairedMeanSentence(study: Tested & { readonly n: number; readonly before: number; readonly after: number }): Text {
  const { subject, n, before, after, p } = study;
  const interval = intervalText(study.interval, signed, n < smallSample);
  const unit = unitOf(subject);
  const end = ending(study);
  const way = towards(subject, after - before);
  return {
    zh: `${subject.title.zh}：${n} 个单位，平均值由 ${plain(before)} 到 ${plain(after)}${unit.zh}，变化 ${signed(after - before)}${way.zh}（${interval.zh}${p === null ? '' : `；${pText(p)}`}）。${end.zh}`,
    en: `${subject.title.en}: ${n} units, mean from ${plain(before)} to ${plain(after)}${unit.en}, a change of ${signed(after - before)}${way.en} (${interval.en}${testText(p)}). ${end.en}`,
  };
}
