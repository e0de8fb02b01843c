import { describe, expect, it } from 'vitest';
import { Refusal } from '../basics/index.ts';
import { bindIssuedQuote, bindSubmission, decideSubmission, prolongQuote, supersedeQuote, type IssuedQuote, type Submission } from './submission.ts';

const submission: Submission = {
  assessment: 'assessment_1',
  firm: '示例一',
  insurer: 'org_insurer',
  cover: {
    package: null,
    currency: 'CNY',
    limitMinor: 1,
    retentionMinor: 0,
    lines: [{ coverage: 'incident-response', subLimitMinor: 1, waitingHours: null }],
    from: null,
  },
  state: 'open',
  basis: null,
  quote: null,
  offers: [],
  renews: null,
};
const issued = {
  submission: 's',
  assessment: 'a',
  assessmentVersion: 1,
  applicant: 'org_firm',
  firm: '示例一',
  issuedAt: '2026-11-22T00:00:00Z',
  state: 'quoted',
  policy: null,
  quote: {},
  offer: 1,
  settled: null,
  remarks: [],
} as unknown as IssuedQuote;

const refusalOf = (act: () => unknown): Pick<Refusal, 'kind' | 'code' | 'facts'> | null => {
  try {
    act();
    return null;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { kind: error.kind, code: error.code, facts: error.facts };
  }
};

describe('a submission', () => {
  it('is decided anew as often as it is asked about', () => {
    const declined = decideSubmission(submission, 'quote_1', 'declined');

    const quoted = decideSubmission(declined, 'quote_2', 'quoted');

    expect([quoted.state, quoted.quote]).toEqual(['quoted', 'quote_2']);
  });

  it('is bound only when its latest decision is a quote, and only once', () => {
    const referred = decideSubmission(submission, 'quote_1', 'referred');
    const bound = bindSubmission(decideSubmission(submission, 'quote_1', 'quoted'));

    expect(refusalOf(() => bindSubmission(referred))?.code).toBe('move-not-allowed');
    expect(refusalOf(() => bindSubmission(bound))?.code).toBe('another-offer-bound');
    expect(refusalOf(() => decideSubmission(bound, 'quote_2', 'quoted'))?.code).toBe('move-not-allowed');
  });
});

describe('a quote on record', () => {
  it('is withdrawn by a newer decision while it is open, and stays as it ended otherwise', () => {
    const states = (['quoted', 'referred', 'declined', 'bound', 'expired'] as const).map((state) => supersedeQuote({ ...issued, state }).state);

    expect(states).toEqual(['withdrawn', 'withdrawn', 'declined', 'bound', 'expired']);
  });

  it('names its policy to whoever comes second', () => {
    const bound = bindIssuedQuote(issued, 'policy_1');

    expect(refusalOf(() => bindIssuedQuote(bound, 'policy_2'))).toEqual({ kind: 'conflict', code: 'already-bound', facts: { policy: 'policy_1' } });
  });

  it('cannot be bound after it was withdrawn', () => {
    expect(refusalOf(() => bindIssuedQuote(supersedeQuote(issued), 'policy_1'))?.code).toBe('move-not-allowed');
  });
});

describe('a quote that is prolonged', () => {
  const standing = { ...issued, quote: { validUntil: '2026-12-22T00:00:00Z' } } as IssuedQuote;
  const prolonged = (at: string) => prolongQuote(standing, 10, { longestDays: 60, name: '核保人', at, reason: '等待董事会' });

  it('runs on from its last day while it stands', () => {
    expect(prolonged('2026-12-21T00:00:00Z').quote.validUntil).toBe('2027-01-01T00:00:00Z');
  });

  it('must not have run out, also before the day’s end of offers was carried out', () => {
    expect(refusalOf(() => prolonged('2026-12-22T00:00:01Z'))).toEqual({ kind: 'rule', code: 'quote-ended', facts: { state: 'expired' } });
  });
});
