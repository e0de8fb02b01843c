/**
 * A filed table of one factor by one level (revenue, loss, load): values at levels that divide each doubling into equal steps, a straight line between neighbours,
 * through the origin before the first level and flat after the last. On such lines a rising table rises everywhere and one that flattens flattens everywhere, so the laws of the
 * tariff hold between the printed rows as they do on them. The row is found from the bits of the number, without a logarithm and without a search.
 */
export interface LevelTable {
  /** Rows of the table as printed: level and value. */
  readonly rows: readonly { readonly level: number; readonly value: number }[];
  /** Exponent and leading fraction bits of the first level: cell 0 lies below it. */
  readonly first: number;
  readonly shift: number;
  readonly cells: number;
  /** Intercept and slope of each cell, in turn. */
  readonly lines: Float64Array;
}

const bits = new Float64Array(1);
const words = new Int32Array(bits.buffer);
const highWord = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1 ? 1 : 0;
const exponentBits = 20;

/** Where the rows of a table lie: from one power of two to another, both exponents of 2. `stepsPerDoubling` is a power of two. */
export interface Levels {
  readonly from: number;
  readonly to: number;
  readonly stepsPerDoubling: number;
}

/** Levels of a table, rising. */
export function levelsOf({ from, to, stepsPerDoubling }: Levels): number[] {
  const steps = Math.round((to - from) * stepsPerDoubling);
  return Array.from({ length: steps + 1 }, (_, i) => 2 ** (from + Math.floor(i / stepsPerDoubling)) * (1 + (i % stepsPerDoubling) / stepsPerDoubling));
}

/** A table of the values at its levels. */
export function levelTable(levels: Levels, values: readonly number[]): LevelTable {
  const rows = levelsOf(levels).map((level, i) => ({ level, value: values[i]! }));
  const lines = new Float64Array(2 * (rows.length + 1));
  const draw = (cell: number, slope: number, through: LevelTable['rows'][number]): void => {
    lines[2 * cell] = through.value - slope * through.level;
    lines[2 * cell + 1] = slope;
  };
  draw(0, rows[0]!.value / rows[0]!.level, { level: 0, value: 0 });
  rows.slice(1).forEach((row, i) => draw(i + 1, (row.value - rows[i]!.value) / (row.level - rows[i]!.level), row));
  draw(rows.length, 0, rows.at(-1)!);
  const shift = exponentBits - Math.log2(levels.stepsPerDoubling);
  return { rows, first: cellOf(rows[0]!.level, shift) - 1, shift, cells: rows.length + 1, lines };
}

/** A table of a function at its levels. */
export const tabulate = (levels: Levels, of: (level: number) => number): LevelTable => levelTable(levels, levelsOf(levels).map(of));

function cellOf(level: number, shift: number): number {
  bits[0] = level;
  return words[highWord]! >> shift;
}

/** The table's value at a level of 0 or more. */
export function valueAt({ first, shift, cells, lines }: LevelTable, level: number): number {
  bits[0] = level;
  let cell = (words[highWord]! >> shift) - first;
  if (cell < 0) cell = 0;
  else if (cell >= cells) cell = cells - 1;
  return lines[2 * cell]! + lines[2 * cell + 1]! * level;
}

/** The least concave values that lie nowhere below the given ones. */
export function concaveAbove(levels: readonly number[], values: readonly number[]): number[] {
  const hull: number[] = [];
  const slope = (a: number, b: number): number => (values[b]! - values[a]!) / (levels[b]! - levels[a]!);
  for (let i = 0; i < levels.length; i += 1) {
    while (hull.length > 1 && slope(hull.at(-2)!, hull.at(-1)!) <= slope(hull.at(-1)!, i)) hull.pop();
    hull.push(i);
  }
  let right = 1;
  return levels.map((level, i) => {
    while (right + 1 < hull.length && hull[right]! < i) right += 1;
    const [a, b] = [hull[Math.min(right, hull.length - 1) - 1] ?? hull[0]!, hull[Math.min(right, hull.length - 1)]!];
    return a === b ? values[i]! : values[a]! + slope(a, b) * (level - levels[a]!);
  });
}
