import { describe, expect, it } from 'vitest';
import type { CaseDecision } from './case-file.ts';
import { agreedSchedule } from './decide.ts';

const item = (percent: number) => ({ item: 'management', percent, reason: 'visited on site' });
const decision = (quote: string, outcome: CaseDecision['outcome'], percent: number | null) =>
  ({
    quote,
    outcome,
    terms: percent === null ? null : { cover: {}, schedule: [item(percent)], contingencies: [], waivers: [] },
  }) as unknown as CaseDecision;

describe('the schedule agreed for a quote', () => {
  const decisions = [decision('q1', 'approved', -5), decision('q2', 'approved', -20), decision('q1', 'approved', -10), decision('q1', 'refused', 15)];

  it('is that of its last approval, whatever was refused later or approved for another quote', () =>
    expect(agreedSchedule({ decisions }, 'q1')).toEqual([item(-10)]));

  it('is empty where the rules alone decided, or nothing was approved', () => {
    expect(agreedSchedule({ decisions: [decision('q1', 'released', null)] }, 'q1')).toEqual([]);
    expect(agreedSchedule({ decisions }, 'q3')).toEqual([]);
  });
});
