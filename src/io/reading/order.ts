import type { Finding, ScannerReport } from '../../domain/assessment/index.ts';
import type { Facts, Instant, RefusalKind } from '../../domain/basics/index.ts';
import type { ReadingLimits, ReportEncoding } from '../../domain/readers/index.ts';

/** What the reading process is told. */
export interface ReadingOrder {
  readonly path: string;
  readonly now: Instant;
  readonly limits: ReadingLimits;
  /** What a person chose; null lets the file speak for itself. */
  readonly encoding: ReportEncoding | null;
}

/** What it is told when a person has to choose an encoding: the file to show a piece of. */
export interface SampleOrder {
  readonly sample: string;
}

/** The same bytes as text under each encoding, undecodable ones as �. */
export type TextSample = Readonly<Record<ReportEncoding, string>>;

/** How far reading is: bytes of the file, and records of the tool. */
export interface ReadingProgress {
  readonly bytes: number;
  readonly records: number;
}

/** What it is told of an archive: where it lies, and the empty folder that its members go to. */
export interface UnpackingOrder {
  readonly unpack: string;
  readonly into: string;
}

/** A file that was in an archive: its name there, and where it lies now. */
export interface ArchiveMember {
  readonly name: string;
  readonly path: string;
}

/**
 * What it answers: that it is ready, some of the findings of a report that will follow, the report without those, the members of an archive (null: the file is none),
 * a refusal, or a failure of the program itself.
 */
export type ReadingAnswer =
  | { readonly ready: true }
  | { readonly part: readonly Finding[] }
  | { readonly progress: ReadingProgress }
  | { readonly sample: TextSample }
  | { readonly report: ScannerReport }
  | { readonly members: readonly ArchiveMember[] | null }
  | { readonly refusal: { readonly kind: RefusalKind; readonly code: string; readonly message: string; readonly facts: Facts } }
  | { readonly failure: string };
