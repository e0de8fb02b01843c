import type { Text } from '../../basics/index.ts';
import type { Metric } from '../metric.ts';

/** What a study speaks about: a metric of the catalogue, or an unnamed indicator of somebody's file. */
export type Subject = Pick<Metric, 'title' | 'unit' | 'direction' | 'forcedByGate'> & { readonly relevantChange: Metric['relevantChange'] | null };

/** An indicator of which only the numbers are known. */
export const unnamedSubject: Subject = { title: { zh: '该指标', en: 'The indicator' }, unit: 'count', direction: 'neither', forcedByGate: false, relevantChange: null };

const units: Record<Metric['unit'], Text> = {
  share: { zh: '', en: '' },
  days: { zh: ' 天', en: ' days' },
  points: { zh: ' 分', en: ' points' },
  'per-firm-year': { zh: ' 次/企业年', en: ' per firm-year' },
  money: { zh: ' 元', en: ' CNY' },
  ratio: { zh: '', en: '' },
  count: { zh: '', en: '' },
};

/** The unit as it follows a number, with its leading space; empty where a number has none. */
export const unitOf = (subject: Subject): Text => units[subject.unit];
