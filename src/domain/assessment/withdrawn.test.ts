import { describe, expect, it } from 'vitest';
import type { Finding } from './finding.ts';
import type { Assessment, Scan } from './model.ts';
import { severeAmong, unreplacedReports, type WithdrawnReport } from './withdrawn.ts';

const finding = (id: string, severity: Finding['severity']): Finding => ({ id, severity, cvss: null }) as Finding;

it('takes of a report what shuts the gate and what is grave outside the declared assets', () => {
  const weighed = [
    { finding: 'on-declared', inScope: true, knownExploited: false },
    { finding: 'grave-outside', inScope: false, knownExploited: false },
    { finding: 'exploited-outside', inScope: false, knownExploited: true },
    { finding: 'exposed-outside', inScope: false, knownExploited: false, blocksIfDeclared: true },
    { finding: 'small-outside', inScope: false, knownExploited: false },
  ];
  const assessment = { gate: { blockers: [{ finding: 'on-declared' }, { finding: null }] }, findings: weighed } as Assessment;
  const found = [
    finding('on-declared', 'medium'),
    finding('grave-outside', 'high'),
    finding('exploited-outside', 'low'),
    finding('exposed-outside', 'info'),
    finding('small-outside', 'low'),
    finding('accepted', 'high'),
  ];

  const severe = severeAmong(found, assessment, { 'severity.high-from': 7 } as never);

  expect(severe.map(({ id }) => id)).toEqual(['on-declared', 'grave-outside', 'exploited-outside', 'exposed-outside']);
});

const at = (host: string) => ({ checkId: '1', asset: { kind: 'host' as const, name: host, host, port: null, service: null, version: null } });

describe('a withdrawn report with severe findings', () => {
  const withdrawn: WithdrawnReport = {
    ...{ id: 'report_1', name: 'a.xml', hash: 'h', format: 'nmap', findings: 2, scannedAt: '2026-11-01T00:00:00Z', submittedAt: '2026-11-02T00:00:00Z' },
    ...{
      submittedBy: 'Wang Ceshi',
      withdrawnAt: '2026-11-03T00:00:00Z',
      withdrawnBy: 'Wang Ceshi',
      severe: 2,
      sought: [at('203.0.113.9'), at('203.0.113.10')],
    },
  };
  const scan = (more: Partial<Scan>): Scan => ({ format: 'nmap', at: '2026-11-04T00:00:00Z', assets: ['203.0.113.9', '203.0.113.10'], ...more });
  const unreplaced = (...scans: Scan[]) => unreplacedReports([withdrawn], scans).length;

  it('is replaced by a later scan of the same format that looked at the same places', () => expect(unreplaced(scan({}))).toBe(0));

  it.each([
    ['nothing', []],
    ['another format', [scan({ format: 'nessus' })]],
    ['an earlier scan', [scan({ at: '2026-10-31T00:00:00Z' })]],
    ['a scan of the same moment', [scan({ at: '2026-11-01T08:00:00+08:00' })]],
    ['a scan that did not end', [scan({ incomplete: 'not-finished' })]],
    ['a scan without a date', [scan({ dateAssumed: true })]],
    ['a scan that looked for something else', [scan({ extent: { checks: ['2'] } })]],
    ['a scan of other places', [scan({ assets: ['203.0.113.9'] })]],
  ])('is not replaced by %s', (_, scans) => expect(unreplaced(...scans)).toBe(1));

  it('asks for nothing when it had none', () => expect(unreplacedReports([{ ...withdrawn, severe: 0 }], [])).toEqual([]));
});
