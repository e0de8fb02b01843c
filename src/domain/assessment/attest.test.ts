import { describe, expect, it } from 'vitest';
import { Refusal } from '../basics/index.ts';
import { requireApplicable, requireAttestable } from './attest.ts';
import type { Answers, EvidenceKind } from './model.ts';

const answered = (kind: EvidenceKind): Answers => ({
  questionnaire: 'sample',
  answers: { mfa: { value: 'yes', coverage: null, kind, on: '2026-11-01', until: null, note: '' } },
});
const isRefused = (kind: EvidenceKind, by: 'insured' | 'assessor'): boolean => {
  try {
    requireAttestable(answered(kind), by);
    return false;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return error.code === 'evidence-not-attestable';
  }
};

describe('what an organisation can attest', () => {
  it('is, for a firm, its own word and its documents, never that it was verified or measured', () => {
    const refused = (['self-declared', 'document', 'verified', 'observed', 'telemetry'] as const).map((kind) => isRefused(kind, 'insured'));

    expect(refused).toEqual([false, false, true, true, true]);
  });

  it('is, for an assessor, also what it verified, and still nothing that a machine would have to say', () => {
    const refused = (['verified', 'observed', 'telemetry'] as const).map((kind) => isRefused(kind, 'assessor'));

    expect(refused).toEqual([false, true, true]);
  });
});

describe('“not applicable”', () => {
  const given: Answers = { ...answered('self-declared'), answers: { mfa: { ...answered('self-declared').answers['mfa']!, value: 'not-applicable' } } };
  const taking = (mayNotApply: boolean) => () => requireApplicable(given, new Map([['mfa', { mayNotApply }]]));

  it('is taken only by a question that may not apply', () => {
    expect(taking(true)).not.toThrow();
    expect(taking(false)).toThrow(expect.objectContaining({ code: 'answer-not-taken', facts: { field: 'answers.mfa.value', question: 'mfa' } }));
  });
});
