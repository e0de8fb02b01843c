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

/** The cells that may be shown: small ones are hidden (null), and when only one would be, the next smallest as well. */
export function hideSmallCells(cells: readonly PublicCell[], k = fewestFirms): readonly { readonly name: string; readonly firms: number | null }[] {
  const hidden = new Set(checkRelease(cells, k).tooSmall);
  if (hidden.size === 1) {
    const next = cells.filter(({ name, firms }) => firms > 0 && !hidden.has(name)).sort((a, b) => a.firms - b.firms)[0];
    if (next !== undefined) hidden.add(next.name);
  }
  return cells.map(({ name, firms }) => ({ name, firms: hidden.has(name) ? null : firms }));
}
