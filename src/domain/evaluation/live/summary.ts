import { z } from 'zod';
import { Instant, Refusal, Text } from '../../basics/index.ts';
import { checkRelease, fewestFirms, hideSmallCells } from '../cohort/release.ts';
import { Design, Estimate } from '../model.ts';
import type { StudyResult } from './result.ts';

/** A number of firms in a part of the cohort; null where it is hidden because too few firms stand behind it. */
const PublicPart = z.strictObject({ name: z.string(), firms: z.int().nullable() });

/** What leaves the house: sentences and numbers of groups, no unit, no pseudonym, no product of the insurer. */
export const PublicSummary = z
  .strictObject({
    question: z.string(),
    design: Design,
    asOf: Instant,
    words: Text,
    insured: z.int(),
    control: z.int(),
    findings: z.array(
      z.strictObject({
        title: Text,
        words: Text.nullable(),
        notComputable: Text.nullable(),
        estimates: z.array(Estimate),
        /** Conditions and limits of the numbers; absent in earlier summaries. */
        caveats: z.array(Text).optional(),
      }),
    ),
    parts: z.array(PublicPart),
    limits: z.array(Text),
    fewestFirms: z.int(),
  })
  .meta({ id: 'PublicSummary' });
export type PublicSummary = z.infer<typeof PublicSummary>;

/** How many firms of the cohort stand in each industry and size. */
export type PartSizes = Readonly<Record<'industry' | 'size', Readonly<Record<string, number>>>>;

/**
 * The summary of a study for the public. Refuses a run of an earlier engine (`study-run-outdated`), and (`too-few-firms`) when a group, or a count that a sentence would tell, holds 1 to 4 firms; cells of the breakdown that do are
 * hidden, with one more when a single hidden one could be computed from the total.
 */
export function summariseForPublic(question: string, result: StudyResult, parts: PartSizes): PublicSummary {
  if (result.findings.some(({ report, groups }) => report !== null && groups === undefined))
    throw new Refusal('rule', 'study-run-outdated', 'this run does not say how many firms stand in each group: run the study again first');
  const { publishable, tooSmall } = checkRelease(cellsOf(result));
  if (!publishable || result.cohort.insured === 0)
    throw new Refusal('rule', 'too-few-firms', `fewer than ${fewestFirms} firms stand behind: ${tooSmall.join(', ') || 'the study'}`, {
      fewest: fewestFirms,
      cells: tooSmall.join(', '),
    });
  return {
    question,
    design: result.design,
    asOf: result.asOf,
    words: result.words,
    insured: result.cohort.insured,
    control: result.cohort.control,
    findings: result.findings.map(({ title, report, notComputable }) => ({
      title,
      words: report?.words ?? null,
      notComputable,
      estimates: report?.estimates ?? [],
      // How many rows were dropped would tell of a few firms.
      caveats: (report?.caveats ?? []).filter(({ code }) => code !== 'rows-dropped').map(({ text }) => text),
    })),
    parts: (['industry', 'size'] as const).flatMap((key) => hideSmallCells(cellsOfPart(key, parts))),
    limits: result.limits,
    fewestFirms,
  };
}

const cellsOfPart = (key: 'industry' | 'size', parts: PartSizes) => Object.entries(parts[key]).map(([name, firms]) => ({ name: `${key}:${name}`, firms }));

/** Every number of firms that the summary would tell, counts and their complements. Times to repair count vulnerabilities; their groups are firms all the same. */
function cellsOf({ cohort, findings }: StudyResult) {
  const counts = findings.flatMap(({ metric, report }) =>
    (report?.estimates ?? []).flatMap(({ name, counts: count }) =>
      count === undefined
        ? []
        : [
            { name: `${metric} ${name}`, firms: count.count },
            { name: `${metric} ${name} (rest)`, firms: count.of - count.count },
          ],
    ),
  );
  const sizes = findings.flatMap(({ metric, report }) => (report === null ? [] : [{ name: metric, firms: report.n }]));
  const groups = findings.flatMap(({ metric, report, groups: own }) =>
    report === null ? [] : (own ?? []).map(({ group, firms }) => ({ name: `${metric} [${group}]`, firms })),
  );
  return [{ name: 'insured', firms: cohort.insured }, { name: 'control', firms: cohort.control }, ...sizes, ...groups, ...counts];
}
