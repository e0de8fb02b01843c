import { describe, expect, it } from 'vitest';
import { judgeEpss, judgeKev, type EpssScores, type KevCatalogue } from './index.ts';

const kev = (date: string | null, ...cves: string[]): KevCatalogue => ({
  version: date,
  date,
  entries: new Map(cves.map((cve) => [cve, { cve, listedOn: '2026-01-01', knownRansomware: false }])),
});
const many = Array.from({ length: 100 }, (_, i) => `CVE-2024-${1000 + i}`);
const epss = (model: string | null, date: string, score: (i: number) => number, count = 100): EpssScores => ({
  model,
  date,
  scores: new Map(many.slice(0, count).map((cve, i) => [cve, score(i)])),
});

describe('a new catalogue', () => {
  it.each([
    ['is the first', null, kev('2026-01-01', ...many), 'take'],
    ['brings the same', kev('2026-01-01', ...many), kev('2026-01-02', ...many), 'same'],
    ['lists one more', kev('2026-01-01', ...many.slice(1)), kev('2026-01-02', ...many), 'take'],
    ['takes one back', kev('2026-01-01', ...many), kev('2026-01-02', ...many.slice(1)), 'take'],
  ])('that %s', (_, inForce, next, verdict) => {
    expect(judgeKev(inForce, next)).toBe(verdict);
  });

  it.each([
    ['lost a fifth of its entries', kev('2026-01-02', ...many.slice(20)), 'feed-shrunk'],
    ['is older', kev('2025-12-31', ...many), 'feed-older'],
  ])('that %s is refused', (_, next, code) => {
    expect(() => judgeKev(kev('2026-01-01', ...many), next)).toThrow(expect.objectContaining({ code }));
  });
});

describe('new scores', () => {
  const before = epss('v1', '2026-01-01', () => 0.1);

  it.each([
    ['of the same model', epss('v1', '2026-01-02', (i) => (i === 0 ? 0.9 : 0.1)), 'take'],
    ['without any change', epss('v1', '2026-01-02', () => 0.1), 'same'],
    ['of a model with another name, however alike', epss('v2', '2026-01-02', () => 0.1), 'hold'],
    ['that do not name their model and moved all at once', epss(null, '2026-01-02', () => 0.3), 'hold'],
    ['that do not name their model and moved here and there', epss(null, '2026-01-02', (i) => (i < 30 ? 0.3 : 0.1)), 'take'],
  ])('%s: %s', (_, next, verdict) => {
    expect(judgeEpss(before, next)).toBe(verdict);
  });

  it('that lost many entries are refused', () => {
    expect(() =>
      judgeEpss(
        before,
        epss('v1', '2026-01-02', () => 0.1, 80),
      ),
    ).toThrow(expect.objectContaining({ code: 'feed-shrunk' }));
  });
});
