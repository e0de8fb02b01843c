import type { Text } from '../../basics/index.ts';
import type { Metric } from '../metric.ts';

/** What a study speaks about: a metric of the catalogue, or an unnamed indicator of somebody's file. */
export type Subject = Pick<Metric, 'title' | 'unit' | 'direction' | 'forcedByGate'> & { readonly relevantChange: Metric['relevantChange'] | null };

/** An indicator of which only the numbers are known. */
export const unnamedSubject: Subject = {
  title: { zh: '该指标', en: 'The indicator' },
  unit: 'count',
  direction: 'neither',
  forcedByGate: false,
  relevantChange: null,
};

const units: Record<Metric['unit'], Text> = {
  share: { zh: '', en: '' },
  days: { zh: ' 天', en: ' days' },
  points: { zh: ' 分', en: ' points' },
  'per-firm-year': { zh: ' 次/企业年', en: ' per firm-year' },
  money: { zh: ' 元', en: ' CNY' },
  ratio: { zh: '', en: '' },
  count: { zh: '', en: '' },
};

/** Which way a change of this sign points, e.g. “，方向为改善”; nothing for zero or for a metric that has no better side. */
export function towards({ direction }: Subject, change: number): Text {
  if (direction === 'neither' || change === 0) return { zh: '', en: '' };
  return change > 0 === (direction === 'higher-is-better') ? { zh: '，方向为改善', en: ', for the better' } : { zh: '，方向为变差', en: ', for the worse' };
}

/** The unit as it follows a number, with its leading space; empty where a number has none. */
export const unitOf = (subject: Subject): Text => units[subject.unit];
