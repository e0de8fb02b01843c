import { describe, expect, it } from 'vitest';
import type { Answer, Finding } from '../../src/domain/assessment/index.ts';
import type { FirmProfile } from '../../src/domain/parties/index.ts';
import { indicateQuote } from '../../src/domain/underwriting/index.ts';
import { content, cover, firm, now, outlook } from './assessment-world.ts';

/** What a firm does not state of its business, its assets and its controls opens no way past a person that stating it would not. */
const yes: Answer = { value: 'yes', coverage: null, kind: 'verified', on: '2026-11-22', until: null, note: '' };
const answers = Object.fromEntries(content.guidelines.vocabulary.questions.map((id) => [id, yes]));
const seen = { format: 'nmap', at: '2026-11-20T08:00:00Z', assets: ['www.example.com', '10.1.2.3', '192.0.2.9'] };
const application = { firm, findings: [], scans: [seen], outlook, now, answers: { questionnaire: 'standard-2026', answers }, cover };

function decisionOn(facts: Partial<FirmProfile>, given: { findings?: Finding[]; answers?: Record<string, Answer> } = {}) {
  const more = { questionnaire: 'standard-2026', answers: { ...answers, ...given.answers } };
  const { outcome, reasons } = indicateQuote({ ...application, findings: given.findings ?? [], answers: more, firm: { ...firm, ...facts } }, content);
  return [outcome, ...reasons.map(({ code }) => code)];
}

it('the firm of these cases would be quoted', () => expect(decisionOn({})).toEqual(['quoted']));

describe('a class outside the appetite', () => {
  it('is declined where it is stated', () => expect(decisionOn({ industry: 'finance', gbt4754: 'J6940' })).toEqual(['declined', 'outside-appetite']));

  it.each([
    ['finance', null],
    ['information', null],
    ['finance', 'J'],
    ['retail', 'J69'],
  ] as const)('that may hide behind %s and %s is asked for', (industry, gbt4754) =>
    expect(decisionOn({ industry, gbt4754 })).toEqual(['referred', 'industry-class-needed']),
  );

  it.each([
    ['services', null],
    ['finance', 'J6621'],
    ['information', 'I6513'],
    ['information', 'I65'],
  ] as const)('does not hide behind %s and %s', (industry, gbt4754) => expect(decisionOn({ industry, gbt4754 })).toEqual(['quoted']));
});

const findingAt = (host: string, more: Partial<Finding> = {}): Finding => ({
  ...{
    id: 'finding_1',
    format: 'nessus',
    tool: 'invented',
    checkId: '1',
    title: 'A flaw',
    severity: 'critical',
    toolSeverity: '',
    cves: [],
    cwes: [],
    cvss: null,
  },
  asset: { kind: 'host', name: host, host, port: null, service: null, version: null },
  ...{ suppressed: false, firstSeen: null, lastSeen: null, evidence: '', remedy: '' },
  ...more,
});

const openPort = (port: number): Partial<Finding> => ({
  ...{ severity: 'info', title: `Open port ${port}/tcp` },
  asset: { kind: 'host', name: 'elsewhere.example.net', host: 'elsewhere.example.net', port, service: null, version: null },
});

describe('a repair that only the firm’s claim speaks for', () => {
  const claiming = (...claimed: Finding[]) => indicateQuote({ ...application, claimed }, content);

  it('refers where the gate rests on it, and names it', () => {
    const { outcome, reasons, score } = claiming(findingAt('www.example.com'));

    expect([outcome, score]).toEqual(['referred', indicateQuote(application, content).score]);
    expect(reasons).toMatchObject([
      { code: 'fixed-on-claim', authority: 'underwriter', text: { zh: expect.stringContaining('A flaw'), en: expect.stringContaining('A flaw') } },
    ]);
  });

  it('refers nothing where the gate would open all the same', () => expect(claiming(findingAt('www.example.com', { severity: 'low' })).outcome).toBe('quoted'));
});

