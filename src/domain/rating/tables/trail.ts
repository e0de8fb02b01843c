/** Where each number of an evaluation stands in its trail. Rates and factors as they are, money in major units, but `exVat` and `vat` in minor units. */
export const head = {
  revenue: 0,
  records: 1,
  experienceClaims: 2,
  experienceExpected: 3,
  experienceCredibility: 4,
  experience: 5,
  schedule: 6,
  segment: 7,
  /** Σ rate × mean payment, before the policy-year limit. */
  payments: 8,
  expected: 9,
  tail: 10,
  riskLoad: 11,
  catastropheShare: 12,
  catastrophe: 13,
  credibility: 14,
  uncertainty: 15,
  lossAdjustment: 16,
  variable: 17,
  profit: 18,
  technical: 19,
  anchored: 20,
  /** What the blend with the market adds; below 0 where the market is cheaper. */
  market: 21,
  minimum: 22,
  charged: 23,
  exVat: 24,
  vat: 25,
  /** Limit of each event and of the year. */
  limit: 26,
} as const;
export const headLength = 27;

/** Where the column of each number begins when the heads of many policies stand side by side: all revenues, then all records, and so on. `head` itself is that of one policy. */
export type HeadColumns = Readonly<Record<keyof typeof head, number>>;

/** The columns of this many policies. */
export const headColumns = (policies: number): HeadColumns =>
  Object.fromEntries(Object.entries(head).map(([name, at]) => [name, at * policies])) as HeadColumns;

/** The numbers of one peril, one block for each peril of the cover after the head. A base of 0 marks a peril that the firm does not have; the rest of its block says nothing. */
export const perilSlot = {
  base: 0,
  size: 1,
  exposure: 2,
  industry: 3,
  controls: 4,
  findings: 5,
  /** Security × experience × schedule inside its bounds. */
  combined: 6,
  rate: 7,
  meanLoss: 8,
  meanPaid: 9,
} as const;
const perilLength = 10;

/** Where a peril's block begins, and after the last one the shares of the mean loss below each amount of the cover's shape. */
export const perilStart = (k: number): number => headLength + k * perilLength;
