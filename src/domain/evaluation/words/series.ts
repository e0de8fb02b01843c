import type { Text } from '../../basics/index.ts';
import type { InterruptedSeries } from '../methods/interrupted-series.ts';
import { evidenceSentence, type Evidence } from './evidence.ts';
import { intervalText, pText, signed } from './numbers.ts';
import { changeWord } from './paired.ts';
import { towards, unitOf, type Subject } from './subject.ts';

/** Sentence on one series with an interruption: a change of level and slope, never its cause. */
export function seriesSentence({
  subject,
  found,
  evidence,
}: {
  readonly subject: Subject;
  readonly found: InterruptedSeries | null;
  readonly evidence: Evidence;
}): Text {
  if (found === null)
    return {
      zh: `${subject.title.zh}：期数太少或没有离散，无法估计变化。`,
      en: `${subject.title.en}: too few periods or no scatter, no change can be estimated.`,
    };
  const { level, slope } = found;
  const [interval, unit, way, shown] = [
    intervalText(level.interval, signed),
    unitOf(subject),
    towards(subject, level.value),
    evidenceSentence(evidence, changeWord),
  ];
  return {
    zh: `${subject.title.zh}：中断时水平变化 ${signed(level.value)}${unit.zh}${way.zh}（${interval.zh}；${pText(level.p)}），此后每期斜率变化 ${signed(slope.value)}。${shown.zh}没有对照组，只能说明变化，不能说明原因。`,
    en: `${subject.title.en}: a change of level of ${signed(level.value)}${unit.en}${way.en} (${interval.en}; ${pText(level.p)}), slope per period changed by ${signed(slope.value)}. ${shown.en} Without a control group this is a change, and says nothing about its cause.`,
  };
}