describe('assets', () => {
  it('of which none is declared are asked for', () => expect(decisionOn({ assets: [] })).toEqual(['referred', 'missing-assets']));

  it.each([
    ['severe', {}],
    ['high', { severity: 'high' }],
    ['severe by CVSS', { severity: 'medium', cvss: { version: '3.1', vector: null, score: 9.8 } }],
    ['known to be exploited', { severity: 'low', cves: ['CVE-2019-0708'] }],
    ['severe and suppressed', { suppressed: true }],
    ['an open file sharing', openPort(445)],
  ] as [string, Partial<Finding>][])('that are not declared refer what was found on them: %s', (_, more) =>
    expect(decisionOn({}, { findings: [findingAt('elsewhere.example.net', more)] })).toEqual(['referred', 'severe-findings-undeclared']),
  );

  it.each([
    ['a remote desktop', openPort(3389)],
    [
      'a remote desktop beside default credentials',
      openPort(3389),
      findingAt('elsewhere.example.net', { id: 'finding_2', severity: 'low', title: 'Default password' }),
    ],
    [
      'a remote desktop beside default credentials that are suppressed',
      openPort(3389),
      findingAt('elsewhere.example.net', { id: 'finding_2', severity: 'low', title: 'Default password', suppressed: true }),
    ],
    ['a database', openPort(3306)],
    ['a web server', openPort(443)],
    ['SSH', openPort(22)],
  ] as [string, Partial<Finding>, ...Finding[]][])(
    'are referred for what is found on one exactly where the gate would shut if it were declared: %s',
    (_, more, ...others) => {
      const findings = [findingAt('elsewhere.example.net', more), ...others];
      const declared = decisionOn({ assets: [...firm.assets, { name: 'elsewhere.example.net', exposure: 'internet' }] }, { findings });

      const open = decisionOn({}, { findings });

      expect(open.includes('severe-findings-undeclared')).toBe(declared[0] === 'declined');
    },
  );

  it.each([
    ['203.0.113.7', 'internal', ['referred', 'public-address-internal']],
    ['8.8.0.0/16', 'internal', ['referred', 'public-address-internal']],
    ['0.0.0.0/0', 'internal', ['referred', 'public-address-internal']],
    ['2001:db8::1', 'internal', ['referred', 'public-address-internal']],
    ['203.0.113.7', 'internet', ['quoted']],
    ['10.9.0.0/16', 'internal', ['quoted']],
    ['fd00::/8', 'internal', ['quoted']],
    ['files.example.com', 'internal', ['quoted']],
  ] as const)('of the internet are not called internal without a person: %s as %s', (name, exposure, decision) =>
    expect(decisionOn({ assets: [...firm.assets, { name, exposure }] })).toEqual(decision),
  );

  it('that are not declared refer nothing for what is small', () =>
    expect(decisionOn({}, { findings: [findingAt('elsewhere.example.net', { severity: 'low' })] })).toEqual(['quoted']));
});

describe('a report that was withdrawn', () => {
  const at = (host: string) => ({ checkId: '1', asset: findingAt(host).asset });
  const withdrawn = {
    ...{ id: 'report_1', name: 'a.xml', hash: 'h', format: 'nmap', findings: 2, scannedAt: '2026-11-20T07:00:00Z', submittedAt: '2026-11-20T09:00:00Z' },
    ...{ submittedBy: 'Wang Ceshi', withdrawnAt: '2026-11-21T00:00:00Z', withdrawnBy: 'Wang Ceshi', severe: 1, sought: [at('www.example.com')] },
  };
  const decided = (more: Partial<typeof withdrawn>) => {
    const { outcome, reasons } = indicateQuote({ ...application, withdrawn: [{ ...withdrawn, ...more }] }, content);
    return [outcome, ...reasons.map(({ code }) => code)];
  };

  it('refers the case when it held what shuts the gate and no later scan looked there', () =>
    expect(decided({ sought: [at('vpn.example.com')] })).toEqual(['referred', 'severe-report-withdrawn']));

  it('refers nothing once a later scan looked there, or when it held nothing grave', () => {
    expect(decided({})).toEqual(['quoted']);
    expect(decided({ severe: 0, sought: [] })).toEqual(['quoted']);
  });
});

describe('a part of a control whose no is declined', () => {
  const part = (coverage: number): Answer => ({ ...yes, value: 'partly', coverage });

  it.each([
    ['backupsOfflineOrImmutable', 'no-offline-backup', 'backup-partly'],
    ['industrialNetworkSeparated', 'industrial-network-open', 'industrial-network-partly'],
  ])('is a no at nothing, referred below half, and else taken: %s', (control, declines, refers) => {
    const question = content.assessmentBasis.questionnaire.byControl.get(control)!.id;
    const at = (coverage: number) => decisionOn({ operatesIndustrialControl: true }, { answers: { [question]: part(coverage) } });

    expect(at(0)).toEqual(['declined', declines]);
    expect(at(0.01)).toEqual(['referred', refers]);
    expect(at(0.49)).toEqual(['referred', refers]);
    expect(at(0.5)).toEqual(['quoted']);
  });
});
