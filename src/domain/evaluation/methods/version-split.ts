import { usualLevel } from '../model.ts';
import { meanChange } from './mean-change.ts';
import type { MeanDifference } from './welch.ts';

/** One firm's scores: old evidence under the old and the new model version, new evidence under the new version. */
export interface ScoredTwice {
  readonly oldEvidenceOldModel: number;
  readonly oldEvidenceNewModel: number;
  readonly newEvidenceNewModel: number;
}

/** The whole change of the score and its two parts, which add up to it. */
export interface VersionSplit {
  readonly total: MeanDifference;
  readonly firms: MeanDifference;
  readonly model: MeanDifference;
}

/**
 * Separates what the firms changed from what a new model version changed, by scoring the old evidence with both versions:
 * new/new − old/old = (new/new − old/new) + (old/new − old/old). Each part is a mean of paired changes and holds like one.
 */
export function splitByVersion(firms: readonly ScoredTwice[], level = usualLevel): VersionSplit {
  const mean = (change: (firm: ScoredTwice) => number): MeanDifference => meanChange(firms.map(change), level);
  return {
    total: mean((firm) => firm.newEvidenceNewModel - firm.oldEvidenceOldModel),
    firms: mean((firm) => firm.newEvidenceNewModel - firm.oldEvidenceNewModel),
    model: mean((firm) => firm.oldEvidenceNewModel - firm.oldEvidenceOldModel),
  };
}
