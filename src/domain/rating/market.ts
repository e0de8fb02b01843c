/** Published totals of a market: policies (null where unknown), premium and limits in major units. */
export interface MarketTotals {
  readonly policies: number | null;
  readonly premium: number;
  readonly limit: number;
}

/** Rate on line and averages of a market. */
export interface MarketAnchor {
  readonly rateOnLine: number;
  readonly averagePremium: number | null;
  readonly averageLimit: number | null;
}

export function marketAnchor({ policies, premium, limit }: MarketTotals): MarketAnchor {
  return {
    rateOnLine: premium / limit,
    averagePremium: policies === null ? null : premium / policies,
    averageLimit: policies === null ? null : limit / policies,
  };
}

/**
 * Blend of the technical premium and the market's rate on line: P = Z·technical + (1 − Z)·anchor·limit with Z = E/(E + k), E the expected claims that the book has
 * gathered (methods §3). Both ends are shown beside it, because they answer different questions.
 */
export function marketBlend(
  { technical, limit, anchorRateOnLine }: { technical: number; limit: number; anchorRateOnLine: number },
  { expectedClaims, k }: { expectedClaims: number; k: number },
): number {
  const z = expectedClaims / (expectedClaims + k);
  return z * technical + (1 - z) * anchorRateOnLine * limit;
}
