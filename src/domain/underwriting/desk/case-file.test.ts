import { expect, it } from 'vitest';
import { DecisionTerms, GivenTerms } from './case-file.ts';

const cover = {
  ...{ package: null, currency: 'CNY', limitMinor: 1, retentionMinor: 0, from: null },
  lines: [{ coverage: 'incident-response', subLimitMinor: 1, waitingHours: null }],
};
const termsWith = (reason: string) => ({
  ...{ cover, contingencies: [] },
  schedule: [{ item: 'management', percent: 5, reason }],
  waivers: [{ blocker: 'below-pass-line', warranty: 'backup', subLimitMinor: 1, days: 30, reason }],
});

it.each([
  ['control characters', 'as agreed\u0007 before'],
  ['what turns its direction', 'as agreed \u202e before'],
  ['nothing to see', '\u2800\u2800\u2800'],
])('a reason with %s is refused where it is handed in, and read where it was kept before that rule', (_, reason) => {
  expect(GivenTerms.safeParse(termsWith(reason)).error?.issues.map(({ path }) => path.join('.'))).toEqual(
    expect.arrayContaining(['schedule.0.reason', 'waivers.0.reason']),
  );
  expect(DecisionTerms.safeParse(termsWith(reason)).success).toBe(true);
});
