import { z } from 'zod';
import { Instant, Refusal, Text } from '../../basics/index.ts';
import { checkRelease, fewestFirms, hideSmallCells, type PublicCell } from '../cohort/release.ts';
import { Design, Estimate } from '../model.ts';
import { implies } from './readings.ts';
import { findingTitle, type StudyFinding, type StudyResult } from './result.ts';
import { roundedForPublic } from './rounding.ts';

/** A number of firms in a part of the cohort; null where it is hidden because too few firms stand behind it. */
const PublicPart = z.strictObject({ name: z.string(), firms: z.int().nullable() });

/** What leaves the house: sentences and numbers of groups, no unit, no pseudonym, no product of the insurer. */
export const PublicSummary = z
  .strictObject({
    question: z.string(),
    /** The data are made up for a demonstration; absent in earlier summaries. */
    invented: z.boolean().optional(),
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
        /** p adjusted over all metrics of the study; null where nothing was tested, or one metric only; absent in earlier summaries. */
        adjustedP: z.number().nullable().optional(),
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
 * The summary of a study for the public. Refuses a run of an earlier engine (`study-run-outdated`), and (`too-few-firms`) when a group, or a count of firms that a number
 * in it tells or allows to compute, holds 1 to 4 firms; cells of the breakdown that do are hidden, with as many more as keep the total from giving them away. Means are
 * rounded so far that the sums of two summaries do not tell of a firm (`roundedForPublic`).
 */
export function summariseForPublic(question: string, result: StudyResult, parts: PartSizes, invented = false): PublicSummary {
  if (result.findings.some(({ report, groups, counts }) => report !== null && (groups === undefined || counts === undefined)))
    throw new Refusal('rule', 'study-run-outdated', 'this run does not say how many firms stand in each group: run the study again first');
  requireEnoughFirms(result);
  const findings = result.findings.map((one) => publicFinding(one, result.findings.length));
  return {
    question,
    invented,
    design: result.design,
    asOf: result.asOf,
    words: findings.find(({ words }) => words !== null)?.words ?? result.words,
    insured: result.cohort.insured,
    control: result.cohort.control,
    findings,
    parts: (['industry', 'size'] as const).flatMap((key) => hideSmallCells(cellsOfPart(key, parts))),
    limits: [...result.limits, meansRounded],
    fewestFirms,
  };
}

const meansRounded: Text = {
  zh: '平均值、天数和发生率及其区间已按企业数取整，以免由两份摘要之差推算出个别企业。',
  en: 'Means, days and rates and their intervals are rounded by the number of firms, so that the difference of two summaries tells of no single firm.',
};

function publicFinding(finding: StudyFinding, tested: number): PublicSummary['findings'][number] {
  const { report, notComputable, adjustedP } = finding;
  const title = findingTitle(finding);
  if (report === null) return { title, words: null, notComputable, estimates: [], caveats: [], adjustedP: null };
  const { words, estimates, caveats } = roundedForPublic(report, finding);
  return {
    title,
    words,
    notComputable,
    estimates: estimates.filter(({ name }) => !ofFewFirms.test(name)),
    // How many rows were dropped would tell of a few firms.
    caveats: caveats.filter(({ code }) => code !== 'rows-dropped').map(({ text }) => text),
    adjustedP: tested > 1 ? adjustedP : null,
  };
}

/** A cell with what it is about, for who proposed the summary. */
interface NamedCell extends PublicCell {
  readonly about: Text;
}

function requireEnoughFirms(result: StudyResult): void {
  const cells = cellsOf(result);
  const { publishable, tooSmall } = checkRelease(cells);
  if (publishable && result.cohort.insured > 0) return;
  const named = tooSmall.length === 0 ? [insuredFirms] : cells.filter(({ name }) => tooSmall.includes(name)).map(({ about }) => about);
  const list = (language: 'zh' | 'en', comma: string): string => [...new Set(named.map((about) => about[language]))].join(comma);
  throw new Refusal('rule', 'too-few-firms', `fewer than ${fewestFirms} firms stand behind, or could be computed from: ${tooSmall.join(', ') || 'the study'}`, {
    fewest: fewestFirms,
    cells: tooSmall.join(', '),
    zh: list('zh', '、'),
    en: list('en', ', '),
  });
}

const insuredFirms: Text = { zh: '投保企业', en: 'insured firms' };
const controlFirms: Text = { zh: '对照企业', en: 'control firms' };

const cellsOfPart = (key: 'industry' | 'size', parts: PartSizes) => Object.entries(parts[key]).map(([name, firms]) => ({ name: `${key}:${name}`, firms }));

/** Paths by quarter stand on the firms of single starts, which may be few: they stay in the house. */
const ofFewFirms = /^(path-before|effect-after)\[/;

/** Every number of firms that the summary would tell or allow to compute. Times to repair count vulnerabilities; their groups are firms all the same. */
function cellsOf({ cohort, findings }: StudyResult): NamedCell[] {
  const behind = findings.flatMap(({ metric, title: about, report, groups = [], counts = [] }) =>
    report === null
      ? []
      : [
          { name: metric, firms: report.n, about },
          ...groups.map(({ group, firms }) => ({ name: `${metric} [${group}]`, firms, about })),
          ...counts.map(({ name, firms }) => ({ name: `${metric} ${name}`, firms: Math.abs(firms), about })),
        ],
  );
  return [
    { name: 'insured', firms: cohort.insured, about: insuredFirms },
    { name: 'control', firms: cohort.control, about: controlFirms },
    ...behind,
    ...betweenFindings(findings),
  ];
}

/** Where one metric contains the other, the difference of two shares tells how many firms have the one without the other. */
function betweenFindings(findings: StudyResult['findings']): NamedCell[] {
  return findings.flatMap((inner) =>
    findings
      .filter((outer) => implies(inner.metric, outer.metric) && inner.splitBy?.metric === outer.splitBy?.metric)
      .flatMap((outer) =>
        (inner.counts ?? []).flatMap(({ name, firms }) => {
          const wider = name.startsWith('yes') ? outer.counts?.find((one) => one.name === name) : undefined;
          return wider === undefined
            ? []
            : [{ name: `${outer.metric} without ${inner.metric}, ${name}`, firms: Math.abs(wider.firms - firms), about: outer.title }];
        }),
      ),
  );
}
