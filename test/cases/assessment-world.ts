import fc from 'fast-check';
import { fileURLToPath } from 'node:url';
import { assess, type Answer, type Answers, type Assessment, type AssessmentInput, type Finding, type Scan } from '../../src/domain/assessment/index.ts';
import { putBy } from '../../src/domain/assessment/condition.ts';
import type { FirmProfile } from '../../src/domain/parties/index.ts';
import { dayOf } from '../../src/domain/basics/index.ts';
import { preparePremium } from '../../src/domain/rating/index.ts';
import type { ThreatOutlook } from '../../src/domain/threats/index.ts';
import { loadContent } from '../../src/io/content/index.ts';

/** The insurer's own paper, as it is sold: laws that hold only for invented rules would prove little. */
export const content = loadContent({ contentDir: fileURLToPath(new URL('../../content', import.meta.url)), feedDirs: [] });
export const cover = content.catalogue.packages.get('sme-enhanced')!.cover;
export const now = '2026-11-22T10:00:00+08:00';

const questions = [...content.assessmentBasis.questionnaire.byId.keys()];
const yuan = (amount: number) => ({ currency: 'CNY' as const, minor: amount * 100 });

export const firm: FirmProfile = {
  name: '示例试验有限公司',
  creditCode: null,
  industry: 'services',
  gbt4754: null,
  employees: 120,
  annualRevenue: yuan(50_000_000),
  personalRecords: 20_000,
  sellsOnline: true,
  operatesIndustrialControl: false,
  sellsTechnologyServices: true,
  makesDigitalProducts: false,
  criticalInfrastructure: false,
  securitySpend: yuan(200_000),
  assets: [
    { name: 'example.com', exposure: 'internet' },
    { name: '10.0.0.0/8', exposure: 'internal' },
    { name: '192.0.2.0/25', exposure: 'partner' },
  ],
  pastClaims: [],
  repairs: { closed: 6, openDays: 400 },
};

const cves = ['CVE-2019-0708', 'CVE-2021-44228', 'CVE-2023-48795', 'CVE-2018-15473', 'CVE-2024-0727'];

/** Threats in which each CVE plays another part. */
export const outlook: ThreatOutlook = {
  version: 'invented',
  sources: [],
  of: (cve) => ({
    knownExploited: cve === 'CVE-2019-0708' || cve === 'CVE-2021-44228',
    knownRansomware: cve === 'CVE-2021-44228',
    listedOn: null,
    epss: cve === 'CVE-2024-0727' ? null : (cves.indexOf(cve) + 1) / 20,
  }),
};

const host = fc.constantFrom('www.example.com', 'vpn.example.com', '10.1.2.3', '10.1.2.4', '192.0.2.9', 'elsewhere.example.net');
const title = fc.constantFrom(
  'Open port',
  'PHP Unsupported Version Detection',
  'Grafana Login Panel - Detect',
  'TLS Version 1.0 Protocol Detection',
  'Default credentials accepted',
  'SQL Injection',
  'Something small',
);
const port = fc.constantFrom(null, 22, 23, 443, 445, 3306, 3389);

/** Findings of every kind that the rules tell apart, in scope and out of it. */
export const finding: fc.Arbitrary<Finding> = fc
  .record({
    host,
    title,
    port,
    severity: fc.constantFrom('critical', 'high', 'medium', 'low', 'info'),
    score: fc.option(fc.integer({ min: 0, max: 100 })),
    cves: fc.subarray(cves, { maxLength: 2 }),
    suppressed: fc.nat({ max: 9 }).map((n) => n === 0),
    number: fc.nat(),
  })
  .map(({ host: name, number, score, ...rest }) => ({
    id: `finding_${number.toString(16).padStart(20, '0')}`,
    format: 'nessus',
    tool: 'invented',
    checkId: String(number % 7),
    cwes: [],
    cvss: score === null ? null : { version: '3.1', vector: null, score: score / 10 },
    toolSeverity: '',
    asset: { kind: 'host', name, host: name, port: rest.port, service: null, version: null },
    firstSeen: null,
    lastSeen: null,
    evidence: '',
    remedy: '',
    title: rest.title,
    severity: rest.severity,
    cves: rest.cves,
    suppressed: rest.suppressed,
  }));

export const findings = fc.uniqueArray(finding, { maxLength: 12, selector: ({ id }) => id });

const day = fc.constantFrom('2026-11-20', '2026-08-01', '2026-02-01', '2025-01-01');

export const answer: fc.Arbitrary<Answer> = fc.record({
  value: fc.constantFrom('yes', 'no', 'partly', 'unknown', 'not-applicable'),
  coverage: fc.double({ min: 0, max: 1, noNaN: true }),
  kind: fc.constantFrom('self-declared', 'document', 'telemetry', 'verified'),
  on: day,
  until: fc.constantFrom(null, '2027-06-30'),
  note: fc.constant(''),
});

export const answers: fc.Arbitrary<Answers> = fc
  .array(fc.option(answer, { freq: 4 }), { minLength: questions.length, maxLength: questions.length })
  .map((list) => ({ questionnaire: 'standard-2026', answers: Object.fromEntries(questions.flatMap((id, i) => (list[i] === null ? [] : [[id, list[i]!]]))) }));

const reading = new Set([...content.assessmentBasis.questionnaire.byId.values()].flatMap(putBy));

/** A question that stands for itself. One that others hang on says what the firm has, which is neither good nor bad: see `branching.test.ts`. */
export const question = fc.constantFrom(...questions.filter((id) => !reading.has(id)));

export const scan: fc.Arbitrary<Scan> = fc.record({
  format: fc.constantFrom('nmap', 'nessus', 'openvas', 'zap', 'trivy'),
  at: fc.constantFrom('2026-11-20T08:00:00Z', '2026-09-15T08:00:00Z', '2026-01-01T08:00:00Z'),
  assets: fc.subarray(['www.example.com', '10.1.2.3', '192.0.2.9']),
});

export const input: fc.Arbitrary<AssessmentInput> = fc.record({
  firm: fc.constant(firm),
  answers,
  findings,
  scans: fc.array(scan, { maxLength: 3 }),
  outlook: fc.constant(outlook),
  now: fc.constant(now),
});

const premium = preparePremium({ firm, cover, on: dayOf(now) }, content);

/** Score, premium and gate of an input under the real rules. */
export function standingOf(one: AssessmentInput): { assessment: Assessment; score: number; premium: number } {
  const assessment = assess(one, content.assessmentBasis);
  return { assessment, score: assessment.score, premium: premium(assessment.security).total };
}
