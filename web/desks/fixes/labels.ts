import type { CountedFinding, RepairEffect } from '../../api/wire.ts';

/** Which repair closes a finding; the first of the list where several do. */
export function repairsByFinding(repairs: readonly RepairEffect[]): ReadonlyMap<string, RepairEffect> {
  const found = new Map<string, RepairEffect>();
  for (const repair of repairs) if (repair.finding !== null) for (const id of repair.closes) if (!found.has(id)) found.set(id, repair);
  return found;
}

/**
 * The findings with the label of the repair that closes them, so that every screen says the same of one weakness. Where no repair was priced the premium
 * is unknown: the gate may still ask for it, but nothing is said of the premium.
 */
export function labelledBy(findings: readonly CountedFinding[], repairs: readonly RepairEffect[]): CountedFinding[] {
  const repairOf = repairsByFinding(repairs);
  return findings.map((one) => ({ ...one, label: repairOf.get(one.id)?.label ?? (one.label === 'must-fix' ? one.label : 'advice') }));
}
