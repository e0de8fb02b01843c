import type { Text } from '../../basics/index.ts';
import type { MeanDifference } from '../methods/welch.ts';
import { effectWord } from './did.ts';
import { complianceSentence, evidenceSentence, type Evidence } from './evidence.ts';
import { differenceWord } from './groups.ts';
import { intervalText, pText, signed, smallSample } from './numbers.ts';
import { towards, unitOf, type Subject } from './subject.ts';

interface StaggeredWords {
  readonly subject: Subject;
  /** How many are compared, and how many of them start within the records. */
  readonly units: { readonly all: number; readonly started: number };
  /** p of the test that decides. */
  readonly p: number | null;
  readonly overall: MeanDifference | null;
  /** The groups already moved apart before: no effect may be claimed. */
  readonly diverged: boolean;
  readonly evidence: Evidence;
}

/** Sentence on staggered starts: an effect with its condition, or, when paths diverged before the start, a difference only. */
export function staggeredSentence({ subject, units, overall, p, diverged, evidence }: StaggeredWords): Text {
  if (overall === null)
    return {
      zh: `${subject.title.zh}：没有可比的单位和时期，无法估计。`,
      en: `${subject.title.en}: no comparable units and periods, nothing can be estimated.`,
    };
  const [thing, unit, way] = [diverged ? differenceWord : effectWord, unitOf(subject), towards(subject, overall.difference)];
  const interval = intervalText(overall.interval, signed, Math.min(units.all, units.started) < smallSample);
  const shown = evidenceSentence(evidence, thing);
  const condition = diverged
    ? { zh: '干预之前走势已经不同，只能称为差异。', en: 'Paths differed before treatment, so this is a difference only.' }
    : { zh: '前提是没有干预时各批单位会同步变化。', en: 'Provided that all cohorts would have moved in parallel without treatment.' };
  const compliance = complianceSentence(subject);
  const strength = p === null ? '' : pText(p);
  return {
    zh: `${subject.title.zh}：${units.all} 个单位中 ${units.started} 个分批开始，与尚未开始者相比，平均${thing.zh} ${signed(overall.difference)}${unit.zh}${way.zh}（${interval.zh}${strength && `；${strength}`}）。${condition.zh}${shown.zh}${compliance.zh}`,
    en: `${subject.title.en}: ${units.started} of ${units.all} units starting at different times, against those not yet started, mean ${thing.en} ${signed(overall.difference)}${unit.en}${way.en} (${interval.en}${strength && `; ${strength}`}). ${condition.en} ${shown.en}${compliance.en}`,
  };
}
