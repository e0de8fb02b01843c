import type { Text } from '../../basics/index.ts';
import { balanceTable, type Balance } from '../cohort/balance.ts';
import { matchFirms } from '../cohort/match.ts';
import type { StudyQuery } from '../cohort/query.ts';
import { selectCohort, type Candidate, type Excluded } from '../cohort/select.ts';
import { groupedBy } from '../designs/rows.ts';
import { baselineOf, knownOn, sizeOf, startOf, type FirmHistory } from './history.ts';
import { underLatestRules } from './scoring-rules.ts';

/** The firms of a study. `starts` says for a matched control the day on which its insured partner began. */
export interface StudyCohort {
  readonly insured: readonly FirmHistory[];
  readonly control: readonly FirmHistory[];
  /** Everybody whom the filter lets in, whether compared or not: applicants that gave up are among them. */
  readonly everybody: readonly FirmHistory[];
  readonly starts: ReadonlyMap<string, string>;
  /** Insured firms for whom nobody was near enough. */
  readonly unmatched: number;
  readonly excluded: readonly { readonly code: string; readonly reason: Text; readonly firms: number }[];
  /** In what both groups can have: products are the insured's only. */
  readonly balance: readonly Balance[];
}

/** A firm as cohorts see it: its characteristics, with its score where it stood when the study begins. */
export const candidateOf = (history: FirmHistory): Candidate => ({
  firm: history.firm,
  start: startOf(history),
  industry: history.industry,
  size: sizeOf(history),
  product: history.covers[0]?.product ?? null,
  score: baselineOf(history)?.score ?? null,
  employees: history.employees,
  revenue: history.revenueMinor,
});

/**
 * Chooses the firms of a study from everybody known on the day of the data cut. Products restrict insured firms only: the others have none. A matched control begins when its
 * partner began.
 */
export function buildCohort(everybody: readonly FirmHistory[], { cohort, control, asOf }: Pick<StudyQuery, 'cohort' | 'control' | 'asOf'>): StudyCohort {
  const day = asOf.slice(0, 10);
  const known = new Map(everybody.map((history) => [history.firm, knownOn(history, day)]));
  const candidates = underLatestRules([...known.values()], 'score').map(candidateOf);
  const treated = selectCohort(candidates.filter(isInsured), cohort, day);
  const pool = selectCohort(
    candidates.filter((one) => !isInsured(one)),
    { ...cohort, products: null },
    day,
  );
  const chosen = chooseControl(treated.included, pool.included, control);
  const of = (firms: readonly Candidate[]): FirmHistory[] => firms.map(({ firm }) => known.get(firm)!);
  return {
    insured: of(chosen.treated),
    control: of(chosen.control),
    everybody: of([...treated.included, ...pool.included]),
    starts: chosen.starts,
    unmatched: chosen.unmatched,
    excluded: counted([...treated.excluded, ...pool.excluded]),
    balance: chosen.control.length === 0 ? [] : balanceTable(chosen.treated, chosen.control).filter(({ name }) => !name.startsWith('product')),
  };
}

const isInsured = ({ start }: Candidate): boolean => start !== null;

function chooseControl(treated: readonly Candidate[], pool: readonly Candidate[], control: StudyQuery['control']) {
  if (control.kind !== 'matched') return { treated, control: control.kind === 'none' ? [] : pool, starts: new Map<string, string>(), unmatched: 0 };
  const { matches, unmatched } = matchFirms({ treated, pool }, control);
  return {
    treated: matches.map((pair) => pair.treated),
    control: matches.map((pair) => pair.control),
    starts: new Map(matches.map((pair) => [pair.control.firm, pair.treated.start!])),
    unmatched: unmatched.length,
  };
}

function counted(excluded: readonly Excluded[]): StudyCohort['excluded'] {
  const byCode = groupedBy(excluded, ({ code }) => code);
  return [...byCode].map(([code, firms]) => ({ code, reason: firms[0]!.reason, firms: firms.length }));
}
