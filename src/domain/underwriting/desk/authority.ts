import type { Text } from '../../basics/index.ts';
import type { MemberRole } from '../../parties/index.ts';
import { Authority, type Reason } from '../model.ts';
import type { AuthorityLevel } from './model.ts';

/** What a decision would commit the insurer to; the limit is that of the firm, with what it has besides. `schedulePercent` is the sum of all items, signed. */
export interface Commitment {
  readonly limitMinor: number;
  readonly premiumMinor: number;
  readonly schedulePercent: number;
  readonly waivers: number;
  readonly reasons: readonly Reason[];
}

/** The level that a decision needs and what asks for it; `level` is null when it is beyond every level. */
export interface NeededAuthority {
  readonly level: AuthorityLevel | null;
  readonly because: readonly Text[];
}

const rank = (authority: Authority): number => Authority.options.indexOf(authority);

/** From the lowest to the highest. */
export const byRank = (levels: readonly AuthorityLevel[]): AuthorityLevel[] => [...levels].sort((a, b) => rank(a.level) - rank(b.level));

/** The lowest level whose every bound holds the decision, and that no reason asks to go above; null when it is beyond every level. */
export function levelHolding(commitment: Commitment, levels: readonly AuthorityLevel[]): AuthorityLevel | null {
  const least = Math.max(0, ...commitment.reasons.map(({ authority }) => (authority === null ? 0 : rank(authority))));
  return byRank(levels).find((one) => rank(one.level) >= least && beyond(commitment, one).length === 0) ?? null;
}

/** The level that a decision needs, and everything that asks to go above the lowest. */
export function neededAuthority(commitment: Commitment, levels: readonly AuthorityLevel[]): NeededAuthority {
  const level = levelHolding(commitment, levels);
  const lowest = byRank(levels)[0]!;
  const asked = commitment.reasons.filter(({ authority }) => authority !== null && rank(authority) > rank(lowest.level)).map(({ text }) => text);
  return { level, because: level?.level === lowest.level ? [] : [...asked, ...beyond(commitment, lowest)] };
}

function beyond({ limitMinor, premiumMinor, schedulePercent, waivers }: Commitment, level: AuthorityLevel): Text[] {
  const yuan = (minor: number): string => (minor / 100).toLocaleString('en-US');
  const texts: Text[] = [];
  if (limitMinor > level.limitMinor)
    texts.push({
      zh: `限额超过${level.title.zh}权限 ${yuan(level.limitMinor)} 元`,
      en: `the limit is above the ${level.title.en}'s ${yuan(level.limitMinor)}`,
    });
  if (premiumMinor > level.premiumMinor)
    texts.push({
      zh: `保费超过${level.title.zh}权限 ${yuan(level.premiumMinor)} 元`,
      en: `the premium is above the ${level.title.en}'s ${yuan(level.premiumMinor)}`,
    });
  if (Math.abs(schedulePercent) > level.schedulePercent + 1e-9)
    texts.push({
      zh: `调整合计超过${level.title.zh}权限 ±${level.schedulePercent}%`,
      en: `schedule items exceed the ${level.title.en}'s ±${level.schedulePercent} %`,
    });
  if (waivers > level.waivers)
    texts.push({
      zh: `豁免 ${waivers} 项，${level.title.zh}权限为 ${level.waivers} 项`,
      en: `${waivers} waivers; the ${level.title.en} may give ${level.waivers}`,
    });
  return texts;
}

/** The levels that somebody with these roles belongs to, highest first. */
export const levelsOf = (roles: readonly MemberRole[], levels: readonly AuthorityLevel[]): AuthorityLevel[] =>
  levels.filter((one) => one.roles.some((role) => roles.includes(role))).sort((a, b) => rank(b.level) - rank(a.level));

/** Whether somebody with these roles decides this alone. */
export const decidesAlone = (needed: NeededAuthority, roles: readonly MemberRole[], levels: readonly AuthorityLevel[]): boolean =>
  needed.level !== null && levelsOf(roles, levels).some((one) => one.people === 1 && rank(one.level) >= rank(needed.level!.level));

/** The highest level at which somebody with these roles decides without a second person; null for nobody of the desk. */
export const ownLevel = (roles: readonly MemberRole[], levels: readonly AuthorityLevel[]): Authority | null =>
  levelsOf(roles, levels).find(({ people }) => people === 1)?.level ?? null;

/**
 * Whether somebody with these roles may take back a colleague's decline. `declinedAt` is that one's level; null, from before levels were kept, counts as
 * the highest.
 */
export function mayReverse(declinedAt: Authority | null, roles: readonly MemberRole[], levels: readonly AuthorityLevel[]): boolean {
  const own = ownLevel(roles, levels);
  const highest = Math.max(...levels.filter(({ people }) => people === 1).map(({ level }) => rank(level)));
  return own !== null && rank(own) >= (declinedAt === null ? highest : rank(declinedAt));
}

/** Whether a signature of somebody with these roles counts towards this decision. */
export const signatureCounts = (needed: NeededAuthority, roles: readonly MemberRole[], levels: readonly AuthorityLevel[]): boolean =>
  needed.level !== null && levelsOf(roles, levels).some((one) => rank(one.level) >= rank(needed.level!.level));
