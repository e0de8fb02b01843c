import { z } from 'zod';
import { Confidence, Day, Provenance, Text, built, misnamed, readContent, type Built, type ContentFile, type ContentProblem } from '../../basics/index.ts';

/** Who ends a policy before its time. */
export const CancellingSide = z.enum(['insured', 'insurer']);
export type CancellingSide = z.infer<typeof CancellingSide>;

/** What a ground gives back: the days not borne, that less a short-rate surcharge, the whole premium, or nothing. */
export const ReturnRule = z.enum(['pro-rata', 'short-rate', 'whole', 'nothing']);
export type ReturnRule = z.infer<typeof ReturnRule>;

/** A reason for which one side may end a policy, with the article of the law that it stands on. */
export const CancellationGround = z
  .strictObject({
    id: z.string().regex(/^[a-z][a-z0-9-]*$/),
    by: CancellingSide,
    title: Text,
    basis: Text,
    returns: ReturnRule,
    /** Whole days between the day of the notice and the first day without cover. */
    noticeDays: z.int().min(0).max(90),
    /** Days after the ground became known, or the loss was paid, within which it can be used; null: without limit. */
    withinDays: z.int().min(1).max(366).nullable(),
    /** Only after a loss was paid in part; the part of the limit that was paid out brings no premium back. */
    afterLoss: z.boolean(),
    /** Whether losses of before the end stay insured. */
    bearsEarlierLosses: z.boolean(),
  })
  .meta({ id: 'CancellationGround' });
export type CancellationGround = z.infer<typeof CancellationGround>;

/** How a policy can be ended before its time: `content/cancellation/<id>.yaml`, and as agreed in each policy from its binding on. */
export const CancellationTerms = z
  .strictObject({
    id: z.string(),
    /** Percent of the premium that an insured pays for ending a policy before its cover begins (Insurance Law Art. 54). */
    feePercent: z.number().min(0).max(20),
    /** Percent of the premium kept after 1 to 12 months begun. */
    shortRate: z.strictObject({
      source: z.string().min(1),
      provenance: Provenance,
      confidence: Confidence,
      effectiveFrom: Day,
      keptPercent: z.array(z.number().min(0).max(100)).length(12),
    }),
    /**
     * What a short-rate return is of once a part of the limit was paid out: of the unused part of the limit, or nothing. Left out in what was agreed
     * before the rule: then only a limit that is used up counts.
     */
    usedLimit: z
      .strictObject({
        returns: z.enum(['unused-part', 'nothing']),
        source: z.string().min(1),
        provenance: Provenance,
        confidence: Confidence,
        effectiveFrom: Day,
      })
      .optional(),
    grounds: z.array(CancellationGround).min(1),
  })
  .meta({ id: 'CancellationTerms' });
export type CancellationTerms = z.infer<typeof CancellationTerms>;

/** Reads the one file of `content/cancellation`. What the law does not allow to be agreed is a problem. */
export function buildCancellationTerms(files: readonly ContentFile[]): Built<CancellationTerms> {
  const { values, problems } = readContent(CancellationTerms, files);
  const [first, ...others] = values;
  if (first === undefined) return { value: null, problems: problems.length > 0 ? problems : [problem('content/cancellation', '', 'there are no terms')] };
  const more = others.map(({ file }) => problem(file, '', 'a second file of terms of cancellation'));
  return built(first.value, [...problems, ...more, ...misnamed(first), ...unlawful(first.file, first.value)]);
}

const problem = (file: string, at: string, message: string): ContentProblem => ({ file, at, message });

/** Days of notice that the insurer owes after a loss paid in part: Insurance Law Art. 58. */
const noticeAfterLoss = 15;

function unlawful(file: string, { grounds, shortRate: { keptPercent } }: CancellationTerms): ContentProblem[] {
  const table = keptPercent.flatMap((percent, i) => {
    const tooLow = percent < ((i + 1) / 12) * 100 - 1e-9 || percent < (keptPercent[i - 1] ?? 0);
    return tooLow ? [problem(file, `shortRate.keptPercent.${i}`, 'keeps less than the part of the year, or than the month before')] : [];
  });
  const each = grounds.flatMap(({ id, by, returns, noticeDays, afterLoss }, i) => [
    ...(grounds.findIndex((one) => one.id === id) === i ? [] : [problem(file, `grounds.${i}.id`, `\`${id}\` stands twice`)]),
    ...(by === 'insurer' && returns === 'short-rate'
      ? [problem(file, `grounds.${i}.returns`, 'an insurer that ends a policy keeps no short-rate surcharge')]
      : []),
    ...(by === 'insurer' && afterLoss && noticeDays < noticeAfterLoss
      ? [problem(file, `grounds.${i}.noticeDays`, `the law asks for ${noticeAfterLoss} days of notice`)]
      : []),
  ]);
  return [...table, ...each];
}
