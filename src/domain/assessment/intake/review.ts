import type { DeclaredAsset } from '../../parties/index.ts';
import { Severity, type Finding } from '../finding.ts';
import { placeAsset, scopeOf } from '../scope.ts';
import { weaknessId, weaknessesOf } from '../tracking/weaknesses.ts';
import { addressFinding, withRuledAssets } from './rule-assets.ts';
import type { AssetRuling } from './model.ts';

/** A finding of a draft with what it would be once it counts. */
export interface ReviewedFinding {
  readonly item: string;
  readonly finding: Finding;
  readonly inScope: boolean;
  /** Weaknesses among those it reports that are followed already. */
  readonly known: readonly string[];
  /** Another file of the same import reports the same. */
  readonly repeated: boolean;
}

export interface ImportReview {
  readonly findings: readonly ReviewedFinding[];
  readonly counts: { readonly total: number; readonly fresh: number; readonly known: number; readonly repeated: number; readonly outOfScope: number };
  readonly bySeverity: Record<Severity, number>;
}

/** What a draft is held against. */
export interface ReviewGround {
  readonly declared: readonly DeclaredAsset[];
  readonly rulings: Readonly<Record<string, AssetRuling>>;
  /** Ids of the weaknesses that the assessment follows. */
  readonly tracked: ReadonlySet<string>;
}

/** Looks at a draft as if it counted: what is new, what is known, what several files repeat, what is not the firm's. A pure function; it changes nothing. */
export function reviewImport(byItem: ReadonlyMap<string, readonly Finding[]>, ground: ReviewGround): ImportReview {
  const scope = scopeOf(withRuledAssets(ground.declared, ground.rulings));
  const seen = new Set<string>();
  const findings = [...byItem].flatMap(([item, list]) =>
    list.map((raw): ReviewedFinding => {
      const finding = addressFinding(raw, ground.rulings);
      const ids = weaknessesOf(finding).map(weaknessId);
      const repeated = ids.every((id) => seen.has(id));
      for (const id of ids) seen.add(id);
      return { item, finding, repeated, inScope: placeAsset(scope, finding.asset).inScope, known: ids.filter((id) => ground.tracked.has(id)) };
    }),
  );
  return { findings, counts: countsOf(findings), bySeverity: severitiesOf(findings.map(({ finding }) => finding)) };
}

function countsOf(findings: readonly ReviewedFinding[]): ImportReview['counts'] {
  const count = (holds: (one: ReviewedFinding) => boolean): number => findings.filter(holds).length;
  return {
    total: findings.length,
    fresh: count(({ known, repeated, inScope }) => inScope && !repeated && known.length === 0),
    known: count(({ known }) => known.length > 0),
    repeated: count(({ repeated }) => repeated),
    outOfScope: count(({ inScope }) => !inScope),
  };
}

/** How many findings there are of each severity; all severities are named. */
export function severitiesOf(findings: readonly Pick<Finding, 'severity'>[]): Record<Severity, number> {
  const counts = Object.fromEntries(Severity.options.map((severity) => [severity, 0])) as Record<Severity, number>;
  for (const { severity } of findings) counts[severity] += 1;
  return counts;
}
