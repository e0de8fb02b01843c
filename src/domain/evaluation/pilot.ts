import { z } from 'zod';
import { Text, built, readContent, type Built, type ContentFile } from '../basics/index.ts';
import { clopperPearsonInterval } from './methods/clopper-pearson.ts';
import { fisherExactP } from './methods/fisher.ts';
import { mcNemarTest } from './methods/mcnemar.ts';
import { shareDifference } from './methods/newcombe-difference.ts';
import { pairedDifference } from './methods/newcombe-paired.ts';
import { poissonRate } from './methods/poisson-rate.ts';
import { powerOfTwoShares } from './methods/power.ts';
import { wilsonInterval } from './methods/wilson.ts';
import { Estimate, SignificanceTest, usualLevel, type Count } from './model.ts';
import { NotComputable, notComputable, type Metric } from './metric.ts';
import { complianceSentence } from './words/evidence.ts';
import { unnamedSubject } from './words/subject.ts';

/** `title` where the number is not the metric itself. */
const said = { id: z.string().min(1), metric: z.string().min(1), title: Text.optional(), reported: Text, shows: Text, doesNotShow: Text };
const whole = z.int().min(0);

/** One number of the pilot, by what kind of number it is. */
export const PilotItem = z.discriminatedUnion('kind', [
  z.strictObject({ ...said, kind: z.literal('paired-share'), before: whole, after: whole }),
  z.strictObject({ ...said, kind: z.literal('cleared'), count: whole, of: whole }),
  z.strictObject({ ...said, kind: z.literal('share'), count: whole, of: whole }),
  z.strictObject({ ...said, kind: z.literal('rate'), events: whole, exposure: z.number().positive() }),
  z.strictObject({ ...said, kind: z.literal('not-computable'), rule: NotComputable }),
  z.strictObject({ ...said, kind: z.literal('prevalence-shift'), before: whole, after: whole, known: z.boolean() }),
]);
export type PilotItem = z.infer<typeof PilotItem>;

/** Everybody had it afterwards, or nobody before: only then do the two counts fix who changed. */
const pairingIsKnown = (item: PilotItem, firms: number): boolean => item.kind !== 'paired-share' || item.before === 0 || item.after === firms;

/** A published before/after pilot: what was reported, and what each number can carry. */
export const Pilot = z
  .strictObject({ title: Text, source: Text, firms: z.int().positive(), items: z.array(PilotItem).min(1), limits: z.array(Text) })
  .refine(
    ({ firms, items }) => items.every((item) => pairingIsKnown(item, firms)),
    'a paired share needs 0 before or every firm after: otherwise the counts do not say who changed',
  );
export type Pilot = z.infer<typeof Pilot>;

/** Reads the pilot from its folder; null when the folder holds none. */
export function buildPilot(files: readonly ContentFile[]): Built<{ readonly pilot: Pilot | null }> {
  const { values, problems } = readContent(Pilot, files);
  return built({ pilot: values[0]?.value ?? null }, problems);
}

/** One number of the pilot with what statistics can say about it. */
export const PilotFinding = z.strictObject({
  id: z.string(),
  metric: z.string(),
  title: Text,
  reported: Text,
  estimates: z.array(Estimate),
  tests: z.array(SignificanceTest),
  shows: Text,
  doesNotShow: Text,
  /** Why there is no number, where there is none. */
  notComputable: Text.nullable(),
  /** Said when the gate or the bundle forced the outcome. */
  compliance: Text.nullable(),
});
export type PilotFinding = z.infer<typeof PilotFinding>;

export const PilotStudy = z.strictObject({ title: Text, source: Text, firms: z.int(), findings: z.array(PilotFinding), limits: z.array(Text) });
export type PilotStudy = z.infer<typeof PilotStudy>;

type Numbers = Pick<PilotFinding, 'estimates' | 'tests'> & { readonly notComputable?: Text };

const exact = 'exact McNemar';

/** The pilot as a study: each reported number with interval, p-value where one is meant, what it shows and what it does not. Metrics are looked up by id. */
export function studyPilot(pilot: Pilot, metrics: ReadonlyMap<string, Metric>, level = usualLevel): PilotStudy {
  const findings = pilot.items.map((item): PilotFinding => {
    const metric = metrics.get(item.metric);
    const numbers = numbersOf(item, pilot.firms, metric, level);
    const compliance = complianceSentence(metric ?? unnamedSubject);
    return {
      id: item.id,
      metric: item.metric,
      title: item.title ?? metric?.title ?? unnamedSubject.title,
      reported: item.reported,
      estimates: numbers.estimates,
      tests: numbers.tests,
      shows: item.shows,
      doesNotShow: item.doesNotShow,
      notComputable: numbers.notComputable ?? null,
      compliance: compliance.zh === '' ? null : { zh: compliance.zh, en: compliance.en.trim() },
    };
  });
  return { title: pilot.title, source: pilot.source, firms: pilot.firms, findings, limits: [...pilot.limits, powerLimit(pilot.firms)] };
}

