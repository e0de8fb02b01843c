import { interruptedSeries, type Coefficient } from '../methods/interrupted-series.ts';
import type { Estimate, StudyReport } from '../model.ts';
import { caveat, caveatsWhere } from '../words/caveats.ts';
import { evidenceOf } from '../words/evidence.ts';
import { seriesSentence } from '../words/series.ts';
import { usualSettings, type StudySettings } from './study.ts';

/** One value per period, and the index of the first period after the interruption. */
export interface Series {
  readonly values: readonly number[];
  readonly interruption: number;
}

/** One series before and after an interruption, without control group: speaks of change only. Never refuses; says when nothing can be estimated. */
export function studySeries(series: Series, { level, subject }: StudySettings = usualSettings): StudyReport {
  const found = interruptedSeries(series, level);
  return {
    design: 'interrupted',
    n: series.values.length,
    estimates:
      found === null ? [] : [estimateOf('slope-before', found.slopeBefore), estimateOf('level-change', found.level), estimateOf('slope-change', found.slope)],
    tests:
      found === null
        ? []
        : [
            { name: 'level-change', statistic: null, p: found.level.p, method: 'segmented regression, t' },
            { name: 'slope-change', statistic: null, p: found.slope.p, method: 'segmented regression, t' },
            { name: 'autocorrelation', statistic: found.autocorrelation, p: found.autocorrelationP, method: 'Ljung-Box, lag 1' },
          ],
    dropped: [],
    words: seriesSentence({ subject, found, evidence: evidenceOf({ p: found?.level.p ?? null, power: null }) }),
    caveats: [
      caveat('no-control-group'),
      caveat('periods-independent'),
      ...caveatsWhere([
        [found === null, 'few-periods'],
        [found !== null && found.autocorrelationP <= 0.05, 'autocorrelated'],
      ]),
    ],
  };
}

const estimateOf = (name: string, { value, interval }: Coefficient): Estimate => ({ name, value, interval });
