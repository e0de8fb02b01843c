import { z } from 'zod';
import { Currency, Day, Provenance, Text } from '../basics/index.ts';
import { Industry } from '../parties/index.ts';

const id = z.string().regex(/^[a-z][a-z0-9-]*$/);
const minor = z.int().min(0);

/** How much protection a package brings: the rows of the package → limit matrix (R118). */
export const ProtectionLevel = z.enum(['basic', 'standard', 'enhanced']);
export type ProtectionLevel = z.infer<typeof ProtectionLevel>;

/** A package of security products and services of one vendor. Data in `content/security-packages`. */
export const SecurityPackage = z.strictObject({
  id,
  title: Text,
  vendor: z.strictObject({ name: z.string().min(1), creditCode: z.string().nullable() }),
  level: ProtectionLevel,
  /** Controls that the package puts in place. */
  controls: z.array(z.string()).min(1),
  currency: Currency,
  /** Price of a year, VAT included. */
  priceMinor: minor,
  effectiveFrom: Day,
});
export type SecurityPackage = z.infer<typeof SecurityPackage>;

/** One step of a stepped subsidy: min(rate · premium, cap) for firms with at least this level of protection. */
export const SubsidyTier = z.strictObject({ id, title: Text, level: ProtectionLevel, rate: z.number().gt(0).max(1), capMinor: minor });
export type SubsidyTier = z.infer<typeof SubsidyTier>;

/** A public programme that pays part of the premium. Data in `content/subsidies`. */
export const SubsidyScheme = z
  .strictObject({
    id,
    title: Text,
    authority: Text,
    currency: Currency,
    /** First and last day on which a cover may begin. */
    from: Day,
    until: Day,
    budgetMinor: minor,
    /** Highest limit that each level of protection can be subsidised with; a level that is not named is not subsidised. */
    limits: z.partialRecord(ProtectionLevel, minor),
    tiers: z.array(SubsidyTier).min(1),
    eligible: z.strictObject({
      /** Null: all. */
      industries: z.array(Industry).min(1).nullable(),
      regions: z.array(z.string().min(1)).min(1).nullable(),
      mostEmployees: z.int().min(1).nullable(),
      mostRevenueMinor: minor.nullable(),
    }),
    /** Days for which the cover must last; cancelled before, the subsidy goes back: all of it, or the part of the days not served. */
    keepDays: z.int().min(0).max(366),
    clawBack: z.enum(['all', 'pro-rata']),
    source: z.string().min(1),
    provenance: Provenance,
    effectiveFrom: Day,
  })
  .meta({ id: 'SubsidyScheme' });
export type SubsidyScheme = z.infer<typeof SubsidyScheme>;

/** A subsidy as granted. */
export const SubsidyGrant = z
  .strictObject({
    scheme: id,
    policy: z.string().min(1),
    firm: z.string().min(1),
    /** 统一社会信用代码; the file for the authority needs it. */
    creditCode: z.string(),
    industry: Industry,
    region: z.string(),
    tier: id,
    package: id,
    begins: Day,
    currency: Currency,
    premiumMinor: minor,
    limitMinor: minor,
    subsidyMinor: minor,
    /** Given back after an early end; 0 while the cover stands. */
    returnedMinor: minor,
  })
  .meta({ id: 'SubsidyGrant' });
export type SubsidyGrant = z.infer<typeof SubsidyGrant>;
