import type { Text } from '../../basics/index.ts';
import type { Estimate, StudyReport } from '../model.ts';
import { labelOf } from '../words/labels.ts';
import { countText, intervalText, pText, plain, smallSample } from '../words/numbers.ts';
import { groupLabel } from './compare.ts';

/** One number of a study as people read it. */
export interface NumberLine {
  readonly label: Text;
  readonly value: string;
  readonly interval: Text;
  readonly method: string;
}

/** The estimates of a report as lines, then its tests; names of groups in the reader's language, no percentage for fewer than 20 units. */
export const numberLines = ({ estimates, tests, n }: Pick<StudyReport, 'estimates' | 'tests' | 'n'>): NumberLine[] => [
  ...estimates.map((one) => estimateLine(one, n)),
  ...tests.map(({ name, p, method }) => ({ label: named(name), value: pText(p), interval: noInterval, method })),
];

const noInterval: Text = { zh: '—', en: '—' };

function estimateLine({ name, value, counts, interval }: Estimate, n: number): NumberLine {
  const shown = counts === undefined ? (value === null ? '—' : plain(value)) : countText(counts);
  const small = (counts?.of ?? n) < smallSample;
  return { label: named(name), value: shown, interval: intervalText(interval, plain, small), method: interval?.method ?? '' };
}

/** Difference in differences names its groups 0 and 1, as its table does. */
const comparedGroups: Readonly<Record<string, Text>> = {
  'mean-change[0]': { zh: '对照组的平均变化', en: 'mean change of the control group' },
  'mean-change[1]': { zh: '投保组的平均变化', en: 'mean change of the insured group' },
};

/** “median time · insured” with the group in both languages. */
function named(name: string): Text {
  const compared = comparedGroups[name];
  if (compared !== undefined) return compared;
  const label = labelOf(name);
  return { zh: groupLabel(label.zh).zh, en: label.en };
}
