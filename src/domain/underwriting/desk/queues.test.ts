import { expect, test } from 'vitest';
import { queueAfterOffer, queueOfRest } from './queues.ts';

test.each([
  ['new', 'quoted', [], 'straight-through'],
  ['new', 'referred', [], 'person'],
  ['new', 'declined', [], 'closed'],
  ['person', 'quoted', ['referred'], 'person'],
  ['information', 'quoted', ['referred'], 'information'],
  ['information', 'referred', ['referred'], 'person'],
  ['offered', 'quoted', ['quoted'], 'offered'],
  ['straight-through', 'quoted', ['quoted'], 'straight-through'],
  ['offered', 'referred', ['quoted'], 'person'],
  ['offered', 'declined', ['quoted'], 'offered'],
  ['closed', 'quoted', ['withdrawn', 'declined'], 'straight-through'],
] as const)('a case in %s with a new offer that is %s beside %j belongs in %s', (queue, outcome, rest, belongs) => {
  expect(queueAfterOffer(queue, outcome, rest)).toBe(belongs);
});

test.each([
  ['person', [], 'closed'],
  ['person', ['referred', 'quoted'], 'person'],
  ['person', ['quoted'], 'offered'],
  ['straight-through', ['quoted'], 'straight-through'],
] as const)('a case in %s whose offers left are %j belongs in %s', (queue, rest, belongs) => {
  expect(queueOfRest(queue, rest)).toBe(belongs);
});
