/** What became of a subsidised premium whose policy ended early; minor units. */
interface EndedPremium {
  readonly premiumMinor: number;
  /** Premium that the insurer returns. */
  readonly returnedMinor: number;
  readonly subsidyMinor: number;
  /** What of the subsidy goes back to the authority. */
  readonly backMinor: number;
}

/** What the firm bears in the end: the premium that the insurer keeps, less what the authority still pays of it. Below zero: the firm gains. Minor units. */
export const borneByFirm = ({ premiumMinor, returnedMinor, subsidyMinor, backMinor }: EndedPremium): number =>
  premiumMinor - returnedMinor - (subsidyMinor - backMinor);
