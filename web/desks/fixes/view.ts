import type { TrackedState } from '../../../src/domain/assessment/index.ts';
import type { RepairEffect, Severity } from '../../api/wire.ts';

/** Everything that the list can be narrowed and ordered by; all of it stands in the address. */
export interface View {
  readonly show: 'todo' | 'silent' | 'settled' | 'all' | TrackedState;
  readonly severity: Severity | '';
  readonly label: RepairEffect['label'] | '';
  readonly due: 'overdue' | 'soon' | '';
  readonly owner: string;
  readonly text: string;
  readonly sort: 'saving' | 'risk' | 'ease' | 'due';
  /** The row whose panel is open. */
  readonly open: string;
}

export const firstView: View = { show: 'todo', severity: '', label: '', due: '', owner: '', text: '', sort: 'saving', open: '' };

const choices = {
  show: ['todo', 'silent', 'settled', 'all', 'open', 'fix-claimed', 'fixed', 'risk-accepted', 'false-positive', 'out-of-scope'],
  severity: ['', 'critical', 'high', 'medium', 'low', 'info'],
  label: ['', 'must-fix', 'affects-premium', 'advice'],
  due: ['', 'overdue', 'soon'],
  sort: ['saving', 'risk', 'ease', 'due'],
} as const satisfies Partial<Record<keyof View, readonly string[]>>;

/** What an address says about the view; words that are no choice are passed over. */
export function viewOf(search: Readonly<Record<string, unknown>>): Partial<View> {
  const said = Object.entries(search).filter(([name, value]) => {
    if (typeof value !== 'string' || value === '' || !(name in firstView)) return false;
    const allowed = choices[name as keyof typeof choices] as readonly string[] | undefined;
    return allowed === undefined || allowed.includes(value);
  });
  return Object.fromEntries(said) as Partial<View>;
}

/** What differs from the first view: nothing else belongs into an address. */
export const searchOf = (view: View): Partial<View> =>
  Object.fromEntries(Object.entries(view).filter(([name, value]) => value !== firstView[name as keyof View])) as Partial<View>;
