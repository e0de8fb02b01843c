/**
 * The floors of the domain, lowest first. A module may import only modules on a lower floor, through their `index.ts`.
 * The import checker's rules and the table in ARCHITECTURE.md are made from this list.
 */
export const floors = [
  ['basics'],
  ['readers', 'notation'],
  ['terms', 'parties', 'ledger'],
  ['catalogue', 'threats', 'reinsurance', 'subsidy'],
  ['assessment'],
  ['rating'],
  ['underwriting'],
  ['policy'],
  ['claims', 'monitoring'],
  ['portfolio'],
  ['evaluation'],
] as const;