function numbersOf(item: PilotItem, firms: number, metric: Metric | undefined, level: number): Numbers {
  switch (item.kind) {
    case 'paired-share':
      return pairedShare(item, firms, level);
    case 'cleared':
      return {
        estimates: shares('share', { count: item.count, of: item.of }, level),
        tests: [{ name: 'change', statistic: null, p: mcNemarTest({ gained: item.count, lost: 0 }).exactP, method: exact }],
      };
    case 'share':
      return {
        estimates: [
          ...shares('share', { count: item.count, of: item.of }, level),
          ...shares('share-outstanding', { count: item.of - item.count, of: item.of }, level),
        ],
        tests: [],
      };
    case 'rate':
      return rate(item.events, item.exposure, level);
    case 'not-computable':
      return { estimates: [], tests: [], notComputable: reasonOf(metric, item.rule) };
    case 'prevalence-shift':
      return prevalenceShift(item, firms, level);
  }
}

function shares(name: string, counts: Count, level: number): Estimate[] {
  const value = counts.count / counts.of;
  return [
    { name, value, interval: wilsonInterval(counts, level), counts },
    { name: `${name}-exact`, value, interval: clopperPearsonInterval(counts, level), counts },
  ];
}

function pairedShare({ before, after }: { readonly before: number; readonly after: number }, firms: number, level: number): Numbers {
  const table = { both: before, gained: after - before, lost: 0, neither: firms - after };
  const change = pairedDifference(table, level);
  return {
    estimates: [
      ...shares('share-before', { count: before, of: firms }, level),
      ...shares('share-after', { count: after, of: firms }, level),
      { name: 'change-of-share', value: change.difference, interval: change.interval },
    ],
    tests: [{ name: 'change', statistic: null, p: mcNemarTest(table).exactP, method: exact }],
  };
}

function rate(events: number, exposure: number, level: number): Numbers {
  const found = poissonRate({ events, exposure }, level);
  return { estimates: [{ name: 'rate', value: found.rate, interval: found.interval }], tests: [] };
}

const reasonOf = (metric: Metric | undefined, rule: NotComputable): Text => {
  const measured = metric === undefined ? null : notComputable(metric, rule);
  return measured !== null && !measured.computable ? measured.because : { zh: '无法计算。', en: 'Not computable.' };
};

/** Without knowing which firms stand behind both counts, McNemar's p is a range over every possible overlap. */
function prevalenceShift({ before, after }: { readonly before: number; readonly after: number }, firms: number, level: number): Numbers {
  const [b, a] = [
    { count: before, of: firms },
    { count: after, of: firms },
  ];
  const least = Math.max(0, before + after - firms);
  const overlaps = Array.from({ length: Math.min(before, after) - least + 1 }, (_, i) => least + i);
  const ps = overlaps.map((overlap) => mcNemarTest({ gained: after - overlap, lost: before - overlap }).exactP);
  const { difference, interval } = shareDifference({ treated: a, reference: b }, level);
  return {
    estimates: [...shares('share-before', b, level), ...shares('share-after', a, level), { name: 'change-of-share', value: difference, interval }],
    tests: [
      { name: 'change', statistic: null, p: fisherExactP(b, a), method: 'Fisher exact, taken as two samples' },
      { name: 'change', statistic: null, p: Math.max(...ps), method: `${exact}, overlap least favourable` },
      { name: 'change', statistic: null, p: Math.min(...ps), method: `${exact}, overlap most favourable` },
    ],
  };
}

/** What so many firms could have found: a halving from one in ten, against as many firms without cover. */
function powerLimit(firms: number): Text {
  const power = powerOfTwoShares({ reference: 0.1, treated: 0.05 }, firms).toFixed(2);
  return {
    zh: `即使另有 ${firms} 家对照企业，要发现比例由 10% 降到 5%，把握也只有约 ${power}：这样的样本不可能给出证据；没有证据，既不证明有用，也不证明无用。`,
    en: `Even with ${firms} firms as control, a fall from 10 % to 5 % would be found with power about ${power} only: no evidence was possible, which proves neither benefit nor its absence.`,
  };
}
