import { z } from 'zod';
import { Refusal, Text, type Day } from '../../basics/index.ts';
import type { Application, UnderwritingRules } from '../application.ts';
import { indicateQuote } from '../decide-quote.ts';
import type { Quote } from '../model.ts';

/** One cause of the change from last year's premium to this year's, in minor units with VAT. */
export const PremiumCause = z.strictObject({ id: z.enum(['paper', 'time', 'cover', 'firm', 'answers', 'findings']), text: Text, deltaMinor: z.int() });
export type PremiumCause = z.infer<typeof PremiumCause>;

const texts: Record<PremiumCause['id'], Text> = {
  paper: { zh: '费率、参数与规则的变化', en: 'ratebook, parameters and rules' },
  time: { zh: '一年过去：证据变旧、经验期移动', en: 'the year that passed: evidence aged, experience moved' },
  cover: { zh: '保障的变化', en: 'the cover' },
  firm: { zh: '企业情况的变化', en: 'the facts of the firm' },
  answers: { zh: '安全措施回答的变化', en: 'the answers about security' },
  findings: { zh: '扫描与漏洞的变化', en: 'scans and findings' },
};

/** What was decided last year, on what, and what is there now. */
export interface Renewal {
  readonly expiring: Pick<Quote, 'worksheet' | 'score' | 'grade' | 'cover'>;
  readonly before: Application;
  readonly now: Application;
}

/**
 * What changed since last year: the premium cause by cause, in one fixed order in which each step changes one thing, so that the causes add up to the
 * whole change exactly.
 */
export function explainRenewal({ expiring, before, now }: Renewal, rules: UnderwritingRules): { quote: Quote; causes: PremiumCause[] } {
  const aged = { ...before, now: now.now };
  const covered = { ...aged, cover: now.cover };
  const changed = { ...covered, firm: now.firm };
  const answered = { ...changed, answers: now.answers };
  const quote = indicateQuote(now, rules);
  // The first step keeps last year's day; only its first day of cover, which is over, is left to be chosen.
  const steps: [PremiumCause['id'], number][] = [
    ['paper', totalOf(indicateQuote({ ...before, cover: { ...before.cover, from: null } }, rules))],
    ['time', totalOf(indicateQuote({ ...aged, cover: { ...aged.cover, from: null } }, rules))],
    ['cover', totalOf(indicateQuote(covered, rules))],
    ['firm', totalOf(indicateQuote(changed, rules))],
    ['answers', totalOf(indicateQuote(answered, rules))],
    ['findings', totalOf(quote)],
  ];
  let at = expiring.worksheet.premium.total;
  const causes = steps.map(([id, total]) => {
    const deltaMinor = total - at;
    at = total;
    return { id, text: texts[id], deltaMinor };
  });
  return { quote, causes };
}

/**
 * A renewal begins no earlier than the policy that it follows ends, or both would insure at once. `ends`: first day without the old cover. Throws a Refusal
 * `renewal-overlaps` at the first day of cover.
 */
export function requireFollowing(from: Day, { ends, number }: { ends: Day; number: string }): void {
  if (from >= ends) return;
  throw new Refusal('bad-input', 'renewal-overlaps', `a renewal begins on ${ends} at the earliest, when policy ${number} is over`, {
    ...{ field: 'cover.from', number, earliest: ends },
  });
}

const totalOf = ({ worksheet }: Quote): number => worksheet.premium.total;
