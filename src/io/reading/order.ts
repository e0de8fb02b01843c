import type { ScannerReport } from '../../domain/assessment/index.ts';
import type { Facts, Instant, RefusalKind } from '../../domain/basics/index.ts';
import type { ReadingLimits } from '../../domain/readers/index.ts';

/** What the reading process is told. */
export interface ReadingOrder {
  readonly path: string;
  readonly now: Instant;
  readonly limits: ReadingLimits;
}

/** What it answers: that it is ready, a report, a refusal, or a failure of the program itself. */
export type ReadingAnswer =
  | { readonly ready: true }
  | { readonly report: ScannerReport }
  | { readonly refusal: { readonly kind: RefusalKind; readonly code: string; readonly message: string; readonly facts: Facts } }
  | { readonly failure: string };
