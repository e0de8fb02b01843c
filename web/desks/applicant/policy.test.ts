import { describe, expect, it } from 'vitest';
import type { PolicyRecord } from '../../api/wire.ts';
import type { Wording } from '../../words.ts';
import { daysLeft, policySentence } from './policy.tsx';

const record = {
  policy: {
    period: { from: '2026-07-01T00:00:00+08:00', to: '2027-07-01T00:00:00+08:00' },
    cover: { currency: 'CNY', limitMinor: 100 },
    cancellation: null,
  },
} as PolicyRecord;

const words = { t: (key: string, facts: object) => `${key} ${JSON.stringify(facts)}`, money: () => 'limit' } as unknown as Wording;
const saidAt = (instant: string): string => policySentence(record, words, Date.parse(instant));

describe('the sentence of a policy', () => {
  it('names the first day as long as the period has not begun', () => {
    expect(saidAt('2026-06-30T23:59:59+08:00')).toBe('policy.sentenceFuture {"date":"2026-07-01","limit":"limit"}');
  });

  it('counts the days of the period from its first moment on', () => {
    expect(saidAt('2026-07-01T00:00:00+08:00')).toContain('"days":365');
  });

  it('counts the last day as one day left', () => {
    expect(daysLeft(record.policy.period.to, Date.parse('2027-06-30T23:59:00+08:00'))).toBe(1);
  });

  it('says until when a cancelled policy insures, and when it never did', () => {
    const cancelled = (cancellation: object, instant: string): string =>
      policySentence({ policy: { ...record.policy, cancellation } } as PolicyRecord, words, Date.parse(instant));
    const ends = { ends: '2026-10-26', borneDays: 117 };

    expect(cancelled(ends, '2026-10-25T23:59:00+08:00')).toBe('cancellation.policySentence {"day":"2026-10-25"}');
    expect(cancelled(ends, '2026-10-26T00:00:00+08:00')).toContain('cancellation.policySentenceOver');
    expect(cancelled({ ends: '2026-07-01', borneDays: 0 }, '2026-06-20T00:00:00+08:00')).toContain('cancellation.policySentenceNever');
  });

  it('says when it has ended', () => {
    expect(saidAt('2027-07-01T00:00:00+08:00')).toContain('policy.sentenceEnded');
  });
});
