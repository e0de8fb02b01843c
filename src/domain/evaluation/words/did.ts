import type { Text } from '../../basics/index.ts';
import type { Interval } from '../model.ts';
import { complianceSentence, evidenceSentence, type Evidence } from './evidence.ts';
import { intervalText, pText, signed, smallSample } from './numbers.ts';
import { towards, unitOf, type Subject } from './subject.ts';

/** What a design with a control group over time may speak of. */
export const effectWord: Text = { zh: '效果', en: 'effect' };

interface EffectStudy {
  readonly subject: Subject;
  readonly units: { readonly treated: number; readonly reference: number };
  readonly changes: { readonly treated: number; readonly reference: number };
  readonly effect: number;
  readonly interval: Interval | null;
  readonly p: number | null;
  /** The values are yes and no, so differences are percentage points. */
  readonly asPoints: boolean;
  readonly evidence: Evidence;
}

/** Sentence on a difference in differences: the estimated effect, and the condition under which it is one. */
export function effectSentence(study: EffectStudy): Text {
  const { subject, units, changes, effect, p } = study;
  const small = Math.min(units.treated, units.reference) < smallSample;
  const percentagePoints = study.asPoints && !small;
  const write = (x: number): string => (percentagePoints ? signed(x * 100, 1) : signed(x, study.asPoints ? 2 : 3));
  // Of yes and no in few units the change is a count: those that gained it less those that lost it.
  const changed = (change: number, n: number): string => (study.asPoints && small ? `${signed(Math.round(change * n))}/${n}` : write(change));
  const unit = percentagePoints
    ? { zh: ' 个百分点', en: ' percentage points' }
    : study.asPoints
      ? { zh: '（比例之差）', en: ' (difference of shares)' }
      : unitOf(subject);
  const changeUnit = study.asPoints && small ? { zh: '', en: '' } : unit;
  const interval = intervalText(study.interval, write, small);
  const [shown, compliance] = [evidenceSentence(study.evidence, effectWord), complianceSentence(subject)];
  const way = towards(subject, effect);
  return {
    zh: `${subject.title.zh}：干预组（${units.treated} 个单位）变化 ${changed(changes.treated, units.treated)}${changeUnit.zh}，对照组（${units.reference} 个单位）变化 ${changed(changes.reference, units.reference)}${changeUnit.zh}，估计效果 ${write(effect)}${unit.zh}${way.zh}（${interval.zh}${p === null ? '' : `；${pText(p)}`}），前提是没有干预时两组会同步变化。${shown.zh}${compliance.zh}`,
    en: `${subject.title.en}: treated units (${units.treated}) changed by ${changed(changes.treated, units.treated)}${changeUnit.en}, control units (${units.reference}) by ${changed(changes.reference, units.reference)}${changeUnit.en}; estimated effect ${write(effect)}${unit.en}${way.en} (${interval.en}${p === null ? '' : `; ${pText(p)}`}), provided that both would have moved in parallel without treatment. ${shown.en}${compliance.en}`,
  };
}
