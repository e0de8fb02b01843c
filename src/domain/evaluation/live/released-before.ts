import { fewestFirms } from '../cohort/release.ts';
import { groupedBy, type RawRow } from '../designs/rows.ts';
import type { Design } from '../model.ts';
import { tableFromCsv } from './csv.ts';
import { implies } from './readings.ts';
import type { StudyFinding, StudyResult } from './result.ts';

/** A run with the tables that its findings were computed from, as they were frozen. */
export interface FrozenFindings {
  readonly result: Pick<StudyResult, 'design' | 'findings'>;
  readonly data: readonly (string | null)[];
}

/** Firms, too few of them, of whom a summary would tell together with released ones. */
export interface TooClose {
  /** Findings of the new summary that tell of them. */
  readonly findings: readonly StudyFinding[];
  readonly firms: number;
  /** Places in the list of released summaries of those that tell of them together with the new one; empty where the new one does so by itself. */
  readonly released: readonly number[];
}

/** What a table says of one firm, by the look that it says it of. */
type Values = Readonly<Record<string, string>>;

/** The firms that the numbers of a finding were taken over, each with its group. */
interface Crowd {
  readonly finding: StudyFinding;
  readonly firms: ReadonlyMap<string, { readonly group: string; readonly values: Values }>;
}

type Told = Omit<TooClose, 'released'>;

/**
 * Whether a summary, together with those released before, would tell of 1 to k − 1 firms; null when it does not.
 *
 * Every released number is a total over a group of firms, or follows from such totals. The groups of all summaries, and for each pair of totals of one metric the firms of
 * which the two know different values, cut the firms into cells, as in a Venn diagram. Whatever is computed as a combination of the totals of a metric gives the same weight
 * to all firms of a cell, because they stand in exactly the same totals with the same values. So when every cell holds no firm or at least k, no combination tells of fewer
 * than k firms, however many summaries it takes. The cells are cut by the summaries of all metrics, since the firms that two groups have not in common are few or many
 * whatever is said of them. Cells that earlier summaries left small, and of which the new one says nothing, do not count against it.
 *
 * A metric that contains another (`implies`) tells over the same firms how many have the one without the other; that must not be 1 to k − 1 firms either. Firms are the same
 * when their pseudonyms are. A mean per quarter counts as one total over all firms that stand in any of the quarters, since the quarters are not told one by one.
 */
export function tooCloseTo(released: readonly FrozenFindings[], now: FrozenFindings, k = fewestFirms): TooClose | null {
  const before = released.map(crowdsOf);
  const own = crowdsOf(now);
  const told = (some: readonly number[]): Told | null => {
    const earlier = some.flatMap((at) => before[at]!);
    return fewInCell(earlier, own, k) ?? fewBetween(earlier, own, k);
  };
  let guilty = released.map((_, at) => at);
  let found = told(guilty);
  if (found === null) return null;
  // Summaries without which the firms are told of all the same are not named.
  for (const at of [...guilty]) {
    const others = guilty.filter((one) => one !== at);
    const still = told(others);
    if (still !== null) [guilty, found] = [others, still];
  }
  return { ...found, released: guilty };
}

/** Whether every table of a run says which firms it is about; a series of an earlier engine held the mean of each quarter only. */
export const namesFirms = ({ data }: Pick<FrozenFindings, 'data'>): boolean => data.every((csv) => csv === null || tableFromCsv(csv).columns.includes('unit'));

/** A cell of too few firms that the new groups make, or of which they say anything. */
function fewInCell(earlier: readonly Crowd[], own: readonly Crowd[], k: number): Told | null {
  const firms = [...new Set([...earlier, ...own].flatMap((crowd) => [...crowd.firms.keys()]))];
  const all = [...earlier, ...own];
  const marks = firms.map((firm) => ({ firm, was: cellOf(firm, earlier), is: cellOf(firm, all) }));
  const were = groupedBy(marks, ({ was }) => was);
  for (const cell of groupedBy(marks, ({ is }) => is).values()) {
    const [{ firm, was }] = cell as [(typeof marks)[number]];
    const telling = own.filter((crowd) => crowd.firms.has(firm));
    if (cell.length >= k || (telling.length === 0 && were.get(was)!.length === cell.length)) continue;
    return { firms: cell.length, findings: (telling.length > 0 ? telling : own).map(({ finding }) => finding) };
  }
  return null;
}

