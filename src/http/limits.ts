/** The documented limits of the HTTP door. Over one of them a request is refused with the limit's code; nothing is half-done. */
export interface Limits {
  readonly bodyBytes: number;
  readonly uploadBytes: number;
  /** Requests a minute of one organisation. */
  readonly perOrganisation: number;
  /** Requests a minute of one network address that nobody has signed in from. */
  readonly perAddress: number;
  /** Attempts to sign in a minute from one network address, over all accounts. */
  readonly signInsPerAddress: number;
}

export const defaultLimits: Limits = {
  bodyBytes: 1024 * 1024,
  uploadBytes: 50 * 1024 * 1024,
  perOrganisation: 6000,
  perAddress: 600,
  signInsPerAddress: 20,
};

/** A whole request must have arrived after this, headers much earlier. */
export const requestTimeoutMs = 120_000;
export const headersTimeoutMs = 15_000;
