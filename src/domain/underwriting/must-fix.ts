import type { MustFixTogether } from '../assessment/index.ts';
import type { RepairEffect, Standing } from './model.ts';

type Worth = Pick<RepairEffect, 'id' | 'label' | 'premiumDelta'>;

const mustFix = (repairs: readonly Worth[]): Worth[] => repairs.filter(({ label }) => label === 'must-fix');

/** The ids of the repairs that the gate asks for, sorted; ask what they do together with these. */
export const mustFixIds = (repairs: readonly Worth[]): string[] =>
  mustFix(repairs)
    .map(({ id }) => id)
    .sort();

/** Reads the joint worth off the standings before and after all of `mustFixIds`. */
export function mustFixWorth(repairs: readonly Worth[], { before, after }: { readonly before: Standing; readonly after: Standing }): MustFixTogether {
  const premiumDelta = after.premium.total - before.premium.total;
  const must = mustFix(repairs);
  return {
    ...{ count: must.length, scoreBefore: before.score, scoreAfter: after.score, gatePassed: after.gate.passed, premiumDelta },
    silentAlone: premiumDelta < 0 && must.every((one) => one.premiumDelta >= 0),
  };
}
