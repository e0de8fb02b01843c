import { Refusal } from '../basics/index.ts';
import type { WeaknessCatalogue } from './feeds/cwe.ts';
import type { EpssScores } from './feeds/epss.ts';
import type { KevCatalogue } from './feeds/kev.ts';

/** What becomes of a feed that was read whole: it is used from now on, it is the one in use, or a person must release it first. */
export type FeedVerdict = 'take' | 'same' | 'hold';

/** A feed that lost more than this share of its entries was cut at the end of a line, or is not the feed that it says it is. */
const leastShareKept = 0.9;

/** A score that moved by more than this in log-odds (0.5: by half to two thirds again of its odds) has moved notably. */
const notableMove = 0.5;
/**
 * Where more than this share of the scores moved notably at once, another model made them. In the monthly scores of listed vulnerabilities from October 2022 to June 2025 the
 * two new models moved 91 % and 83 %, and no other month (nor eight months at once) more than 29 %.
 */
const newModelShare = 0.5;
/** Fewer common scores than this tell nothing about the model. */
const leastCompared = 50;

/**
 * Whether a catalogue of known exploited vulnerabilities follows the one in force. Entries that CISA takes back lower the risk again.
 * Throws a Refusal `feed-shrunk` or `feed-older`: then the one in force stays.
 */
export function judgeKev(inForce: KevCatalogue | null, next: KevCatalogue): FeedVerdict {
  if (inForce === null) return 'take';
  requireFollowing('kev', { date: inForce.date, entries: inForce.entries.size }, { date: next.date, entries: next.entries.size });
  return sameEntries(inForce.entries, next.entries, (a, b) => a.listedOn === b.listedOn && a.knownRansomware === b.knownRansomware) ? 'same' : 'take';
}

/**
 * Whether EPSS scores follow those in force. Scores of another model are held: a new model moves nearly every score at once without anything having
 * happened in the world, so a person decides when prices follow it. Where a file does not name its model, the scores themselves tell.
 * Throws a Refusal `feed-shrunk` or `feed-older`.
 */
export function judgeEpss(inForce: EpssScores | null, next: EpssScores): FeedVerdict {
  if (inForce === null) return 'take';
  requireFollowing('epss', { date: inForce.date, entries: inForce.scores.size }, { date: next.date, entries: next.scores.size });
  if (isOtherModel(inForce, next)) return 'hold';
  return inForce.model === next.model && sameEntries(inForce.scores, next.scores, Object.is) ? 'same' : 'take';
}

/** Whether a catalogue of weaknesses follows the one in force. Throws a Refusal `feed-shrunk`. */
export function judgeWeaknesses(inForce: WeaknessCatalogue | null, next: WeaknessCatalogue): FeedVerdict {
  if (inForce === null) return 'take';
  requireFollowing('cwe', { date: null, entries: inForce.size }, { date: null, entries: next.size });
  return sameEntries(inForce, next, (a, b) => a.name === b.name && a.abstraction === b.abstraction && a.parents.join() === b.parents.join()) ? 'same' : 'take';
}

/** Whether another model made the scores: it says so, or they moved like under no single model. */
export function isOtherModel(before: EpssScores, after: EpssScores): boolean {
  if (before.model !== null && after.model !== null) return before.model !== after.model;
  return notablyMoved(before.scores, after.scores) > newModelShare;
}

/** Share of the CVEs scored both times whose score moved notably; 0 where there are too few of them to tell. */
export function notablyMoved(before: ReadonlyMap<string, number>, after: ReadonlyMap<string, number>): number {
  const both = [...before].flatMap(([cve, score]) => (after.has(cve) ? [[score, after.get(cve)!] as const] : []));
  if (both.length < leastCompared) return 0;
  return both.filter(([a, b]) => Math.abs(logOdds(b) - logOdds(a)) > notableMove).length / both.length;
}

const logOdds = (score: number): number => {
  const inside = Math.min(Math.max(score, 1e-5), 1 - 1e-5);
  return Math.log(inside / (1 - inside));
};

interface Extent {
  readonly date: string | null;
  readonly entries: number;
}

function requireFollowing(feed: string, before: Extent, after: Extent): void {
  if (before.date !== null && after.date !== null && after.date < before.date)
    throw new Refusal('unreadable', 'feed-older', `the feed is of ${after.date}, the one in force of ${before.date}`, {
      feed,
      before: before.date,
      after: after.date,
    });
  if (after.entries < leastShareKept * before.entries)
    throw new Refusal('unreadable', 'feed-shrunk', `the feed has ${after.entries} entries, the one in force ${before.entries}`, {
      feed,
      before: before.entries,
      after: after.entries,
    });
}

function sameEntries<K, T>(a: ReadonlyMap<K, T>, b: ReadonlyMap<K, T>, same: (a: T, b: T) => boolean): boolean {
  return a.size === b.size && [...a].every(([key, value]) => b.has(key) && same(value, b.get(key)!));
}