/** The cell of a firm: its group in each crowd, and for each value the first crowd of that metric that knows the same, so that firms of a cell stand together and change together. */
const cellOf = (firm: string, crowds: readonly Crowd[]): string =>
  crowds
    .map(({ finding: { metric }, firms }) => {
      const place = firms.get(firm);
      if (place === undefined) return '';
      const ranks = Object.entries(place.values).map(([look, value]) =>
        crowds.findIndex((other) => other.finding.metric === metric && other.firms.get(firm)?.values[look] === value),
      );
      return `${place.group} ${ranks.join(' ')}`;
    })
    .join('|');

/** Few firms that have one metric without another that contains it: the difference of two counts over the same firms. */
function fewBetween(earlier: readonly Crowd[], own: readonly Crowd[], k: number): Told | null {
  for (const crowd of own)
    for (const other of [...earlier, ...own]) {
      const [one, two] = [crowd.finding.metric, other.finding.metric];
      if (!implies(one, two) && !implies(two, one)) continue;
      const firms = countsOver(crowd).flatMap((ours) => countsOver(other).flatMap((theirs) => firmsBetween(ours, theirs)));
      const few = firms.find((count) => count > 0 && count < k);
      if (few !== undefined) return { firms: few, findings: [crowd.finding] };
    }
  return null;
}

/** Firms, and how many of them have what the metric asks for at each look. */
interface Counted {
  readonly firms: ReadonlySet<string>;
  readonly yes: Readonly<Record<string, number>>;
}

/** What a finding counts over each of its groups, and over all of them together. */
function countsOver({ firms }: Crowd): Counted[] {
  const all = [...firms].map(([firm, place]) => ({ firm, ...place }));
  const groups = [...groupedBy(all, ({ group }) => group).values()];
  return [...groups, ...(groups.length > 1 ? [all] : [])].map((own) => {
    const looks = Object.keys(own[0]!.values);
    const yes = looks.map((look) => [look, own.filter(({ values }) => values[look] === '1').length] as const);
    return { firms: new Set(own.map(({ firm }) => firm)), yes: Object.fromEntries(yes) };
  });
}

function firmsBetween(a: Counted, b: Counted): number[] {
  if (a.firms.size !== b.firms.size || [...a.firms].some((firm) => !b.firms.has(firm))) return [];
  return Object.entries(a.yes).flatMap(([look, yes]) => (b.yes[look] === undefined ? [] : [Math.abs(yes - b.yes[look])]));
}

function crowdsOf({ result: { design, findings }, data }: FrozenFindings): Crowd[] {
  return findings.flatMap((finding, at) => {
    const csv = data[at] ?? null;
    return csv === null || finding.report === null ? [] : [{ finding, firms: firmsIn(design, tableFromCsv(csv).rows) }];
  });
}

/** The firms that a table of this design says enough of to be counted. */
function firmsIn(design: Design, rows: readonly RawRow[]): Crowd['firms'] {
  const byFirm = groupedBy(rows, ({ cells }) => (design === 'survival' ? (cells['cluster'] ?? cells['unit']!.replace(/\/\d+$/, '')) : cells['unit']!));
  const counted = [...byFirm].filter(([, own]) => (design === 'interrupted' ? own.some(isWhole) : own.every(isWhole)));
  return new Map(counted.map(([firm, own]) => [firm, { group: groupOf(own[0]!), values: valuesIn(design, own) }]));
}

const isWhole = ({ cells }: RawRow): boolean => ['value', 'before', 'after', 'time'].every((column) => cells[column] !== '');

/** The group of a firm; in staggered starts whether it was under cover from the first quarter on, began later, or never did. */
function groupOf({ cells: { group, start } }: RawRow): string {
  if (start === undefined) return group ?? '';
  return start === '' ? 'never' : Number(start) <= 0 ? 'always' : 'started';
}

/** Values before and after are told as two means; those of paths and times to repair only together. */
function valuesIn(design: Design, own: readonly RawRow[]): Values {
  const said = (...columns: string[]): string => own.map(({ cells }) => columns.map((column) => cells[column] ?? '').join(' ')).join(', ');
  const at = (period: string): string => own.find(({ cells }) => cells['period'] === period)?.cells['value'] ?? '';
  if (design === 'paired') return { before: said('before'), after: said('after') };
  if (design === 'did') return { before: at('0'), after: at('1') };
  if (design === 'groups') return { after: own[0]!.cells['exposure'] === undefined ? said('value') : said('value', 'exposure') };
  return { path: said('period', 'value', 'time', 'event') };
}
