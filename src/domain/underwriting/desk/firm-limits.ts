import { Refusal, yearsAfter, type Day, type Text } from '../../basics/index.ts';
import type { RequestedCover } from '../../catalogue/index.ts';
import { spokenAmount } from '../../notation/index.ts';
import type { Reason } from '../model.ts';
import type { IssuedQuote } from '../submission.ts';
import { byRank, levelHolding } from './authority.ts';
import { factInBoth } from './both-languages.ts';
import type { AuthorityLevel } from './model.ts';

/** A limit that the insurer bears for a firm, or would: from its first day to the first one without it. A certificate under a master policy counts as a policy of its member. */
export interface HeldLimit {
  /** Of a certificate its own id, as nobody submitted it. */
  readonly submission: string;
  /** The organisation that applied for it. */
  readonly applicant: string;
  /** The policy behind it, with the number that people read; null for an offer. */
  readonly policy: { readonly id: string; readonly number: string } | null;
  /** Id of the policy that it renews. */
  readonly renews: string | null;
  readonly from: Day;
  readonly until: Day;
  readonly limitMinor: number;
}

/** What the same firm has at this insurer besides the cover in question, on the day on which that is most. */
export interface OtherLimits {
  readonly parts: readonly HeldLimit[];
  /** The sum of the parts in minor units. */
  readonly limitMinor: number;
  /** Whether a policy runs beside the cover on any day. */
  readonly besidePolicy: boolean;
  /** Whether somebody else applied for any of it, of whom this applicant is told nothing. */
  readonly ofOthers: boolean;
}

/**
 * The limits of a firm beside a year of cover that begins on `from`. Of the offers of one submission only one can be bound: the greatest counts. A policy
 * and what renews it are one line, of which the greater counts where they overlap; so the policy that this cover renews does not count.
 */
export function otherLimits({ from, renews, applicant }: { from: Day; renews: string | null; applicant: string }, held: readonly HeldLimit[]): OtherLimits {
  const until = yearsAfter(from);
  const others = held.filter(({ policy }) => policy === null || policy.id !== renews);
  const beside = others.filter((one) => one.from < one.until && one.from < until && from < one.until);
  const days = [from, ...beside.map((one) => one.from).filter((day) => day > from)];
  const [parts] = days.map((day) => borneOn(day, beside)).sort((a, b) => sumOf(b) - sumOf(a)) as [HeldLimit[], ...HeldLimit[][]];
  return {
    ...{ parts, limitMinor: sumOf(parts) },
    besidePolicy: beside.some(({ policy }) => policy !== null),
    ofOthers: beside.some((one) => one.applicant !== applicant),
  };
}

const sumOf = (held: readonly HeldLimit[]): number => held.reduce((sum, { limitMinor }) => sum + limitMinor, 0);

function borneOn(day: Day, held: readonly HeldLimit[]): HeldLimit[] {
  const greatest = new Map<string, HeldLimit>();
  for (const one of held.filter(({ from, until }) => from <= day && day < until)) {
    const line = lineOf(one, held);
    if (one.limitMinor > (greatest.get(line)?.limitMinor ?? 0)) greatest.set(line, one);
  }
  return [...greatest.values()];
}

/** The submission with which a line of renewals began, as far as it is known. */
function lineOf(one: HeldLimit, held: readonly HeldLimit[]): string {
  const renewed = one.renews === null ? undefined : held.find(({ policy }) => policy?.id === one.renews);
  return renewed === undefined ? one.submission : lineOf(renewed, held);
}

type Cover = Pick<RequestedCover, 'limitMinor' | 'currency'>;

/**
 * Why a cover goes to a person for what the firm has already: another policy in any case, offers when they and the cover pass the lowest authority. The
 * applicant reads it too: what others applied for, it does not tell.
 */
export function limitsTogether(cover: Cover, others: OtherLimits, levels: readonly AuthorityLevel[]): Reason[] {
  const sum = cover.limitMinor + others.limitMinor;
  const sorted = byRank(levels);
  if (others.limitMinor === 0 || (!others.besidePolicy && sum <= sorted[0]!.limitMinor)) return [];
  // Beyond every level it goes to the highest, which can only decline it: a reason without a level would decline by itself.
  const { level } = levelHolding({ limitMinor: sum, premiumMinor: 0, schedulePercent: 0, waivers: 0, reasons: [] }, levels) ?? sorted.at(-1)!;
  return [{ code, text: others.ofOthers ? untold : sumInWords(cover, others), guideline: null, authority: level }];
}

const code = 'limits-of-firm-together';

/**
 * Passes for a quote beside which no policy runs, or whose limits a person has looked at together. Offers are not referred for each other within the
 * lowest authority, so what became a policy since the quote is found when it is bound. Throws a Refusal `limits-not-looked-at` (conflict).
 */
export function requireLookedAt({ settled, quote }: Pick<IssuedQuote, 'settled' | 'quote'>, others: OtherLimits, levels: readonly AuthorityLevel[]): void {
  if (!others.besidePolicy || (settled?.outcome === 'approved' && settled.reasons.some((reason) => reason.code === code))) return;
  const [reason] = limitsTogether(quote.cover, others, levels);
  if (reason === undefined) return;
  throw new Refusal('conflict', 'limits-not-looked-at', 'a person has to look at the limits of this firm together before this quote is bound', {
    ...factInBoth('reason', reason.text),
  });
}

const untold: Text = {
  zh: '同一企业在本公司的限额需要由人工合并核定',
  en: 'the limits of this firm here need to be looked at together by a person',
};

/** The sum of the limits of a firm and each part of it, policies by their number, as the insurer reads it. */
export function sumInWords({ limitMinor, currency }: Cover, others: OtherLimits): Text {
  const say = (minor: number): Text => {
    const amount = spokenAmount({ currency, minor });
    return { zh: currency === 'CNY' ? `${amount} 元` : `${currency} ${amount}`, en: `${currency} ${amount}` };
  };
  const sum = say(limitMinor + others.limitMinor);
  const parts = [{ title: { zh: '本次', en: 'this cover' }, limitMinor }, ...others.parts.map((one) => ({ title: titleOf(one), limitMinor: one.limitMinor }))];
  return {
    zh: `同一企业在本公司的限额合计 ${sum.zh}：${parts.map((one) => `${one.title.zh} ${say(one.limitMinor).zh}`).join('，')}`,
    en: `the limits of the same firm here come to ${sum.en} together: ${parts.map((one) => `${one.title.en} ${say(one.limitMinor).en}`).join(', ')}`,
  };
}

const titleOf = ({ policy }: HeldLimit): Text =>
  policy === null ? { zh: '另一份有效报价', en: 'another open offer' } : { zh: `保单 ${policy.number}`, en: `policy ${policy.number}` };
