import { z } from 'zod';
import { Instant, type Lifecycle } from '../../basics/index.ts';
import { Exposure } from '../../parties/index.ts';
import { Incompleteness, Severity } from '../finding.ts';
import { Scan } from '../model.ts';

/** What becomes of an import: a draft counts for nothing; only confirming it makes it count. */
export const ImportState = z.enum(['draft', 'confirmed', 'discarded']);
export type ImportState = z.infer<typeof ImportState>;

export const importLifecycle: Lifecycle<ImportState> = {
  of: 'import',
  first: 'draft',
  moves: { draft: ['confirmed', 'discarded'], confirmed: [], discarded: [] },
};

/** Encodings that a person can choose for a file that does not say its own; the choice is theirs, because a wrong guess turns names into other names. */
export const ReportEncoding = z.enum(['utf-8', 'gb18030']);
export type ReportEncoding = z.infer<typeof ReportEncoding>;

/** One thing that happened to a file, and who brought it about: the chain of custody. */
export const CustodyEntry = z.strictObject({
  at: Instant,
  by: z.string(),
  name: z.string(),
  act: z.enum(['received', 'unpacked', 'read', 'refused', 'recognised', 'encoding-chosen', 'confirmed']),
  note: z.string().max(1000),
});
export type CustodyEntry = z.infer<typeof CustodyEntry>;

/** What reading a report gave, without its findings. */
export const ImportedReport = z.strictObject({
  format: z.string(),
  tool: z.string(),
  toolVersion: z.string().nullable(),
  records: z.int(),
  findings: z.int(),
  bySeverity: z.record(Severity, z.int()),
  scan: Scan,
  incomplete: Incompleteness.nullable(),
});
export type ImportedReport = z.infer<typeof ImportedReport>;

/** Where the same file was handed in before: in another import, or (null) in a report that counts. */
export const EarlierReceipt = z.strictObject({ import: z.string().nullable(), name: z.string(), at: Instant, by: z.string().nullable() });
export type EarlierReceipt = z.infer<typeof EarlierReceipt>;

/**
 * One file of an import, or one file inside an archive of it. `refused` ones are in quarantine: kept by their hash, read no further, and counting for nothing;
 * `repeated` ones are files whose report counts already.
 */
export const ImportItem = z.strictObject({
  id: z.string(),
  name: z.string(),
  hash: z.string(),
  bytes: z.int(),
  /** The item of the archive that it came in; null for what was handed in by itself. */
  archive: z.string().nullable(),
  state: z.enum(['reading', 'read', 'unpacked', 'refused', 'repeated']),
  encoding: ReportEncoding.nullable(),
  job: z.string().nullable(),
  report: ImportedReport.nullable(),
  refusal: z.strictObject({ code: z.string(), detail: z.string(), position: z.string().nullable(), hint: z.string().nullable() }).nullable(),
  earlier: EarlierReceipt.nullable(),
  custody: z.array(CustodyEntry).max(50),
});
export type ImportItem = z.infer<typeof ImportItem>;

/**
 * What a person said about an asset that the reports name and the firm has not declared: it is one of its own under another name, it is one more of its own,
 * or it is not the firm's. Nothing said leaves it out of scope.
 */
export const AssetRuling = z.discriminatedUnion('is', [
  z.strictObject({ is: z.literal('same-as'), own: z.string().min(1).max(255) }),
  z.strictObject({ is: z.literal('own'), exposure: Exposure }),
  z.strictObject({ is: z.literal('foreign') }),
]);
export type AssetRuling = z.infer<typeof AssetRuling>;

/** A batch of scanner reports that is looked at before it counts. */
export const ReportImport = z.strictObject({
  assessment: z.string(),
  state: ImportState,
  items: z.array(ImportItem).max(200),
  /** By the asset's name in canonical form. */
  rulings: z.record(z.string().max(2000), AssetRuling),
  /** Who ended it, when; null for a draft. */
  ended: z.strictObject({ by: z.string(), name: z.string(), at: Instant }).nullable(),
});
export type ReportImport = z.infer<typeof ReportImport>;
