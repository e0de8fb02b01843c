import type { Text } from '../../basics/index.ts';
import type { Interval } from '../model.ts';
import { complianceSentence, evidenceSentence, type Evidence } from './evidence.ts';
import { differenceWord } from './groups.ts';
import { intervalText, pText, plain, smallSample } from './numbers.ts';
import { unitOf, type Subject } from './subject.ts';

interface ArmWords {
  readonly label: string;
  readonly n: number;
  readonly events: number;
  readonly median: { readonly value: number | null; readonly interval: Interval };
}

function armSentence({ label, n, events, median }: ArmWords, subject: Subject): Text {
  const unit = unitOf(subject);
  const counted = { zh: `${label}组 ${n} 个中 ${events} 个已发生`, en: `group ${label}: ${events} of ${n} had the event` };
  if (median.value === null) return { zh: `${counted.zh}，中位时间未达到`, en: `${counted.en}, median not reached` };
  const interval = intervalText(median.interval, plain, n < smallSample);
  return {
    zh: `${counted.zh}，中位时间 ${plain(median.value)}${unit.zh}（${interval.zh}）`,
    en: `${counted.en}, median ${plain(median.value)}${unit.en} (${interval.en})`,
  };
}

/** Sentence on times to an event, one clause per group, and what the comparison shows when there is one. */
export function survivalSentence({
  subject,
  arms,
  p,
  evidence,
}: {
  readonly subject: Subject;
  readonly arms: readonly ArmWords[];
  readonly p: number | null;
  readonly evidence: Evidence;
}): Text {
  const clauses = arms.map((arm) => armSentence(arm, subject));
  const compliance = complianceSentence(subject);
  const start = {
    zh: `${subject.title.zh}：${clauses.map((one) => one.zh).join('；')}。`,
    en: `${subject.title.en}: ${clauses.map((one) => one.en).join('; ')}.`,
  };
  if (arms.length === 1) return { zh: `${start.zh}只有一组，只描述，不比较。${compliance.zh}`, en: `${start.en} One group: description only.${compliance.en}` };
  const shown = evidenceSentence(evidence, differenceWord);
  const tested = p === null ? { zh: '', en: '' } : { zh: `组间比较 log-rank ${pText(p)}。`, en: ` Between groups: log-rank ${pText(p)}.` };
  return {
    zh: `${start.zh}${tested.zh}${shown.zh}两组并非随机分配，差异的原因不明。${compliance.zh}`,
    en: `${start.en}${tested.en} ${shown.en} The groups were not assigned at random, so the cause is open.${compliance.en}`,
  };
}
