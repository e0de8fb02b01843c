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

/** The anchor that a market's published totals give. */
export function marketAnchor({ policies, premium, limit }: MarketTotals): MarketAnchor {
  return {
    rateOnLine: premium / limit,
    averagePremium: policies === null ? null : premium / policies,
    averageLimit: policies === null ? null : limit / policies,
  };
}

/** Claims that a book has gathered, and those at which its technical price counts half. */
export interface BookWeight {
  readonly expectedClaims: number;
  readonly k: number;
}

/** Weight Z = E/(E + k) of the technical price against the market's. */
export const bookCredibility = ({ expectedClaims, k }: BookWeight): number => expectedClaims / (expectedClaims + k);

/** What the blend with the market adds to the technical price, below 0 where the market is cheaper; `weight` is the market's, 1 − Z where the whole blend is charged. */
export const towardsMarket = ({ technical, anchored }: { technical: number; anchored: number }, weight: number): number => weight * (anchored - technical);

/**
 * Blend of the technical premium and the market's rate on line: P = Z·technical + (1 − Z)·anchor·limit with Z = E/(E + k), E the expected claims that the book has
 * gathered (methods §3). Both ends are shown beside it, because they answer different questions.
 */
export function marketBlend(
  { technical, limit, anchorRateOnLine }: { technical: number; limit: number; anchorRateOnLine: number },
  weight: BookWeight,
): number {
  return technical + towardsMarket({ technical, anchored: anchorRateOnLine * limit }, 1 - bookCredibility(weight));
}
