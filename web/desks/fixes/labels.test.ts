import { describe, expect, it } from 'vitest';
import type { CountedFinding, RepairEffect } from '../../api/wire.ts';
import { labelledBy } from './labels.ts';

const finding = (id: string, label: CountedFinding['label']) => ({ id, label, counts: true }) as CountedFinding;
const repair = (label: RepairEffect['label'], closes: string[]) => ({ id: closes[0], finding: closes[0], closes, label }) as unknown as RepairEffect;

describe('the label of a finding', () => {
  it('is that of the repair that closes it', () => {
    const labelled = labelledBy([finding('a', 'affects-premium'), finding('b', 'advice')], [repair('advice', ['a']), repair('affects-premium', ['c', 'b'])]);

    expect(labelled.map(({ label }) => label)).toEqual(['advice', 'affects-premium']);
  });

  it('says nothing of the premium while that is unknown', () => {
    expect(labelledBy([finding('a', 'affects-premium'), finding('b', 'must-fix')], []).map(({ label }) => label)).toEqual(['advice', 'must-fix']);
  });
});
