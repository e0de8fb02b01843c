import { decodeText, readingLimits, unreadable, type CsvRow } from '../../readers/index.ts';
import { notFeed, readCsvFeed } from './csv-feed.ts';

/** One kind of weakness of MITRE's catalogue: its number, English name, how general it is, and the more general ones it belongs to (view 1000). */
export interface Weakness {
  readonly cwe: number;
  readonly name: string;
  /** `Pillar`, `Class`, `Base`, `Variant` or `Compound`, as the catalogue writes it. */
  readonly abstraction: string;
  readonly parents: readonly number[];
}

/** The catalogue by number. It states neither its version nor its date in CSV. */
export type WeaknessCatalogue = ReadonlyMap<number, Weakness>;

/** Column names of MITRE's own export first, then of extracts of it. */
const columns = {
  cwe: ['CWE-ID', 'cwe_id'],
  name: ['Name', 'name'],
  abstraction: ['Weakness Abstraction', 'abstraction'],
  parents: ['Related Weaknesses', 'parents_view1000'],
} as const;

/**
 * Reads the research view of MITRE's Common Weakness Enumeration as CSV. Throws a `Refusal` when anything in it cannot be read or it is cut in the middle of a line: then nothing
 * of it is used. Source: https://cwe.mitre.org/data/downloads.html (`1000.csv.zip`, unpacked)
 */
export function readWeaknesses(chunks: Iterable<Uint8Array>): WeaknessCatalogue {
  const found = new Map<number, Weakness>();
  readCsvFeed(decodeText(chunks, readingLimits), what, { onHeader: requireColumns, onRow: (row) => addWeakness(found, row) });
  if (found.size === 0) throw unreadable('feed-empty', `${what} has no entries`, null);
  return found;
}

const what = 'the catalogue of weaknesses';

function requireColumns(names: readonly string[]): void {
  if (!Object.values(columns).every((wanted) => wanted.some((name) => names.includes(name)))) throw notFeed(what, 'row 1');
}

function addWeakness(found: Map<number, Weakness>, row: CsvRow): void {
  const id = row.cell(...columns.cwe);
  const name = row.cell(...columns.name);
  if (!/^\d{1,5}$/.test(id) || name === '') throw unreadable('feed-entry-unreadable', `\`${id.slice(0, 40)}\` is no weakness with a name`, `row ${row.number}`);
  const cwe = Number(id);
  if (found.has(cwe)) throw unreadable('feed-entry-repeated', `CWE-${cwe} is listed twice`, `row ${row.number}`);
  found.set(cwe, {
    cwe,
    name: name.slice(0, 300),
    abstraction: row.cell(...columns.abstraction).slice(0, 40),
    parents: parentsIn(row.cell(...columns.parents)),
  });
}

/** MITRE writes `::NATURE:ChildOf:CWE ID:707:VIEW ID:1000:ORDINAL:Primary::…`, extracts of it numbers. */
function parentsIn(cell: string): number[] {
  const written = cell.includes('::')
    ? [...cell.matchAll(/NATURE:ChildOf:CWE ID:(\d+):VIEW ID:1000\b/g)].map((match) => match[1]!)
    : (cell.match(/\d+/g) ?? []);
  return [...new Set(written.map(Number))];
}

/** From a weakness to the most general one above it, by the first parent of each; empty for a number that the catalogue does not have. */
export function classPath(catalogue: WeaknessCatalogue, cwe: number): readonly Weakness[] {
  const path: Weakness[] = [];
  for (let at = catalogue.get(cwe); at !== undefined && !path.includes(at); at = catalogue.get(at.parents[0] ?? Number.NaN)) path.push(at);
  return path;
}
