import { expect, it } from 'vitest';
import { signals } from '../signals.ts';
import { signalRules } from './signal-rules.ts';

it('has the rule of every signal in words, and no other', () => {
  expect(Object.keys(signalRules).sort()).toEqual(signals.map(({ id }) => id).sort());
});
