/** What a firm's own record says: `claims` in the period, and `expected` claims of the tariff for the same exposure. */
export interface LossExperience {
  readonly claims: number;
  readonly expected: number;
}

/** Credibility Z = E/(E + a) of a firm's own experience when its risk factor is Gamma(a, a) (Bühlmann 1967). */
export const experienceCredibility = ({ expected }: LossExperience, a: number): number => expected / (expected + a);

/** Posterior mean (a + N)/(a + E) of the firm's risk factor: 1 for a firm with as many claims as expected. */
export const experienceFactor = ({ claims, expected }: LossExperience, a: number): number => (a + claims) / (a + expected);
