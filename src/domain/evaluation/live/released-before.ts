import { fewestFirms } from '../cohort/release.ts';
import { groupedBy } from '../designs/rows.ts';
import { tableFromCsv } from './csv.ts';
import type { StudyFinding, StudyResult } from './result.ts';

/** A run with the tables that its findings were computed from, as they were frozen. */
export interface FrozenFindings {
  readonly result: Pick<StudyResult, 'design' | 'findings'>;
  readonly data: readonly (string | null)[];
}

/** Two sums of one metric, one of them released before, that differ by so few firms that their difference tells of these. */
export interface TooClose {
  readonly finding: StudyFinding;
  readonly firms: number;
}

/** Firms that a released number was taken over, and what the table says of each. Sums of one shape can be taken from each other value by value. */
interface Crowd {
  readonly shape: string;
  readonly said: ReadonlyMap<string, string>;
}

/**
 * Whether a release would differ from an earlier one, on the same metric, by 1 to k − 1 firms: firms that only one of them holds, or that say something else in each. Then
 * the difference of two means times their denominators would be those firms' own values. Every group counts, and the groups of a finding together. Series of means by
 * quarter name no firms and are not compared.
 */
export function tooCloseTo(earlier: FrozenFindings, now: FrozenFindings, k = fewestFirms): TooClose | null {
  const before = earlier.result.findings.map((finding, at) => ({ metric: finding.metric, crowds: crowdsOf(earlier, at) }));
  for (const [at, finding] of now.result.findings.entries()) {
    const others = before.filter(({ metric }) => metric === finding.metric).flatMap(({ crowds }) => crowds);
    for (const crowd of crowdsOf(now, at))
      for (const other of others) {
        const firms = firmsBetween(crowd, other);
        if (firms > 0 && firms < k) return { finding, firms };
      }
  }
  return null;
}

function firmsBetween(a: Crowd, b: Crowd): number {
  const differs = (firm: string): boolean => !b.said.has(firm) || (a.shape === b.shape && a.said.get(firm) !== b.said.get(firm));
  return [...a.said.keys()].filter(differs).length + [...b.said.keys()].filter((firm) => !a.said.has(firm)).length;
}

/** Columns that say who and when, not what. */
const placing = new Set(['unit', 'group', 'period', 'start']);

function crowdsOf({ result: { design, findings }, data }: FrozenFindings, at: number): Crowd[] {
  const csv = data[at] ?? null;
  if (csv === null || findings[at]?.report === null || design === 'interrupted') return [];
  const { columns, rows } = tableFromCsv(csv);
  // Before and after stand in two columns of one table and in two rows of the other.
  const shape = design === 'did' ? 'paired' : design;
  const values = columns.filter((column) => !placing.has(column));
  const firms = [...groupedBy(rows, ({ cells }) => cells['unit']!.replace(/\/\d+$/, ''))]
    .filter(([, own]) => own.every(({ cells }) => values.every((column) => cells[column] !== '')))
    .map(([firm, own]) => ({
      firm,
      group: own[0]!.cells['group'] ?? String(own[0]!.cells['start'] !== ''),
      said: own.flatMap(({ cells }) => values.map((column) => cells[column])).join(' '),
    }));
  const groups = [...groupedBy(firms, ({ group }) => group).values()];
  return [...groups, ...(groups.length > 1 ? [firms] : [])].map((own) => ({ shape, said: new Map(own.map(({ firm, said }) => [firm, said])) }));
}
