import type { Catalogue } from '../domain/catalogue/index.ts';
import type { ThreatOutlook } from '../domain/threats/index.ts';

/** The insurer's paper, read and validated once at start. */
export interface Content {
  readonly catalogue: Catalogue;
  readonly outlook: ThreatOutlook;
}
