/** Filed bounds of a factor. */
export interface Bounds {
  readonly least: number;
  readonly most: number;
}

/** x, or the bound that it passes. */
export const within = (x: number, { least, most }: Bounds): number => (x < least ? least : x > most ? most : x);
