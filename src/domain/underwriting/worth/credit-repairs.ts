import { allocateMinor, type Currency } from '../../basics/index.ts';
import type { Application, UnderwritingRules } from '../application.ts';
import type { RepairEffect } from '../model.ts';
import { noChange, setUp, supposing, type Bench, type Candidate } from '../repairs.ts';
import { followSteps, type RepairStep } from './follow-steps.ts';
import { shapleyValues, type ShapleySampling } from './shapley.ts';

/** What one repair is worth in the yearly premium including VAT, minor units, seen in three ways. */
export interface RepairCredit extends Pick<RepairEffect, 'id' | 'finding' | 'control' | 'title' | 'effort'> {
  /** Findings that the repair closes, and ids of the repairs that are the same work seen by another tool. */
  readonly closes: readonly string[];
  readonly sameAs: readonly string[];
  /** Saved by this repair alone, all else as it is; 0 while the price sits at its upper bound. */
  readonly aloneMinor: number;
  /** Saved by this repair when all others are done. */
  readonly lastMinor: number;
  /** Its Shapley value: its fair part of what all repairs save together. */
  readonly shapleyMinor: number;
  /** Standard error of the Shapley value; 0 when it is exact. */
  readonly errorMinor: number;
  readonly costMinor: number | null;
  /** Shapley value for each unit of cost; null without a cost or at no cost. */
  readonly savedPerCost: number | null;
}

/** INVARIANT (reconciles): Σ shapleyMinor = todayMinor − bestMinor, and so do the savings of the steps. */
export interface RepairCredits {
  readonly currency: Currency;
  readonly todayMinor: number;
  /** The premium when every repair is done. */
  readonly bestMinor: number;
  readonly credits: readonly RepairCredit[];
  /** Repairs that change no multiplier of the price. */
  readonly idle: readonly string[];
  /** One repair after another, the best next one each time, with the premium then reached. */
  readonly steps: readonly RepairStep[];
  /** Orders drawn for the Shapley values; null: exact. */
  readonly orders: number | null;
}

export interface CreditSettings extends ShapleySampling {
  /** Cost of a repair by its id, minor units a year. */
  readonly costs: Readonly<Record<string, number>>;
}

/** All sets up to 12 repairs, 128 drawn orders beyond. */
export const usualCredits: CreditSettings = { exactPlayers: 12, orders: 128, seed: 20260101, costs: {} };

/** A repair that moves the price, with the candidates that are the same work. */
interface Player {
  readonly candidate: Candidate;
  readonly sameAs: readonly string[];
}

/**
 * Credits each open finding and each missing control with its part of the way from today's premium to the best one, by the binding tariff. A firm whose price sits at its
 * upper bound sees nothing saved by any repair alone; the Shapley values and the steps still say what the repairs are worth together.
 */
export function creditRepairs(application: Application, rules: UnderwritingRules, settings: CreditSettings = usualCredits): RepairCredits {
  const bench = setUp(application, rules);
  const { players, idle } = playersOf(bench);
  const premiumOf = premiumOfSet(bench, players);
  const everybody = players.map(() => true);
  const todayMinor = premiumOf(players.map(() => false));
  const bestMinor = premiumOf(everybody);
  const shapley = shapleyValues(players.length, (members) => todayMinor - premiumOf(members), settings);
  const parts = allocateMinor(
    todayMinor - bestMinor,
    shapley.values.map((value) => Math.max(0, value)),
  );
  const credits = players.map((player, i) =>
    creditOf(player, {
      aloneMinor: todayMinor - premiumOf(onlyMember(everybody, i)),
      lastMinor: premiumOf(allBut(everybody, i)) - bestMinor,
      shapleyMinor: parts[i]!,
      errorMinor: shapley.errors[i]!,
      costMinor: settings.costs[player.candidate.id] ?? null,
    }),
  );
  const steps = followSteps(
    players.map(({ candidate }, i) => ({ id: candidate.id, rank: parts[i]!, costMinor: credits[i]!.costMinor })),
    premiumOf,
  );
  const sorted = credits.toSorted((a, b) => b.shapleyMinor - a.shapleyMinor || (a.id < b.id ? -1 : 1));
  return { currency: application.cover.currency, todayMinor, bestMinor, credits: sorted, idle, steps, orders: shapley.orders };
}

const onlyMember = (all: readonly boolean[], i: number): boolean[] => all.map((_, k) => k === i);
const allBut = (all: readonly boolean[], i: number): boolean[] => all.map((_, k) => k !== i);

function creditOf(
  { candidate, sameAs }: Player,
  worth: Pick<RepairCredit, 'aloneMinor' | 'lastMinor' | 'shapleyMinor' | 'errorMinor' | 'costMinor'>,
): RepairCredit {
  const { id, finding, control, title, effort, closes } = candidate;
  const { shapleyMinor, costMinor } = worth;
  return {
    id,
    finding,
    control,
    title,
    effort,
    closes,
    sameAs,
    ...worth,
    savedPerCost: costMinor === null || costMinor === 0 ? null : shapleyMinor / costMinor,
  };
}

/** Candidates that do the same are one player; one that changes no multiplier, alone or last, is left out. */
function playersOf(bench: Bench): { players: Player[]; idle: string[] } {
  const works = distinctWorks(bench.candidates);
  const moves = movesPrice(
    bench,
    works.map(({ candidate }) => candidate),
  );
  const players = works.filter(({ candidate }) => moves(candidate));
  const idle = works.filter(({ candidate }) => !moves(candidate)).flatMap(({ candidate, sameAs }) => [candidate.id, ...sameAs]);
  return { players, idle: idle.sort() };
}

function distinctWorks(candidates: readonly Candidate[]): Player[] {
  const byWork = new Map<string, Candidate[]>();
  for (const candidate of candidates) {
    const work = JSON.stringify([candidate.closes, Object.keys(candidate.answers)]);
    byWork.set(work, [...(byWork.get(work) ?? []), candidate]);
  }
  return [...byWork.values()].map(([candidate, ...others]) => ({ candidate: candidate!, sameAs: others.map(({ id }) => id) }));
}

function movesPrice(bench: Bench, candidates: readonly Candidate[]): (candidate: Candidate) => boolean {
  const multipliers = (done: readonly Candidate[]): string => JSON.stringify(bench.security(supposing(done)));
  const today = JSON.stringify(bench.security(noChange));
  const best = multipliers(candidates);
  return (candidate) => multipliers([candidate]) !== today || multipliers(candidates.filter((other) => other !== candidate)) !== best;
}

function premiumOfSet({ premium }: Bench, players: readonly Player[]): (members: readonly boolean[]) => number {
  const known = new Map<string, number>();
  return (members) => {
    const key = members.map(Number).join('');
    const found = known.get(key) ?? premium(supposing(players.filter((_, i) => members[i]).map(({ candidate }) => candidate)));
    known.set(key, found);
    return found;
  };
}
