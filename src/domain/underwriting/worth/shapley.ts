import { randomAt } from '../../basics/index.ts';

/** What a set of players is worth together; `members[i]` says whether player i is in it. Worth 0 when nobody is. */
export type Worth = (members: readonly boolean[]) => number;

/** Each player's Shapley value, in the unit of the worth, and how sure it is. */
export interface ShapleyValues {
  readonly values: readonly number[];
  /** Standard error of each value; all 0 when exact. */
  readonly errors: readonly number[];
  /** Orders that were drawn; null: all sets were valued. */
  readonly orders: number | null;
}

export interface ShapleySampling {
  /** Up to this many players all 2ⁿ sets are valued. */
  readonly exactPlayers: number;
  /** Orders drawn beyond it, each followed by its reverse; even and at least 4. */
  readonly orders: number;
  readonly seed: number;
}

/**
 * Shapley values (Shapley 1953): what a player adds on average over all orders of arrival. Exact for few players; else the mean over drawn orders, taken
 * in pairs of an order and its reverse, whose sums still give the worth of all players without error.
 */
export const shapleyValues = (players: number, worth: Worth, sampling: ShapleySampling): ShapleyValues =>
  players <= sampling.exactPlayers ? exactValues(players, worth) : sampledValues(players, worth, sampling);

function exactValues(players: number, worth: Worth): ShapleyValues {
  const worths = Array.from({ length: 2 ** players }, (_, set) => worth(membersOf(set, players)));
  const weights = arrivalWeights(players);
  const values = new Array<number>(players).fill(0);
  worths.forEach((before, set) => {
    const weight = weights[countMembers(set)]!;
    for (let i = 0; i < players; i += 1) if ((set & (1 << i)) === 0) values[i]! += weight * (worths[set | (1 << i)]! - before);
  });
  return { values, errors: values.map(() => 0), orders: null };
}

const membersOf = (set: number, players: number): boolean[] => Array.from({ length: players }, (_, i) => (set & (1 << i)) !== 0);

function countMembers(set: number): number {
  let count = 0;
  for (let rest = set; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}

/** |S|!(n − |S| − 1)!/n! by the size of S: the probability that exactly S arrives before a player. */
function arrivalWeights(players: number): number[] {
  const weights = [1 / Math.max(1, players)];
  for (let size = 1; size < players; size += 1) weights.push((weights[size - 1]! * size) / (players - size));
  return weights;
}

function sampledValues(players: number, worth: Worth, { orders, seed }: ShapleySampling): ShapleyValues {
  const pairs = Math.max(2, Math.round(orders / 2));
  const sums = new Array<number>(players).fill(0);
  const squares = new Array<number>(players).fill(0);
  for (let pair = 0; pair < pairs; pair += 1) {
    const order = drawnOrder(players, seed, pair);
    const there = addedInOrder(order, worth);
    const back = addedInOrder(order.toReversed(), worth);
    there.forEach((added, i) => {
      const mean = (added + back[i]!) / 2;
      sums[i]! += mean;
      squares[i]! += mean * mean;
    });
  }
  const values = sums.map((sum) => sum / pairs);
  const errors = values.map((mean, i) => Math.sqrt(Math.max(0, squares[i]! / pairs - mean * mean) / (pairs - 1)));
  return { values, errors, orders: 2 * pairs };
}

/** A uniformly drawn order (Fisher and Yates). */
function drawnOrder(players: number, seed: number, pair: number): number[] {
  const random = randomAt(seed, 'shapley', pair);
  const order = Array.from({ length: players }, (_, i) => i);
  for (let i = players - 1; i > 0; i -= 1) {
    const j = Math.floor(random.nextUniform() * (i + 1));
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
}

function addedInOrder(order: readonly number[], worth: Worth): number[] {
  const members = order.map(() => false);
  const added = order.map(() => 0);
  let before = 0;
  for (const player of order) {
    members[player] = true;
    const after = worth(members);
    added[player] = after - before;
    before = after;
  }
  return added;
}
