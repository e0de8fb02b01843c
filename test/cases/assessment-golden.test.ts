import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { assess, type Answer, type Assessment, type AssessmentInput, type Finding, type Scan } from '../../src/domain/assessment/index.ts';
import { content, firm, now, outlook } from './assessment-world.ts';

/*
 * Twelve firms, from one that does everything and proves it to one that nobody knows anything of, each assessed under six profiles. The table beside this file is what they
 * score; a change of content or method that moves a score is made on purpose: run with GOLDEN=write and read the difference.
 */

const file = fileURLToPath(new URL('./assessment-golden.json', import.meta.url));
const basis = content.assessmentBasis;
const profiles = ['general', 'small-firm', 'large-firm', 'finance', 'healthcare', 'manufacturing'];
const questions = [...basis.questionnaire.byId.keys()];

type Saying = (at: number) => Pick<Answer, 'value' | 'kind' | 'on'> | null;
const said = (value: Answer['value'], kind: Answer['kind'] = 'self-declared', on = '2026-11-20') => ({ value, kind, on });

const answersOf = (saying: Saying): AssessmentInput['answers'] => ({
  questionnaire: basis.questionnaire.questionnaire.id,
  answers: Object.fromEntries(
    questions.flatMap((id, at) => {
      const answer = saying(at);
      // A disclosure is a good answer when it says yes; everybody here discloses that nothing is going on.
      const settled = basis.questionnaire.byId.get(id)!.control === null ? said('yes') : answer;
      return settled === null ? [] : [[id, { ...settled, coverage: settled.value === 'partly' ? 0.5 : null, until: null, note: '' }]];
    }),
  ),
});

const finding = (at: number, severity: Finding['severity'], host: string, cve: string | null, title = `check ${at}`): Finding => ({
  ...{
    id: `finding_${at.toString(16).padStart(20, '0')}`,
    format: 'nessus',
    tool: 'invented',
    checkId: String(at),
    title,
    cwes: [],
    cvss: null,
    severity,
    toolSeverity: '',
  },
  cves: cve === null ? [] : [cve],
  asset: { kind: 'host', name: host, host, port: 443, service: null, version: null },
  ...{ firstSeen: null, lastSeen: null, evidence: '', remedy: '', suppressed: false },
});

const fresh: Scan = { format: 'nessus', at: '2026-11-20T08:00:00Z', assets: ['www.example.com', '10.1.2.3', '192.0.2.9'] };
const half: Scan = { ...fresh, assets: ['www.example.com'] };
const stale: Scan = { ...fresh, at: '2026-01-01T08:00:00Z' };

const firms: Readonly<Record<string, Pick<AssessmentInput, 'answers' | 'findings' | 'scans'>>> = {
  'does everything, verified': { answers: answersOf(() => said('yes', 'verified')), findings: [], scans: [fresh] },
  'does everything, with documents': { answers: answersOf(() => said('yes', 'document')), findings: [], scans: [fresh] },
  'does everything, says so': { answers: answersOf(() => said('yes')), findings: [], scans: [fresh] },
  'does everything, said so last year': { answers: answersOf(() => said('yes', 'self-declared', '2025-11-20')), findings: [], scans: [stale] },
  'does everything, scanned in part': { answers: answersOf(() => said('yes')), findings: [], scans: [half] },
  'does everything, never scanned': { answers: answersOf(() => said('yes')), findings: [], scans: [] },
  'does half of it': { answers: answersOf((at) => said(at % 2 === 0 ? 'yes' : 'no')), findings: [], scans: [fresh] },
  'does all of it in part': { answers: answersOf(() => said('partly')), findings: [], scans: [fresh] },
  'leaves half open': { answers: answersOf((at) => (at % 2 === 0 ? said('yes') : null)), findings: [], scans: [fresh] },
  'does everything, with a listed vulnerability': {
    answers: answersOf(() => said('yes')),
    findings: [finding(1, 'critical', 'www.example.com', 'CVE-2021-44228')],
    scans: [fresh],
  },
  'does nothing, with weaknesses everywhere': {
    answers: answersOf(() => said('no')),
    findings: [
      finding(1, 'critical', 'www.example.com', 'CVE-2021-44228'),
      finding(2, 'high', '10.1.2.3', 'CVE-2024-0727'),
      finding(3, 'medium', '192.0.2.9', null, 'TLS Version 1.0 Protocol Detection'),
    ],
    scans: [fresh],
  },
  'is unknown': { answers: answersOf(() => null), findings: [], scans: [] },
};

/** The basis with one profile, for every industry and size. */
const under = (id: string) => {
  const profile = basis.profiles.profiles.find((one) => one.id === id)!;
  return { ...basis, profiles: { version: id, profiles: [{ ...profile, industries: [], employees: { from: 1, to: null } }] } };
};

const rounded = (value: number): number => Math.round(value * 100) / 100;
const gist = ({ score, low, high, confidence, grade, gate }: Assessment) => ({
  ...{ score: rounded(score), low: rounded(low), high: rounded(high), confidence: rounded(confidence), grade },
  gate: gate.passed ? 'open' : [...new Set(gate.blockers.map(({ code }) => code))].sort().join(' '),
});
type Gist = ReturnType<typeof gist>;

const scored: Readonly<Record<string, Readonly<Record<string, Gist>>>> = Object.fromEntries(
  Object.entries(firms).map(([name, evidence]) => [
    name,
    Object.fromEntries(profiles.map((id) => [id, gist(assess({ firm, outlook, now, ...evidence }, under(id)))])),
  ]),
);
if (process.env['GOLDEN'] === 'write') writeFileSync(file, `${JSON.stringify(scored, null, 1)}\n`);

describe('twelve firms under six profiles', () => {
  it('score what the table says', () => {
    expect(Object.values(scored).flatMap((one) => Object.keys(one))).toHaveLength(72);
    expect(scored).toEqual(JSON.parse(readFileSync(file, 'utf8')));
  });

  const order: readonly (readonly [string, string])[] = [
    ['does everything, verified', 'does everything, with documents'],
    ['does everything, with documents', 'does everything, says so'],
    ['does everything, says so', 'does everything, scanned in part'],
    ['does everything, scanned in part', 'does everything, never scanned'],
    ['does everything, says so', 'does everything, said so last year'],
    ['does everything, says so', 'leaves half open'],
    ['does everything, says so', 'does everything, with a listed vulnerability'],
    ['does half of it', 'does nothing, with weaknesses everywhere'],
    ['is unknown', 'does nothing, with weaknesses everywhere'],
  ];

  it.each(order)('under every profile, a firm that %s scores more than one that %s', (better, worse) => {
    for (const profile of profiles) expect(scored[better]![profile]!.score).toBeGreaterThan(scored[worse]![profile]!.score);
  });

  it('scores an honest no like a question left open, and never better', () => {
    for (const profile of profiles) expect(scored['does half of it']![profile]!.score).toBeLessThanOrEqual(scored['leaves half open']![profile]!.score);
  });

  it('has its score within its band, and the band as wide as what is not known', () => {
    for (const one of Object.values(scored).flatMap((each) => Object.values(each))) expect(one.low <= one.score && one.score <= one.high).toBe(true);
    for (const profile of profiles) {
      const width = (name: string): number => scored[name]![profile]!.high - scored[name]![profile]!.low;
      expect(width('does everything, verified')).toBeLessThan(width('does everything, says so'));
      expect(width('does everything, says so')).toBeLessThan(width('is unknown'));
    }
  });
});
