import { describe, expect, test } from 'vitest';
import { scanOf } from './index.ts';

const report = { format: 'nessus', assets: ['www.example.com'], scannedFrom: null, scannedTo: null };
const uploaded = '2026-11-22T10:00:00+08:00';

describe('the date of a scan', () => {
  test('is that of its end, else of its start', () => {
    expect(scanOf({ ...report, scannedFrom: '2026-11-01T00:00:00Z', scannedTo: '2026-11-02T00:00:00Z' }, uploaded).at).toBe('2026-11-02T00:00:00Z');
    expect(scanOf({ ...report, scannedFrom: '2026-11-01T00:00:00Z' }, uploaded)).not.toHaveProperty('dateAssumed');
  });

  test('is that of its upload where it states none, and is marked', () => {
    expect(scanOf(report, uploaded)).toMatchObject({ at: uploaded, dateAssumed: true });
  });
});
