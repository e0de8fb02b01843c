import type { Day, Text } from '../../basics/index.ts';
import { Authority, type Reason } from '../model.ts';
import type { AuthorityLevel } from './model.ts';

/** A limit that the insurer bears for a firm, or would: the days on which it counts, the last one excluded, and whether a policy stands behind it or an offer. */
export interface HeldLimit {
  readonly submission: string;
  readonly kind: 'policy' | 'offer';
  readonly from: Day;
  readonly until: Day;
  readonly limitMinor: number;
}

/** What the same firm has at this insurer besides the cover in question: policies that run beside it, and the most that is borne on any one day of it, in minor units. */
export interface OtherLimits {
  readonly policies: number;
  readonly limitMinor: number;
}

/** The day a year later on which a yearly cover is over; 29 February has 1 March for it. */
export const yearAfter = (day: Day): Day =>
  new Date(Date.parse(`${Number(day.slice(0, 4)) + 1}-${day.slice(5, 7)}-01`) + (Number(day.slice(8)) - 1) * 86_400_000).toISOString().slice(0, 10);

/**
 * The limits of a firm beside a year of cover that begins on `from`. Of the offers of one submission only one can be bound: the greatest counts. A
 * policy and its renewal run one after the other and so do not count together; a renewal that begins earlier does.
 */
export function otherLimits(from: Day, held: readonly HeldLimit[]): OtherLimits {
  const until = yearAfter(from);
  const beside = held.filter((one) => one.from < until && from < one.until);
  const days = [from, ...beside.map((one) => one.from).filter((day) => day > from)];
  return { policies: beside.filter(({ kind }) => kind === 'policy').length, limitMinor: Math.max(...days.map((day) => borneOn(day, beside))) };
}

function borneOn(day: Day, held: readonly HeldLimit[]): number {
  const greatest = new Map<string, number>();
  for (const { submission, limitMinor } of held.filter((one) => one.from <= day && day < one.until))
    greatest.set(submission, Math.max(limitMinor, greatest.get(submission) ?? 0));
  return [...greatest.values()].reduce((sum, limit) => sum + limit, 0);
}

/** Why a cover goes to a person for what the firm has already: another policy in any case, offers when they and the cover pass the lowest authority. */
export function limitsTogether(limitMinor: number, { policies, limitMinor: others }: OtherLimits, levels: readonly AuthorityLevel[]): Reason[] {
  const sum = limitMinor + others;
  const sorted = [...levels].sort((a, b) => Authority.options.indexOf(a.level) - Authority.options.indexOf(b.level));
  if (others === 0 || (policies === 0 && sum <= sorted[0]!.limitMinor)) return [];
  const { level } = sorted.find((one) => sum <= one.limitMinor) ?? sorted.at(-1)!;
  return [{ code: 'limits-of-firm-together', text: together({ policies, others, sum }), guideline: null, authority: level }];
}

function together({ policies, others, sum }: { policies: number; others: number; sum: number }): Text {
  const yuan = (minor: number): string => (minor / 100).toLocaleString('en-US');
  return {
    zh: `同一企业在本公司另有限额 ${yuan(others)} 元（有效保单 ${policies} 份），与本次合计 ${yuan(sum)} 元`,
    en: `the firm has ${yuan(others)} of limits here besides (policies in force: ${policies}), together with this one ${yuan(sum)}`,
  };
}
