import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { content, firm, outlook } from './assessment-world.ts';
import { assess, changeInTenths, compareAssessments, type Answers, type Assessment, type Compared } from '../../src/domain/assessment/index.ts';

const rules = content.assessmentBasis;
const questions = [...rules.questionnaire.byId.keys()];
const answered = (count: number, value: 'yes' | 'no'): Answers => ({
  questionnaire: rules.questionnaire.questionnaire.id,
  answers: Object.fromEntries(
    questions.slice(0, count).map((id) => [id, { value, coverage: null, kind: 'self-declared' as const, on: '2026-07-01', until: null, note: '' }]),
  ),
});
const scored = (answers: Answers, now: string): Assessment => assess({ firm, answers, findings: [], accepted: new Set(), scans: [], outlook, now }, rules);
const side = (answers: Answers, now: string): Compared => ({ version: 1, result: scored(answers, now), answers, tracked: [], premium: null });

describe('the causes of a change', () => {
  const some = fc.record({ count: fc.integer({ min: 0, max: questions.length }), value: fc.constantFrom('yes' as const, 'no' as const) });
  const days = fc.integer({ min: 0, max: 900 });
  const at = (day: number): string => new Date(Date.parse('2026-07-01T08:00:00+08:00') + day * 86_400_000).toISOString();

  it('add up to the change, of the score and of each dimension, whatever changed', () => {
    fc.assert(
      fc.property(some, some, days, days, (one, other, first, more) => {
        const [then, now] = [answered(one.count, one.value), answered(other.count, other.value)];
        const [before, after] = [side(then, at(first)), side(now, at(first + more))];
        const rescored = { before: before.result, beforeAged: scored(then, at(first + more)), after: after.result };
        const { causes, dimensions } = compareAssessments(before, after, rescored, rules, 0);

        expect(causes.firm + causes.rules + causes.time).toBeCloseTo(after.result.score - before.result.score, 9);
        expect(causes.rules).toBeCloseTo(0, 12);
        for (const part of dimensions) expect(part.firm + part.rules + part.time).toBeCloseTo(part.after - part.before, 9);
      }),
      { numRuns: 60, seed: 20261128 },
    );
  });

  it('add up as they are printed, to the difference of the printed scores', () => {
    expect(changeInTenths(60.87, 47.39, { firm: -7.84, rules: -5.64, time: 0 })).toEqual({ change: -135, firm: -79, rules: -56, time: 0 });
  });

  it('name rules that changed and never the hashes of evidence', () => {
    const [before, after] = [side(answered(3, 'yes'), at(0)), side(answered(9, 'yes'), at(1))];
    const result = { ...after.result, profile: 'another', versions: { ...after.result.versions, outlook: 'newer' } };
    const rescored = { before: before.result, beforeAged: before.result, after: result };

    expect(compareAssessments(before, { ...after, result }, rescored, rules, 0).rules.map(({ title }) => title)).toEqual(['profile', 'outlook']);
  });

  it('are none between a date and itself', () => {
    const one = side(answered(30, 'yes'), at(10));
    const compared = compareAssessments(one, one, { before: one.result, beforeAged: one.result, after: one.result }, rules, 0);

    expect(compared).toMatchObject({
      causes: { firm: 0, rules: 0, time: 0 },
      findings: [],
      answers: [],
      expired: [],
      gate: { gone: [], added: [] },
      rules: [],
    });
  });
});
