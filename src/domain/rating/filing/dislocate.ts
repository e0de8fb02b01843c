import { minorPerMajor, roundMinor } from '../../basics/index.ts';
import { hasTables, premiumTotal } from '../price.ts';
import type { Tariff } from '../risk.ts';
import { severityText } from '../tables/factor-tables.ts';
import { layOutBook, rerateBook } from '../tables/rerate.ts';
import type { BookedFirm } from './invented-book.ts';

/** One policy under both ratebooks; premium before VAT, minor units. */
export interface Moved {
  readonly id: string;
  readonly industry: string;
  readonly package: string;
  readonly beforeMinor: number;
  readonly afterMinor: number;
  /** after/before − 1. */
  readonly change: number;
  readonly size: string;
  /** The minimum premium was charged before, after. */
  readonly minimum: { readonly before: boolean; readonly after: boolean };
}

/** A slice of the book: its premium before and after. */
export interface MovedSlice {
  readonly slice: string;
  readonly policies: number;
  readonly beforeMinor: number;
  readonly afterMinor: number;
  readonly change: number;
}

/** What a new ratebook does to a book. INVARIANT: the slices of each kind and the bands hold every policy once. */
export interface Dislocation {
  readonly policies: number;
  readonly beforeMinor: number;
  readonly afterMinor: number;
  readonly change: number;
  /** Policies by how far they move; the bands are closed below. */
  readonly bands: readonly { readonly from: number | null; readonly to: number | null; readonly policies: number }[];
  /** Quantiles of the policies' changes: 5, 25, 50, 75 and 95 %. */
  readonly quantiles: readonly { readonly share: number; readonly change: number }[];
  readonly byIndustry: readonly MovedSlice[];
  readonly byPackage: readonly MovedSlice[];
  readonly bySize: readonly MovedSlice[];
  /** The twenty whose premium rises most. */
  readonly worst: readonly Moved[];
  /** Who comes onto the minimum premium, leaves it, and stays on it. */
  readonly minimum: { readonly onto: number; readonly off: number; readonly stay: number };
}

const bandEdges = [-0.3, -0.2, -0.1, -0.05, -0.005, 0.005, 0.05, 0.1, 0.2, 0.3];
const shares = [0.05, 0.25, 0.5, 0.75, 0.95];
const worstShown = 20;

/** Prices a book under two tariffs and shows who moves how far. The book must not be empty. */
export const dislocate = (book: readonly BookedFirm[], before: Tariff, after: Tariff): Dislocation => sumUpMoves(movePolicies(book, { before, after }));

/** What was moved, one policy at a time, as a whole: so that a large book can be worked through in steps. Must not be empty. */
export function sumUpMoves(moved: readonly Moved[]): Dislocation {
  const changes = moved.map(({ change }) => change).sort((a, b) => a - b);
  const { policies: _, slice: __, ...whole } = sumUp('book', moved);
  const crossing = (before: boolean, after: boolean): number => moved.filter(({ minimum }) => minimum.before === before && minimum.after === after).length;
  return {
    policies: moved.length,
    ...whole,
    bands: bandsOf(changes),
    quantiles: shares.map((share) => ({ share, change: changes[Math.min(changes.length - 1, Math.floor(share * changes.length))]! })),
    byIndustry: slicesOf(moved, ({ industry }) => industry),
    byPackage: slicesOf(moved, (one) => one.package),
    bySize: slicesOf(moved, ({ size }) => size),
    worst: moved.toSorted((a, b) => b.change - a.change || (a.id < b.id ? -1 : 1)).slice(0, worstShown),
    minimum: { onto: crossing(false, true), off: crossing(true, false), stay: crossing(true, true) },
  };
}

interface Tariffs {
  readonly before: Tariff;
  readonly after: Tariff;
}

/** Each policy of a book under both tariffs. Throws the Refusals of `premiumTotal` for the first that cannot be priced. */
export function movePolicies(book: readonly BookedFirm[], tariffs: Tariffs): Moved[] {
  const [before, after] = premiumsUnder(book, tariffs);
  return book.map((booked, i) => movedBy(booked, before[i]!, after[i]!, tariffs));
}

/** By columns where the tariffs have filed tables, laid out once when they share their severities. */
function premiumsUnder(book: readonly BookedFirm[], { before, after }: Tariffs): readonly [Premiums, Premiums] {
  const alone = (tariff: Tariff): Premiums => book.map((booked) => premiumTotal(booked, tariff).exVat);
  if (!hasTables(before) || !hasTables(after)) return [alone(before), alone(after)];
  const layOut = (tariff: Tariff) => layOutBook(book.length, (i) => book[i]!, tariff);
  const columns = layOut(before);
  const shared = columns.severity === severityText(after.ratebook);
  return [rerateBook(columns, before), rerateBook(shared ? columns : layOut(after), after)];
}
type Premiums = ArrayLike<number>;

function movedBy(booked: BookedFirm, beforeMinor: number, afterMinor: number, { before, after }: Tariffs): Moved {
  return {
    id: booked.id,
    industry: booked.firm.industry,
    package: booked.package,
    beforeMinor,
    afterMinor,
    change: afterMinor / beforeMinor - 1,
    size: sizeOf(booked),
    minimum: { before: beforeMinor === minimumOf(before), after: afterMinor === minimumOf(after) },
  };
}

function minimumOf({ ratebook: { file, number } }: Tariff): number {
  return roundMinor(number(file.expenses.minimum) * minorPerMajor(file.currency), file.rounding.premium);
}

/** Size classes of the national statistics, roughly, by revenue. */
function sizeOf({ firm }: BookedFirm): string {
  const yuan = firm.annualRevenue.minor / 100;
  if (yuan < 3_000_000) return 'micro';
  if (yuan < 20_000_000) return 'small';
  return yuan < 400_000_000 ? 'medium' : 'large';
}

function sumUp(slice: string, moved: readonly Moved[]): MovedSlice {
  const beforeMinor = moved.reduce((sum, one) => sum + one.beforeMinor, 0);
  const afterMinor = moved.reduce((sum, one) => sum + one.afterMinor, 0);
  return { slice, policies: moved.length, beforeMinor, afterMinor, change: afterMinor / beforeMinor - 1 };
}

function slicesOf<M extends Moved>(moved: readonly M[], nameOf: (one: M) => string): MovedSlice[] {
  const names = [...new Set(moved.map(nameOf))].sort();
  return names.map((name) =>
    sumUp(
      name,
      moved.filter((one) => nameOf(one) === name),
    ),
  );
}

function bandsOf(changes: readonly number[]): Dislocation['bands'] {
  const edges = [null, ...bandEdges, null];
  return edges.slice(1).map((to, i) => {
    const from = edges[i]!;
    return { from, to, policies: changes.filter((change) => (from === null || change >= from) && (to === null || change < to)).length };
  });
}
