import { expect, it } from 'vitest';
import type { Assessment } from '../assessment/index.ts';
import type { Catalogue, Coverage, RequestedCover } from '../catalogue/index.ts';
import { gateForCover, insures } from './cover-gate.ts';

const coverage = (id: string, peril: 'ransomware' | 'data-breach') => [id, { id, shares: [{ peril, share: 0.5 }] } as unknown as Coverage] as const;
const catalogue = {
  version: 'x',
  coverages: new Map([coverage('business-interruption', 'ransomware'), coverage('data-breach-liability', 'data-breach')]),
  packages: new Map(),
} as Catalogue;
const coverOf = (id: string): RequestedCover => ({
  package: null,
  currency: 'CNY',
  limitMinor: 100,
  retentionMinor: 0,
  lines: [{ coverage: id, subLimitMinor: 100, waitingHours: null }],
  from: null,
});
const assessed = (value: string) =>
  ({ gate: { passed: true, passLine: 60, blockers: [] }, indicators: [{ control: 'backupsOfflineOrImmutable', value }] }) as unknown as Assessment;

it('shuts when the cover answers to ransomware and there is no offline backup', () => {
  const gate = gateForCover(assessed('no'), coverOf('business-interruption'), catalogue);

  expect(gate).toMatchObject({ passed: false, blockers: [{ code: 'no-offline-backup', control: 'backupsOfflineOrImmutable' }] });
});

it.each(['yes', 'partly', 'unknown', 'not-applicable'])('stays open when the backup is answered with %s: not knowing is not a no', (value) => {
  expect(gateForCover(assessed(value), coverOf('business-interruption'), catalogue).passed).toBe(true);
});

it('asks nothing of a cover that does not answer to ransomware', () => {
  expect(insures(coverOf('data-breach-liability'), 'ransomware', catalogue)).toBe(false);
  expect(gateForCover(assessed('no'), coverOf('data-breach-liability'), catalogue).passed).toBe(true);
});
