import type { Text } from '../../basics/index.ts';
import { lossRatio } from '../methods/loss-ratio.ts';
import { wilsonInterval } from '../methods/wilson.ts';
import { measureShare, notComputable, type Measured, type Metric, type RecordedShare } from '../metric.ts';
import { daysBetween, startOf, type CoverResult, type FirmHistory } from './history.ts';
import type { BandResult, CohortShare, StudyResult } from './result.ts';
import { designsFor } from './readings.ts';
import { openSpells, recurrences } from './repairs.ts';

/** A band of scores by its lowest score, e.g. grade A from 85. Highest first. */
export interface ScoreBand {
  readonly band: string;
  readonly from: number;
}

type Read = (firms: readonly FirmHistory[], asOfDay: string) => RecordedShare | 'follow-up-too-short';

const countWhere = <T>(items: readonly T[], holds: (item: T) => boolean): number => items.filter(holds).length;

/** How each share over the cohort is counted. From applicants on, so that firms which gave up stay in the denominator. */
const reads: Readonly<Record<string, Read>> = {
  'gate-pass-rate': (firms) => {
    const applied = firms.filter((firm) => firm.applied);
    return { numerator: countWhere(applied, ({ observations }) => observations.some((look) => look.gatePassed)), denominator: applied.length };
  },
  'bound-rate': (firms) => {
    const applied = firms.filter((firm) => firm.applied);
    return { numerator: countWhere(applied, (firm) => startOf(firm) !== null), denominator: applied.length };
  },
  'severe-fixed-share': (firms) => {
    const spells = firms.flatMap(openSpells);
    return { numerator: countWhere(spells, ({ repairedOn }) => repairedOn !== null), denominator: spells.length };
  },
  'firms-fully-fixed': (firms) => {
    const found = firms.map(openSpells).filter((spells) => spells.length > 0);
    return { numerator: countWhere(found, (spells) => spells.every(({ repairedOn }) => repairedOn !== null)), denominator: found.length };
  },
  'gate-repair': (firms) => {
    const applied = firms.filter((firm) => firm.applied && openSpells(firm).length > 0).map((firm) => ({ start: startOf(firm), first: openSpells(firm) }));
    const before = applied.map(({ start, first }) => ({ start, spells: start === null ? first : first.filter(({ foundOn }) => foundOn < start) }));
    const had = before.filter(({ spells }) => spells.length > 0);
    return {
      numerator: countWhere(had, ({ start, spells }) => start !== null && spells.every(({ repairedOn }) => repairedOn !== null && repairedOn <= start)),
      denominator: had.length,
    };
  },
  recurrence: (firms, asOfDay) => {
    const { returned, of } = recurrences(firms, asOfDay);
    return of === 0 && firms.some((firm) => openSpells(firm).some(({ repairedOn }) => repairedOn !== null))
      ? 'follow-up-too-short'
      : { numerator: returned, denominator: of };
  },
};

/** Shares over the whole cohort, each with counts and Wilson interval or the reason why there is none. */
export function describeShares(firms: readonly FirmHistory[], asOfDay: string, metrics: ReadonlyMap<string, Metric>): CohortShare[] {
  return Object.entries(reads).flatMap(([id, read]) => {
    const metric = metrics.get(id);
    return metric === undefined ? [] : [shareOf(metric, read(firms, asOfDay))];
  });
}

function shareOf(metric: Metric, read: RecordedShare | 'follow-up-too-short'): CohortShare {
  const measured: Measured = typeof read === 'string' ? notComputable(metric, read) : measureShare(metric, read);
  const known = { metric: metric.id, title: metric.title, forcedByGate: metric.forcedByGate };
  if (!measured.computable) return { ...known, counts: null, interval: null, notComputable: measured.because };
  return { ...known, counts: { ...measured.counts }, interval: wilsonInterval(measured.counts), notComputable: null };
}

const noLosses: Text = {
  zh: '系统中还没有赔案记录：已赚保费有记录，赔款没有，赔付率无法计算。没有记录不等于没有赔款。',
  en: 'There are no claims on record: premium is recorded, losses are not, so there is no loss ratio. No record is not no loss.',
};

const noCover: Text = { zh: '没有已经过的承保期间，没有已赚保费。', en: 'No cover has been earned yet, so there is no earned premium.' };

/** Loss ratio of the policies by the score on which they were bound. Premium is earned evenly over the period of cover up to the day of the data cut. */
export function lossRatioByBand(firms: readonly FirmHistory[], asOfDay: string, bands: readonly ScoreBand[]): StudyResult['lossRatio'] {
  const covers = firms.flatMap((firm) => firm.covers).filter(({ from }) => from < asOfDay);
  if (covers.length === 0) return { bands: [], notComputable: noCover };
  if (covers.some(({ incurredLossMinor }) => incurredLossMinor === null)) return { bands: [], notComputable: noLosses };
  const results = bands.map(({ band, from }, index): BandResult => {
    const below = index === 0 ? Infinity : bands[index - 1]!.from;
    const policies = covers.filter(({ score }) => score >= from && score < below);
    const { value, interval } = lossRatio(policies.map((one) => ({ earnedPremium: earned(one, asOfDay), incurredLoss: one.incurredLossMinor! })));
    return { band, policies: policies.length, value, interval };
  });
  return { bands: results, notComputable: null };
}

const earned = ({ from, to, premiumMinor }: CoverResult, asOfDay: string): number =>
  premiumMinor * Math.min(1, daysBetween(from, asOfDay < to ? asOfDay : to) / Math.max(1, daysBetween(from, to)));

const notRecorded: Readonly<Record<string, Text>> = {
  'claims-severity': {
    zh: '没有逐案的已结赔案记录：最多只有每张保单的赔案数与赔款合计，不知道哪些已结案。没有记录不等于没有赔款。',
    en: 'No single closed claims are on record: at most a count and a sum for each policy, and not which are closed. No record is not no loss.',
  },
  'dwell-time': {
    zh: '没有记录入侵发生与被发现的日期，驻留时间无法计算。',
    en: 'The days on which intruders got in and were found are not recorded, so there is no dwell time.',
  },
  'cost-of-risk': {
    zh: '没有带凭证的安全投入与自留损失记录，三项之和缺两项，不能只拿保费代替。',
    en: 'Security spend with evidence and retained losses are not on record: two of three parts are missing, and premium alone does not stand for the sum.',
  },
  'provider-control-coverage': { zh: '没有记录服务方投保后的控制措施。', en: 'The controls of the provider after cover began are not recorded.' },
  'premium-saved': {
    zh: '还没有重新定价：投保后尚未按新的评估重新计算保费，没有可比的前后保费。',
    en: 'There is no re-rating yet: no premium was computed anew after cover began, so there is nothing to compare.',
  },
};

const noSpend: Text = { zh: '没有带凭证的安全投入记录。', en: 'No security spend with evidence is on record.' };

/** Why the records say nothing on a metric that no design and no share can carry. */
export function silentMetrics(metrics: ReadonlyMap<string, Metric>): StudyResult['silent'] {
  return [...metrics.values()]
    .filter(({ id }) => designsFor(id).length === 0 && !(id in reads) && id !== 'loss-ratio-by-band')
    .map((metric) => ({
      metric: metric.id,
      title: metric.title,
      because: notRecorded[metric.id] ?? noSpend,
    }));
}
