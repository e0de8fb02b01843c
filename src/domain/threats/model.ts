import { z } from 'zod';
import { Day } from '../basics/index.ts';

/** A CVE id in its canonical form, e.g. `CVE-2024-3094`. */
export const CveId = z.string().regex(/^CVE-\d{4}-\d{4,}$/);
export type CveId = z.infer<typeof CveId>;

/** The public feeds: CISA's known exploited vulnerabilities, FIRST's exploit prediction scores, MITRE's catalogue of weaknesses. Only the first two move a price. */
export const FeedKind = z.enum(['kev', 'epss', 'cwe']);
export type FeedKind = z.infer<typeof FeedKind>;

/** What is publicly known of one vulnerability's exploitation. `epss` is the probability of observed exploitation within 30 days (FIRST EPSS), null when no score is known. */
export const ThreatFacts = z.strictObject({
  knownExploited: z.boolean(),
  knownRansomware: z.boolean(),
  listedOn: Day.nullable(),
  epss: z.number().min(0).max(1).nullable(),
});
export type ThreatFacts = z.infer<typeof ThreatFacts>;

/** The threat intelligence of one day: the sources with their versions, and a look-up that answers for every CVE. */
export interface ThreatOutlook {
  /** Hash of everything below; a quote pins it. */
  readonly version: string;
  readonly sources: readonly ThreatSource[];
  readonly of: (cve: CveId) => ThreatFacts;
}

/** One feed as it was read: which kind, its own version or date, how many entries. */
export const ThreatSource = z.strictObject({ kind: z.enum(['kev', 'epss']), version: z.string(), date: Day.nullable(), entries: z.int().min(0) });
export type ThreatSource = z.infer<typeof ThreatSource>;
