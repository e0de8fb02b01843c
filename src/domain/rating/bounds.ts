/** Filed bounds of a factor. */
export interface Bounds {
  readonly least: number;
  readonly most: number;
}

/** x, or the bound that it passes. In plain numbers, for loops: `Bounds` are of many shapes, and a compiled loop would make an object of them for each call. */
export const between = (least: number, x: number, most: number): number => (x < least ? least : x > most ? most : x);

/** x, or the bound that it passes. */
export const within = (x: number, { least, most }: Bounds): number => between(least, x, most);
