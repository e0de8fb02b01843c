import { z } from 'zod';
import { Text } from '../../basics/index.ts';
import { splitByVersion, type ScoredTwice } from '../methods/version-split.ts';
import type { MeanDifference } from '../methods/welch.ts';
import { Estimate } from '../model.ts';
import { intervalText, signed, smallSample } from '../words/numbers.ts';
import type { StudyCohort } from './cohort.ts';
import { startOf, type FirmHistory } from './history.ts';
import { comparableLooks, looksAround } from './scoring-rules.ts';

/** What of the change of scores came from new rules of scoring and what from the firms, where the rules changed between a firm's two looks. */
export const VersionChange = z.strictObject({
  /** Insured firms whose rules changed between their two looks, with the old evidence scored again. */
  firms: z.int(),
  /** The same, but their old evidence is no longer whole: they are in no part. */
  notRescored: z.int(),
  /** The whole change as it was printed at the time, and its two parts, which add up to it. */
  estimates: z.array(Estimate),
  words: Text,
});
export type VersionChange = z.infer<typeof VersionChange>;

/** Separates the change of the rules from the change of the insured firms by scoring the old evidence under both; null when no rules changed between two looks. */
export function versionChangeOf({ insured }: StudyCohort, followUpDays: number): VersionChange | null {
  const changed = insured.flatMap((firm) => rescoredOf(firm, followUpDays) ?? []);
  const known = changed.filter((one): one is ScoredTwice => one !== 'not-rescored');
  if (changed.length === 0) return null;
  const notRescored = changed.length - known.length;
  if (known.length === 0) return { firms: 0, notRescored, estimates: [], words: nothingScoredTwice(notRescored) };
  const { total, firms, model } = splitByVersion(known);
  const estimates = [estimateOf('score-change', total), estimateOf('score-change-of-firms', firms), estimateOf('score-change-of-rules', model)];
  return { firms: known.length, notRescored, estimates, words: splitSentence(known.length, total, firms, model) };
}

/** The three scores of a firm whose rules changed between its looks; null when they did not change or a look is missing. */
function rescoredOf(firm: FirmHistory, followUpDays: number): ScoredTwice | 'not-rescored' | null {
  const looks = looksAround(firm, startOf(firm)!, followUpDays);
  if (looks.before === null || looks.after === null || looks.before.scoring === looks.after.scoring) return null;
  const { before, after } = comparableLooks('score', looks) ?? { before: null, after: null };
  if (before === null || after === null) return 'not-rescored';
  return { oldEvidenceOldModel: looks.before.score, oldEvidenceNewModel: before.score, newEvidenceNewModel: after.score };
}

const estimateOf = (name: string, { difference, interval }: MeanDifference): Estimate => ({ name, value: difference, interval });

const nothingScoredTwice = (firms: number): Text => ({
  zh: `${firms} 家企业的两次评分之间换过评分规则，而旧证据已不完整，无法按新规则重算：这些企业的评分变化不能归于企业，也不能归于规则。`,
  en: `The scoring rules changed between the two scores of ${firms} firms, and their old evidence is no longer whole enough to score again: their change can be put down neither to the firms nor to the rules.`,
});

function splitSentence(n: number, total: MeanDifference, firms: MeanDifference, model: MeanDifference): Text {
  const interval = intervalText(firms.interval, signed, n < smallSample);
  return {
    zh: `${n} 家企业的两次评分之间换过评分规则。按当时公布的分数平均变化 ${signed(total.difference)} 分；用新旧两版规则重算旧证据后，其中企业自身 ${signed(firms.difference)} 分（${interval.zh}），规则换版 ${signed(model.difference)} 分。重算用的是今天的威胁态势：较晚那次评估之后的威胁变化以相反的符号计入企业部分，之前的计入规则部分。研究中的评分都按同一版规则比较。`,
    en: `The scoring rules changed between the two scores of ${n} firms. As printed at the time the mean change is ${signed(total.difference)} points; with the old evidence scored under both versions, ${signed(firms.difference)} of it came from the firms (${interval.en}) and ${signed(model.difference)} from the rules. Old evidence is scored again with today's threat outlook: what threats changed since the later look counts with the firms with its sign turned round, what they changed before it counts with the rules. Everywhere in this study scores are compared under one version.`,
  };
}
