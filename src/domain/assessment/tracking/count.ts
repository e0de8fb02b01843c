import type { Finding } from '../finding.ts';
import type { TrackedFinding } from './model.ts';
import { presentFindings, type Reading } from './track.ts';
import { keyOf, weaknessesOf } from './weaknesses.ts';

/** What counts of the scanner findings, in the order of their ids. */
export interface CountedFindings {
  readonly findings: readonly Finding[];
  /** Ids of those whose every weakness that counts is a risk somebody accepted. */
  readonly accepted: ReadonlySet<string>;
  /** What does not count because the firm claims that it is fixed, beside scans that are silent about it: the findings with the weaknesses of which that is so. */
  readonly claimed: readonly Finding[];
}

/**
 * The scanner findings as they count for score, gate and price: those that their tool still reports, without the CVEs that were fixed or turned out not to
 * be there. A weakness that nothing tracks counts: what is not known to be settled is open. Out of scope is left to the assessment itself, except where
 * a dispute settled it.
 */
export function countFindings(readings: readonly Reading[], tracked: readonly TrackedFinding[]): CountedFindings {
  const byKey = new Map(tracked.map((one) => [keyOf(one.what, one.asset), one]));
  const findings: Finding[] = [];
  const accepted = new Set<string>();
  const claimed: Finding[] = [];
  for (const finding of presentFindings(readings)) {
    const standing = weaknessesOf(finding).map((weakness) => ({ weakness, one: byKey.get(weakness.key) }));
    const open = standing.filter(({ one }) => one === undefined || one.counts || one.settledBy === 'scope');
    const onClaim = standing.filter(({ one }) => one?.settledBy === 'claim');
    const only = (some: typeof standing): Finding =>
      some.length === standing.length ? finding : { ...finding, cves: some.map(({ weakness }) => weakness.what) };
    if (onClaim.length > 0) claimed.push(only(onClaim));
    if (open.length === 0) continue;
    findings.push(only(open));
    if (open.every(({ one }) => one?.state === 'risk-accepted')) accepted.add(finding.id);
  }
  return { findings, accepted, claimed };
}
