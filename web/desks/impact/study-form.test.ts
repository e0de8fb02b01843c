import { describe, expect, it } from 'vitest';
import { askedOf, emptyDraft, faultsOf, type StudyDraft } from './study-form.ts';

const now = '2026-07-01T20:00:00.000Z';
const draft = (over: Partial<StudyDraft> = {}): StudyDraft => ({ ...emptyDraft('2026-07-02'), question: 'q', ...over });

describe('the form of a new study', () => {
  it('has no fault as it opens, and asks for what is typed', () => {
    expect(faultsOf(draft(), now)).toEqual({});
    expect(askedOf(draft({ followUp: '90', caliper: '0.25', scoreFrom: '40' }), now)).toMatchObject({
      followUpDays: 90,
      control: { caliper: 0.25 },
      cohort: { scoreFrom: 40, scoreUntil: null },
      asOf: now,
    });
    expect(askedOf(draft({ asOf: '2026-07-01' }), now).asOf).toBe('2026-07-01T23:59:59+08:00');
  });

  it.each([
    ['asOf', { asOf: '2026-07-03' }, 'inFuture'],
    ['asOf', { asOf: '' }, 'noDay'],
    ['followUp', { followUp: '-30' }, 'notDays'],
    ['followUp', { followUp: '' }, 'notDays'],
    ['followUp', { followUp: '90.5' }, 'notDays'],
    ['followUp', { followUp: '3661' }, 'notDays'],
    ['caliper', { caliper: '' }, 'notPositive'],
    ['caliper', { caliper: '-1' }, 'notPositive'],
    ['scoreFrom', { scoreFrom: 'abc' }, 'notANumber'],
    ['scoreUntil', { scoreFrom: '80', scoreUntil: '20' }, 'reversedScores'],
    ['startUntil', { startFrom: '2026-02-01', startUntil: '2026-01-01' }, 'reversedDates'],
    ['seed', { seed: 'x' }, 'notASeed'],
  ] as const)('says at %s what is wrong with %j, instead of asking for something else', (field, over, fault) => {
    expect(faultsOf(draft(over), now)).toEqual({ [field]: fault });
  });

  it('asks for no distance where no firms are matched', () => {
    expect(faultsOf(draft({ design: 'paired', caliper: '' }), now)).toEqual({});
  });
});
