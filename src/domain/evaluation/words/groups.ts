import type { Text } from '../../basics/index.ts';
import type { EventCount } from '../methods/poisson-rate.ts';
import type { Moments } from '../methods/moments.ts';
import type { Count, Interval } from '../model.ts';
import { complianceSentence, evidenceSentence, type Evidence } from './evidence.ts';
import { countText, intervalText, pText, plain, signed, smallSample } from './numbers.ts';
import { unitOf, type Subject } from './subject.ts';

/** What two groups that were not assigned at random may be said to show. */
export const differenceWord: Text = { zh: '差异', en: 'difference' };

interface Compared<T> {
  readonly subject: Subject;
  readonly labels: readonly [reference: string, treated: string];
  readonly reference: T;
  readonly treated: T;
  readonly interval: Interval | null;
  readonly p: number | null;
  readonly evidence: Evidence;
}

const zhTest = (p: number | null): string => (p === null ? '' : `；${pText(p)}`);
const enTest = (p: number | null): string => (p === null ? '' : `; ${pText(p)}`);

function ending({ subject, evidence }: { readonly subject: Subject; readonly evidence: Evidence }): Text {
  const [shown, compliance] = [evidenceSentence(evidence, differenceWord), complianceSentence(subject)];
  return {
    zh: `${shown.zh}两组并非随机分配，差异的原因不明。${compliance.zh}`,
    en: `${shown.en} The groups were not assigned at random, so the cause is open.${compliance.en}`,
  };
}

const points = (share: number): string => signed(share * 100, 1);

/** Sentence on the shares of two groups. */
export function groupShareSentence(study: Compared<Count>): Text {
  const { subject, labels, reference, treated, p } = study;
  const small = Math.min(reference.of, treated.of) < smallSample;
  const write = small ? (x: number): string => signed(x, 2) : points;
  const interval = intervalText(study.interval, write, small);
  const difference = write(treated.count / treated.of - reference.count / reference.of);
  const [r, t] = small ? [reference, treated].map(({ count, of }) => `${count}/${of}`) : [countText(reference), countText(treated)];
  const end = ending(study);
  return {
    zh: `${subject.title.zh}：${labels[1]}组 ${t}，${labels[0]}组 ${r}，${small ? '比例之差' : '相差'} ${difference}${small ? '' : ' 个百分点'}（${interval.zh}${zhTest(p)}）。${end.zh}`,
    en: `${subject.title.en}: group ${labels[1]} ${t}, group ${labels[0]} ${r}, a difference of ${difference}${small ? ' between the shares' : ' percentage points'} (${interval.en}${enTest(p)}). ${end.en}`,
  };
}

/** Sentence on the means of two groups. */
export function groupMeanSentence(study: Compared<Moments>): Text {
  const { subject, labels, reference, treated, p } = study;
  const interval = intervalText(study.interval, signed, Math.min(reference.n, treated.n) < smallSample);
  const unit = unitOf(subject);
  const difference = signed(treated.mean - reference.mean);
  const end = ending(study);
  return {
    zh: `${subject.title.zh}：${labels[1]}组 ${treated.n} 个单位平均 ${plain(treated.mean)}${unit.zh}，${labels[0]}组 ${reference.n} 个单位平均 ${plain(reference.mean)}${unit.zh}，相差 ${difference}（${interval.zh}${zhTest(p)}）。${end.zh}`,
    en: `${subject.title.en}: group ${labels[1]} mean ${plain(treated.mean)}${unit.en} (${treated.n} units), group ${labels[0]} mean ${plain(reference.mean)}${unit.en} (${reference.n} units), a difference of ${difference} (${interval.en}${enTest(p)}). ${end.en}`,
  };
}

/** Sentence on the rates of two groups. */
export function groupRateSentence(study: Compared<EventCount> & { readonly ratio: number | null }): Text {
  const { subject, labels, reference, treated, ratio, p } = study;
  const interval = intervalText(study.interval, plain);
  const end = ending(study);
  const [zhRatio, enRatio] =
    ratio === null ? ['发生率之比无法计算', 'the rate ratio cannot be computed'] : [`发生率之比 ${plain(ratio)}`, `rate ratio ${plain(ratio)}`];
  return {
    zh: `${subject.title.zh}：${labels[1]}组 ${plain(treated.exposure)} 单位暴露中 ${treated.events} 次，${labels[0]}组 ${plain(reference.exposure)} 单位暴露中 ${reference.events} 次，${zhRatio}（${interval.zh}${zhTest(p)}）。${end.zh}`,
    en: `${subject.title.en}: group ${labels[1]} ${treated.events} events in ${plain(treated.exposure)} of exposure, group ${labels[0]} ${reference.events} in ${plain(reference.exposure)}, ${enRatio} (${interval.en}${enTest(p)}). ${end.en}`,
  };
}
