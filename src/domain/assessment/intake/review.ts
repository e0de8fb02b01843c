import { z } from 'zod';
import type { DeclaredAsset } from '../../parties/index.ts';
import { Severity, type Finding } from '../finding.ts';
import type { Scan } from '../model.ts';
import { placeAsset, scopeOf, type Scope } from '../scope.ts';
import { trackFindings, type Reading, type Track } from '../tracking/track.ts';
import { weaknessId, weaknessesOf } from '../tracking/weaknesses.ts';
import { addressFinding, withRuledAssets } from './rule-assets.ts';
import type { AssetRuling } from './model.ts';

/**
 * What a finding of a draft would be once it counts: exactly one of these, so that their numbers add up to the total. A weakness that the firm's assets do not
 * hold is out of scope whatever else it is; what another file of the import says already is repeated; what was resolved and is seen again is reopened.
 */
export const ReviewStanding = z.enum(['fresh', 'known', 'reopened', 'repeated', 'out-of-scope']);
export type ReviewStanding = z.infer<typeof ReviewStanding>;

/** A finding of a draft with what it would be once it counts. */
export interface ReviewedFinding {
  readonly item: string;
  readonly finding: Finding;
  readonly standing: ReviewStanding;
  /** Weaknesses among those it reports that are followed already. */
  readonly known: readonly string[];
}

export interface ImportReview {
  readonly findings: readonly ReviewedFinding[];
  /** INVARIANT (review-adds-up): the standings add up to `total`. `resolved` are weaknesses that no file names: the scans looked and no longer find them. */
  readonly counts: { readonly total: number; readonly resolved: number } & Readonly<Record<ReviewStanding, number>>;
  readonly bySeverity: Record<Severity, number>;
}

/** One file of a draft: what its scan looked at, and what it found. */
export interface DraftedReport {
  readonly item: string;
  readonly scan: Scan;
  readonly findings: readonly Finding[];
}

/** What a draft is held against. */
export interface ReviewGround {
  readonly declared: readonly DeclaredAsset[];
  readonly rulings: Readonly<Record<string, AssetRuling>>;
  /** The reports that the assessment rests on. */
  readonly readings: readonly Reading[];
}

/** Looks at a draft as if it counted: what is new, known, seen again, said twice, not the firm's, and no longer there. A pure function; it changes nothing. */
export function reviewImport(drafted: readonly DraftedReport[], ground: ReviewGround): ImportReview {
  const addressed = drafted.map(({ item, scan, findings }) => ({
    report: item,
    scan,
    findings: findings.map((finding) => addressFinding(finding, ground.rulings)),
  }));
  const before = new Map(trackFindings(ground.readings).map((track) => [track.id, track]));
  const after = trackFindings([...ground.readings, ...addressed]);
  const wasResolved = (id: string): boolean => (before.get(id)?.resolvedAt ?? null) !== null;
  const reopened = new Set(after.flatMap(({ id, resolvedAt }) => (resolvedAt === null && wasResolved(id) ? [id] : [])));
  const findings = standingsOf(addressed, { scope: scopeOf(withRuledAssets(ground.declared, ground.rulings)), before, reopened });
  const resolved = after.filter(({ id, resolvedAt }) => resolvedAt !== null && before.get(id)?.resolvedAt === null).length;
  return { findings, counts: { ...countsOf(findings), resolved }, bySeverity: severitiesOf(findings.map(({ finding }) => finding)) };
}

interface Followed {
  readonly scope: Scope;
  readonly before: ReadonlyMap<string, Track>;
  readonly reopened: ReadonlySet<string>;
}

function standingsOf(addressed: readonly Reading[], { scope, before, reopened }: Followed): ReviewedFinding[] {
  const seen = new Set<string>();
  return addressed.flatMap(({ report, findings }) =>
    findings.map((finding): ReviewedFinding => {
      const ids = weaknessesOf(finding).map(weaknessId);
      const repeated = ids.every((id) => seen.has(id));
      for (const id of ids) seen.add(id);
      const known = ids.filter((id) => before.has(id));
      const again = known.some((id) => reopened.has(id)) ? 'reopened' : known.length > 0 ? 'known' : 'fresh';
      return { item: report, finding, known, standing: placeAsset(scope, finding.asset).inScope ? (repeated ? 'repeated' : again) : 'out-of-scope' };
    }),
  );
}

function countsOf(findings: readonly ReviewedFinding[]): Omit<ImportReview['counts'], 'resolved'> {
  const counts = Object.fromEntries(ReviewStanding.options.map((standing) => [standing, 0])) as Record<ReviewStanding, number>;
  for (const { standing } of findings) counts[standing] += 1;
  return { total: findings.length, ...counts };
}

/** How many findings there are of each severity; all severities are named. */
export function severitiesOf(findings: readonly Pick<Finding, 'severity'>[]): Record<Severity, number> {
  const counts = Object.fromEntries(Severity.options.map((severity) => [severity, 0])) as Record<Severity, number>;
  for (const { severity } of findings) counts[severity] += 1;
  return counts;
}
