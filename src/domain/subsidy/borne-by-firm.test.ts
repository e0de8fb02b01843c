import { describe, expect, it } from 'vitest';
import { borneByFirm } from './borne-by-firm.ts';

describe('what the firm bears of a subsidised premium', () => {
  const granted = { premiumMinor: 1_000_000, subsidyMinor: 300_000 };

  it('is what it paid, less what is returned, more what it owes the authority', () => {
    expect(borneByFirm({ ...granted, returnedMinor: 0, backMinor: 0 })).toBe(700_000);
    expect(borneByFirm({ ...granted, returnedMinor: 950_000, backMinor: 300_000 })).toBe(50_000);
    expect(borneByFirm({ ...granted, returnedMinor: 0, backMinor: 300_000 })).toBe(1_000_000);
  });
});
