import type { Finding, ScannerReport } from '../../domain/assessment/index.ts';
import type { Facts, Instant, RefusalKind } from '../../domain/basics/index.ts';
import type { ReadingLimits } from '../../domain/readers/index.ts';

/** What the reading process is told. */
export interface ReadingOrder {
  readonly path: string;
  readonly now: Instant;
  readonly limits: ReadingLimits;
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
  | { readonly report: ScannerReport }
  | { readonly members: readonly ArchiveMember[] | null }
  | { readonly refusal: { readonly kind: RefusalKind; readonly code: string; readonly message: string; readonly facts: Facts } }
  | { readonly failure: string };
