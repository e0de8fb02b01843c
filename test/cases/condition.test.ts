import { expect, test } from 'vitest';
import { firm } from './assessment-world.ts';
import { holds, isPut, putBy } from '../../src/domain/assessment/condition.ts';
import { Condition, type Answer } from '../../src/domain/assessment/model.ts';

const said = (value: Answer['value']): Answer => ({ value, coverage: null, kind: 'self-declared', on: '2026-11-01', until: null, note: '' });
const known = { firm: { ...firm, sellsOnline: true, operatesIndustrialControl: false }, answers: { a: said('yes'), b: said('no'), c: said('unknown') } };
const yes = { answer: 'a', is: ['yes', 'partly'] } as const;
const no = { answer: 'b', is: ['yes'] } as const;
const open = { answer: 'c', is: ['yes'] } as const;

test.each([
  [{ fact: 'sellsOnline' }, 'yes'],
  [{ fact: 'operatesIndustrialControl' }, 'no'],
  [yes, 'yes'],
  [no, 'no'],
  [open, 'open'],
  [{ answer: 'never-answered', is: ['no'] }, 'open'],
  [{ answer: 'c', is: ['unknown'] }, 'yes'],
  [{ all: [yes, no, open] }, 'no'],
  [{ all: [yes, open] }, 'open'],
  [{ any: [no, open, yes] }, 'yes'],
  [{ any: [no, open] }, 'open'],
  [{ not: no }, 'yes'],
  [{ not: open }, 'open'],
  [{ not: { any: [no, { fact: 'operatesIndustrialControl' }] } }, 'yes'],
] as [Condition, string][])('%j is %s', (condition, result) => {
  expect(holds(Condition.parse(condition), known)).toBe(result);
});

test('a condition names every question that it reads', () => {
  expect(putBy({ onlyIf: { all: [yes, { not: { any: [no, { fact: 'sellsOnline' }] } }] } })).toEqual(['a', 'b']);
});

test('a question without a condition is put to all, and a bare fact is a condition', () => {
  expect(isPut({ onlyIf: null }, known)).toBe('yes');
  expect(isPut({ onlyIf: 'operatesIndustrialControl' }, known)).toBe('no');
});
