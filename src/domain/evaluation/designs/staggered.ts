import { Refusal } from '../../basics/index.ts';
import type { Panel } from '../methods/panel.ts';
import { preTrends, type PreTrends } from '../methods/pre-trends.ts';
import { dealtStartsP, staggeredEffect, type StaggeredEffect } from '../methods/staggered.ts';
import { momentsOf } from '../methods/moments.ts';
import type { Text } from '../../basics/index.ts';
import type { Subject } from '../words/subject.ts';
import type { DroppedRow, Estimate, SignificanceTest, StudyReport } from '../model.ts';
import { caveat, caveatsWhere, droppedCaveat, powerCaveat, type CaveatCode } from '../words/caveats.ts';
import { arrangementsOf, isFewClusters, type PermutationP } from '../methods/permutation.ts';
import { detectableText, evidenceOf, powerAtDistance, reachablePower } from '../words/evidence.ts';
import { plain, signed, smallSample } from '../words/numbers.ts';
import { staggeredSentence } from '../words/staggered.ts';
import { usualSettings, type StudySettings } from './study.ts';

/** Firms that start at different times, each compared with those not yet started. `dropped` are firms whose record is not whole. Values must be finite. */
export function studyStaggered(
  { panel, dropped }: { readonly panel: Panel; readonly dropped: readonly DroppedRow[] },
  settings: StudySettings = usualSettings,
): StudyReport {
  if (panel.starts.length === 0) throw new Refusal('bad-input', 'no-usable-rows', 'the panel has no firms', { rows: dropped.length });
  const found = staggeredEffect(panel, settings.level);
  const before = preTrends(found);
  const { firmsUsed, firmsStarted } = found;
  const few = isFewClusters(firmsStarted, firmsUsed - firmsStarted);
  const permutation = few ? dealtStartsP(panel, settings.seed) : null;
  const p = permutation?.p ?? found.overall?.p ?? null;
  const planned = planOf(panel, found, settings.subject);
  const plan = { ...planned, power: reachablePower(planned.power, arrangementsOf(firmsStarted, firmsUsed - firmsStarted)) };
  return {
    design: 'staggered',
    n: panel.starts.length,
    estimates: estimatesOf(found),
    tests: testsOf(found, before, permutation),
    dropped: [...dropped],
    words: staggeredSentence({
      subject: settings.subject,
      units: { all: firmsUsed, started: firmsStarted },
      p,
      overall: found.overall,
      diverged: before.verdict === 'diverging',
      evidence: evidenceOf({ p, power: plan.power }),
    }),
    caveats: [
      caveat('parallel-paths'),
      caveat(pathCaveats[before.verdict]),
      ...caveatsWhere([
        [Math.min(firmsUsed, firmsStarted) < smallSample, 'small-sample'],
        [few, 'few-firms'],
        [found.alwaysTreated > 0, 'always-treated'],
        [found.withoutControl > 0, 'without-control'],
        [found.overall !== null && found.overall.interval === null, 'single-unit'],
      ]),
      ...powerCaveat(plan.power, plan.change, detectableText(found.overall?.standardError ?? null)),
      ...droppedCaveat(dropped, panel.starts.length + dropped.length),
    ],
  };
}

/** Power against the relevant change, a relative one taken of the mean of the whole panel; without one, against half a standard deviation of its values. */
function planOf({ values }: Panel, { overall }: StaggeredEffect, { relevantChange }: Subject): { power: number | null; change: Text } {
  const { mean, variance } = momentsOf(values);
  const size =
    relevantChange === null ? Math.sqrt(variance) / 2 : relevantChange.kind === 'relative' ? Math.abs(mean) * relevantChange.size : relevantChange.size;
  const standardError = overall?.standardError ?? null;
  return {
    power: standardError === null || standardError === 0 || size === 0 ? null : powerAtDistance(size / standardError),
    change: { zh: `平均效果 ${plain(size)}`, en: `a mean effect of ${plain(size)}` },
  };
}

const pathCaveats: Record<PreTrends['verdict'], CaveatCode> = {
  diverging: 'paths-diverged',
  'parallel-not-contradicted': 'paths-not-contradicted',
  'not-testable': 'paths-not-testable',
};

function estimatesOf({ overall, byEventTime }: StaggeredEffect): Estimate[] {
  const times = byEventTime.map(({ sinceStart, difference, interval }) => ({
    name: `${sinceStart < 0 ? 'path-before' : 'effect-after'}[${signed(sinceStart)}]`,
    value: difference,
    interval,
  }));
  return [...(overall === null ? [] : [{ name: 'effect', value: overall.difference, interval: overall.interval }]), ...times];
}

function testsOf({ overall }: StaggeredEffect, { periods }: PreTrends, permutation: PermutationP | null): SignificanceTest[] {
  const main =
    overall === null || overall.p === null ? [] : [{ name: 'effect', statistic: overall.t, p: overall.p, method: 'not-yet-treated, firm-clustered t' }];
  return [
    ...main,
    ...(permutation === null ? [] : [{ name: 'effect', statistic: null, ...permutation }]),
    ...periods.map(({ sinceStart, adjustedP }) => ({ name: `path-before[${signed(sinceStart)}]`, statistic: null, p: adjustedP, method: 'event study, Holm' })),
  ];
}
