import { describe, expect, test } from 'vitest';
import type { Finding } from './finding.ts';
import { recogniseSignals } from './signals.ts';

const finding = (part: Partial<Finding>, asset: Partial<Finding['asset']> = {}): Finding => ({
  ...{
    id: 'finding_00000000000000000000',
    format: 'grype-json',
    tool: 'grype',
    checkId: 'check',
    title: 'a title',
    cves: ['CVE-2024-0001'],
    cwes: [],
    cvss: null,
  },
  ...{ severity: 'high', toolSeverity: 'High', firstSeen: null, lastSeen: null, evidence: '', remedy: '', suppressed: false },
  ...part,
  asset: { kind: 'package', name: 'openssl', host: null, port: null, service: 'deb', version: '1.1.1', ...asset },
});
const signalsOf = (...made: Parameters<typeof finding>): string[] => recogniseSignals(finding(...made), 'internet').map(({ id }) => id);

/** What vulnerabilities of components are called, and the signal that the same words show on what the firm runs itself. */
const wordings: readonly [Partial<Finding>, string][] = [
  [{ title: 'private key disclosed to a local attacker' }, 'leaked-secret'],
  [{ cwes: [798] }, 'leaked-secret'],
  [{ title: 'SQL injection in ORDER BY' }, 'injection'],
  [{ cwes: [94] }, 'injection'],
  [{ title: 'openssl: SWEET32 against 3DES' }, 'weak-transport'],
  [{ title: 'certificate of an expired chain is accepted' }, 'bad-certificate'],
  [{ title: 'default password in sample' }, 'default-credentials'],
  [{ title: 'grafana: cross-site scripting' }, 'exposed-admin'],
];

describe('a vulnerability in a published component', () => {
  test.each(wordings)('%j is not held against what the firm itself does', (part, signal) => {
    expect(signalsOf(part)).toEqual(['vulnerable-component', 'overdue-patch']);
    for (const kind of ['file', 'image', 'resource'] as const) expect(signalsOf(part, { kind })).not.toContain(signal);
    expect(signalsOf(part, { kind: 'host' })).toContain(signal);
  });

  test('still shows software past its end of life', () => {
    expect(signalsOf({ title: 'unsupported version of PHP', cves: [] })).toEqual(['end-of-life-software']);
  });
});

test('a secret found in the firm’s own code has no CVE and is recognised', () => {
  expect(signalsOf({ title: 'AWS access key', cves: [] }, { kind: 'file', name: 'deploy.sh' })).toEqual(['leaked-secret']);
});
