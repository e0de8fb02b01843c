import { dayAfter, lastUpTo, type FirmHistory, type Observation } from './history.ts';
import { isScore } from './readings.ts';

/** A firm before and after. */
export interface Looks {
  readonly before: Observation | null;
  readonly after: Observation | null;
}

/** The last look up to the start, and the last one of the time followed after it. */
export function looksAround(history: FirmHistory, start: string, followUpDays: number): Looks {
  const after = lastUpTo(history, dayAfter(start, followUpDays));
  return { before: lastUpTo(history, start), after: after !== null && after.on > start ? after : null };
}

/** The look as those rules score it: as it was scored, or scored again; null when it is known under other rules only. */
function scoredUnder(look: Observation, scoring: string): Observation | null {
  if (look.scoring === scoring) return look;
  return look.rescored?.scoring === scoring ? { ...look, ...look.rescored } : null;
}

/** The rules under which a look is known, those of its own day first. */
const rulesOf = ({ scoring, rescored }: Observation): readonly string[] => (rescored === undefined ? [scoring] : [scoring, rescored.scoring]);

/** The two looks under the same scoring rules, scored again where the rules changed between them; null when no rules are common to both. */
export function comparableLooks(metric: string, looks: Looks): Looks | null {
  const { before, after } = looks;
  if (!isScore(metric) || before === null || after === null) return looks;
  const common = rulesOf(after).find((rules) => scoredUnder(before, rules) !== null);
  return common === undefined ? null : { before: scoredUnder(before, common), after: scoredUnder(after, common) };
}

/** The rules of the latest look at any of the firms, under which scores of different days and firms are comparable. */
function latestRules(firms: readonly FirmHistory[]): string | null {
  const latest = firms.flatMap(({ observations }) => observations.at(-1) ?? []).reduce<Observation | null>((a, b) => (a === null || b.on > a.on ? b : a), null);
  return latest === null ? null : (rulesOf(latest).at(-1) ?? null);
}

/** The firms with every look under the latest rules, so that a change of the rules is no change of a firm. What is known under other rules only keeps no score. */
export function underLatestRules(firms: readonly FirmHistory[], metric: string): readonly FirmHistory[] {
  const rules = isScore(metric) ? latestRules(firms) : null;
  if (rules === null) return firms;
  return firms.map((firm) => ({ ...firm, observations: firm.observations.flatMap((look) => scoredUnder(look, rules) ?? []) }));
}
