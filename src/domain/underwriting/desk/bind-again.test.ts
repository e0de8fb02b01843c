import { describe, expect, it } from 'vitest';
import type { CaseEvent } from '../../assessment/index.ts';
import { Refusal } from '../../basics/index.ts';
import { keyedReasons } from '../decide-quote.ts';
import type { Quote, Reason } from '../model.ts';
import type { IssuedQuote } from '../submission.ts';
import { basisChanges, decidedSince, eventsUntil, requireStillOffered, standsAgainst, type AssessedBasis, type DecidedAgain } from './bind-again.ts';

const text = (words: string) => ({ zh: words, en: words });
const blocker = (finding: string, code = 'known-exploited') => ({ code, text: text(`${code} ${finding}`), finding, control: null, severity: 'high' as const });
const refers = (code: string, guideline: string | null = null): Reason => ({ code, text: text(code), guideline, authority: 'underwriter' });
/** A decision with these blockers and these other reasons. */
const judged = (blockers: ReturnType<typeof blocker>[], others: Reason[] = []): Pick<Quote, 'reasons' | 'gate'> => ({
  gate: { passed: false, passLine: 60, blockers },
  reasons: [...blockers.map(({ code, text: words }): Reason => ({ code, text: words, guideline: null, authority: null })), ...others],
});
const issued = (...approved: Reason[]) =>
  ({
    settled: approved.length === 0 ? null : { outcome: 'approved', reasons: approved },
    quote: { worksheet: { premium: { total: 100 } } },
  }) as unknown as Pick<IssuedQuote, 'settled' | 'quote'>;
/** What stands against a quote at binding, in English. */
const left = (quote: ReturnType<typeof issued>, today: DecidedAgain, unchanged: DecidedAgain | null): string[] => {
  try {
    requireStillOffered(quote, today, unchanged, [text('something')]);
  } catch (error) {
    if (error instanceof Refusal) return error.faults!.map(({ message }) => message.split(' · ')[1]!);
    throw error;
  }
  return [];
};
const decided = (blockers: ReturnType<typeof blocker>[], others: Reason[] = [], premiumMinor = 100): DecidedAgain => ({
  reasons: keyedReasons(judged(blockers, others), []),
  premiumMinor,
});

describe('what stands against a quote at binding', () => {
  it.each([
    ['a blocker that time alone would bring as well', [blocker('old')], [blocker('old')], []],
    ['another finding under the code of one that time brings', [blocker('old'), blocker('new')], [blocker('old')], ['known-exploited new']],
    ['a finding in the place of one that time brings', [blocker('new')], [blocker('old')], ['known-exploited new']],
    ['a blocker of another code on the same finding', [blocker('old', 'open-high')], [blocker('old')], ['open-high old']],
  ])('counts %s', (_, today, byTime, expected) => expect(left(issued(), decided(today), decided(byTime))).toEqual(expected));

  it('tells other reasons apart by code and guideline, and leaves out those that a person has settled', () => {
    const today = decided([blocker('one')], [refers('guideline', 'a'), refers('guideline', 'b'), refers('limit')]);

    expect(left(issued(refers('guideline', 'a')), today, decided([], [refers('limit')]))).toEqual(['known-exploited one', 'guideline']);
    expect(standsAgainst(issued(refers('guideline', 'a')), today.reasons).map(({ key }) => key)).toEqual(['known-exploited|one', 'guideline b', 'limit ']);
  });

  it('counts a worse case of what a person has settled or time brings, as its premium is higher', () => {
    const settled = refers('guideline', 'a');

    expect(left(issued(settled), decided([], [settled], 101), decided([], [settled], 100))).toEqual(['the premium would be higher']);
    expect(left(issued(), decided([blocker('old')], [], 131), decided([blocker('old')], [], 130))).toEqual(['the premium would be higher']);
    expect(left(issued(settled), decided([], [settled], 130), decided([], [settled], 130))).toEqual([]);
  });

  it('knows a blocker that was waived as none, and the next one by its own key', () => {
    const { gate, reasons } = judged([blocker('waived'), blocker('stands')], [refers('limit')]);

    expect(keyedReasons({ gate, reasons: reasons.slice(1) }, ['known-exploited|waived']).map(({ key }) => key)).toEqual(['known-exploited|stands', 'limit ']);
  });

  it('is all of it where the quoted basis can no longer be judged', () =>
    expect(left(issued(), decided([blocker('one')], [], 101), null)).toEqual(['known-exploited one', 'the premium would be higher']));
});

describe('what people did about a weakness since a quote', () => {
  const event = (kind: string, at: string, more: object = {}) => ({ kind, at, ...more }) as unknown as CaseEvent;
  const quotedAt = '2026-11-22T02:00:00Z';
  const later = '2026-11-22T02:00:00.500Z';

  it.each([
    ['assigned to somebody', event('assigned', later), false],
    ['claimed to be fixed', event('fix-claimed', later), false],
    ['asked to be accepted', event('acceptance-requested', later), false],
    ['accepted', event('acceptance-decided', later, { granted: true }), true],
    ['refused to be accepted', event('acceptance-decided', later, { granted: false }), false],
    ['a dispute upheld', event('dispute-decided', later, { upheld: true }), true],
    ['a dispute rejected', event('dispute-decided', later, { upheld: false }), false],
    ['taken back', event('taken-back', later), true],
    ['accepted before', event('acceptance-decided', quotedAt, { granted: true }), false],
  ])('%s', (_, one, counts) => expect(decidedSince([one], quotedAt)).toBe(counts));

  it('is left out of what the quote was made on', () =>
    expect(eventsUntil([event('assigned', quotedAt), event('taken-back', later)], quotedAt).map(({ kind }) => kind)).toEqual(['assigned']));
});

describe('what a firm changed', () => {
  const yuan = { currency: 'CNY', minor: 1 };
  const firm = { name: 'a firm', annualRevenue: yuan, securitySpend: null, assets: [], pastClaims: [] };
  const basis = (answer: object | null) =>
    ({ firm, reports: [], profile: null, answers: { questionnaire: 'q', answers: answer === null ? {} : { mfa: answer } } }) as unknown as AssessedBasis;
  const answer = { value: 'yes', coverage: null, kind: 'self-declared', on: '2026-11-01', until: null, note: '' };
  const questions = new Map([['mfa', text('Is there a second factor?')]]);
  const changed = (before: object | null, now: object | null) => basisChanges(basis(before), basis(now), questions).map(({ en }) => en);

  it('is what an answer says, in the words of the question; not who gave it, its note or a field left empty', () => {
    expect(changed(answer, { ...answer, value: 'no' })).toEqual(['Is there a second factor?']);
    expect(changed(null, answer)).toEqual(['Is there a second factor?']);
    expect(changed(answer, { ...answer, note: 'again', except: '', proof: null, by: { user: 'a', name: 'a', at: '2026-11-02T00:00:00Z' } })).toEqual([]);
  });
});
