import type { RepairLabel } from './model.ts';

/** What of a valued repair says how the findings that it closes are labelled. */
export interface LabelledRepair {
  /** The finding that it repairs; null for a control. */
  readonly finding: string | null;
  readonly closes: readonly string[];
  readonly label: RepairLabel;
}

/** Which repair closes a finding; the first of the list where several do. */
export function repairsByFinding<Repair extends LabelledRepair>(repairs: readonly Repair[]): ReadonlyMap<string, Repair> {
  const found = new Map<string, Repair>();
  for (const repair of repairs) if (repair.finding !== null) for (const id of repair.closes) if (!found.has(id)) found.set(id, repair);
  return found;
}

/**
 * The findings with the label of the repair that closes them, so that everything says the same of one weakness. Where no repair was priced the premium is
 * unknown: the gate may still ask for it, but nothing is said of the premium.
 */
export function labelledBy<F extends { readonly id: string; readonly label: RepairLabel }>(findings: readonly F[], repairs: readonly LabelledRepair[]): F[] {
  const repairOf = repairsByFinding(repairs);
  return findings.map((one) => ({ ...one, label: repairOf.get(one.id)?.label ?? unpricedLabel(one.label === 'must-fix') }));
}

/** The label of a finding whose repair nobody has priced. */
export const unpricedLabel = (blocks: boolean): RepairLabel => (blocks ? 'must-fix' : 'advice');
