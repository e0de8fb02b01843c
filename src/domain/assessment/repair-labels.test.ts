import { describe, expect, it } from 'vitest';
import type { RepairLabel } from './model.ts';
import { labelledBy, type LabelledRepair } from './repair-labels.ts';

const finding = (id: string, label: RepairLabel) => ({ id, label });
const repair = (label: RepairLabel, closes: string[]): LabelledRepair => ({ finding: closes[0]!, closes, label });

describe('the label of a finding', () => {
  it('is that of the repair that closes it', () => {
    const labelled = labelledBy([finding('a', 'affects-premium'), finding('b', 'advice')], [repair('advice', ['a']), repair('affects-premium', ['c', 'b'])]);

    expect(labelled.map(({ label }) => label)).toEqual(['advice', 'affects-premium']);
  });

  it('says nothing of the premium while that is unknown', () => {
    expect(labelledBy([finding('a', 'affects-premium'), finding('b', 'must-fix')], []).map(({ label }) => label)).toEqual(['advice', 'must-fix']);
  });
});
