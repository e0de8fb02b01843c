/** A cell of a summary for the public: how many firms stand behind it. */
export interface PublicCell {
  readonly name: string;
  readonly firms: number;
}

/** Whether a summary may leave the house as it is, and which cells forbid it. */
export interface ReleaseCheck {
  readonly publishable: boolean;
  readonly tooSmall: readonly string[];
}

/** Fewest firms behind a published number. */
export const fewestFirms = 5;

/**
 * k-anonymity of a summary whose cells add up to a published total: no cell of 1 to k − 1 firms, and no single hidden cell that the total would give away.
 * Source: L. Sweeney, Int. J. Uncertainty, Fuzziness and Knowledge-Based Systems 10 (2002); complementary suppression: Willenborg and de Waal (2001).
 */
export function checkRelease(cells: readonly PublicCell[], k = fewestFirms): ReleaseCheck {
  const tooSmall = cells.filter(({ firms }) => firms > 0 && firms < k).map(({ name }) => name);
  return { publishable: tooSmall.length === 0, tooSmall };
}

/** The cells that may be shown: small ones are hidden (null), and with them the next smallest until two or more are hidden that hold k firms together. */
export function hideSmallCells(cells: readonly PublicCell[], k = fewestFirms): readonly { readonly name: string; readonly firms: number | null }[] {
  const hidden = new Set(cells.filter(({ firms }) => firms > 0 && firms < k));
  const next = cells.filter((cell) => cell.firms > 0 && !hidden.has(cell)).sort((a, b) => a.firms - b.firms);
  const sum = (): number => [...hidden].reduce((total, { firms }) => total + firms, 0);
  while (hidden.size > 0 && (hidden.size < 2 || sum() < k) && next.length > 0) hidden.add(next.shift()!);
  return cells.map((cell) => ({ name: cell.name, firms: hidden.has(cell) ? null : cell.firms }));
}
