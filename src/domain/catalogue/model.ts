import { z } from 'zod';
import { FirmFact } from '../parties/index.ts';
import { Confidence, Currency, Day, Provenance, Text } from '../basics/index.ts';

/** What causes a loss. The tariff has one frequency and one severity for each. */
export const Peril = z.enum([
  'ransomware',
  'business-email-compromise',
  'transfer-fraud',
  'data-breach',
  'dependent-outage',
  'other-liability',
  'ddos-outage',
  'physical-damage',
  'technology-errors',
  'product-liability',
]);
export type Peril = z.infer<typeof Peril>;

/** One way in which a coverage answers to a peril: `share` is the part of the peril's ground-up loss that is of this coverage's kind. Over all coverages the shares of a peril sum to at most 1. */
export const CoverageShare = z.strictObject({ peril: Peril, share: z.number().min(0).max(1) });

/** One of the report's thirteen coverages (Table 2) or of those it lacks, as the insurer sells it. */
export const Coverage = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]*$/),
  title: Text,
  class: z.enum(['property', 'liability']),
  /** Row of the report's table, e.g. `R49`; the OED code, e.g. `OED-10`, for those that the table lacks. */
  row: z.string(),
  /** False for what is only recorded as an exposure and cannot be bought. */
  offered: z.boolean().optional(),
  trigger: Text,
  example: Text,
  /** Time-based: a waiting period in hours applies, and its factor is in the tariff. */
  timeBased: z.boolean(),
  shares: z.array(CoverageShare).min(1),
  /** Where the shares come from. */
  sharesBasis: z.strictObject({ source: z.string().min(1), provenance: Provenance, confidence: Confidence }),
  defaultTerms: z.strictObject({ subLimitRatio: z.number().gt(0).max(1), waitingHours: z.number().min(0).nullable() }),
  exclusions: z.array(Text),
  proofs: z.array(Text),
  oed: z.string().nullable(),
  effectiveFrom: Day,
});
export type Coverage = z.infer<typeof Coverage>;

/** One coverage as asked for or granted. `subLimitMinor` caps what it pays of one event; `waitingHours` only for time-based coverages. */
export const CoverLine = z.strictObject({ coverage: z.string(), subLimitMinor: z.int().min(1), waitingHours: z.number().min(0).max(720).nullable() });
export type CoverLine = z.infer<typeof CoverLine>;

/**
 * The cover that is asked for: what `--package` holds. `limitMinor` is the limit of each event and of the policy year together, in excess of
 * `retentionMinor`, which is borne once for each event.
 */
export const RequestedCover = z
  .strictObject({
    package: z.string().nullable(),
    currency: Currency,
    limitMinor: z.int().min(1),
    retentionMinor: z.int().min(0),
    lines: z.array(CoverLine).min(1).max(30),
    /** First day of cover (Asia/Shanghai); null means the day after binding, which is also the earliest. */
    from: Day.nullable(),
  })
  .meta({ id: 'RequestedCover' });
export type RequestedCover = z.infer<typeof RequestedCover>;

/** A package that a firm can choose as it is. */
export const Package = z.strictObject({
  id: z.string(),
  /** Made for an industry or size (absent), for one of the report's insuring scenarios, or a template of one of its products. */
  kind: z.enum(['scenario', 'template']).optional(),
  /** Row of the report that asks for it. */
  row: z.string().optional(),
  title: Text,
  for: Text,
  industries: z.array(z.string()),
  /** Facts of a firm for which it is recommended, each with the reason as it is told; `least` for personal records. */
  suits: z
    .array(
      z.strictObject({
        fact: z.enum([...FirmFact.exclude(['criticalInfrastructure']).options, 'personalRecords']),
        least: z.int().min(1).optional(),
        because: Text,
      }),
    )
    .optional(),
  cover: RequestedCover,
  effectiveFrom: Day,
});
export type Package = z.infer<typeof Package>;

/** Everything an insurer sells, read from `content/`; `version` is the hash of it. Maps keep the order of ids. */
export interface Catalogue {
  readonly version: string;
  readonly coverages: ReadonlyMap<string, Coverage>;
  readonly packages: ReadonlyMap<string, Package>;
}
