import type { Circumstances, Vocabulary } from './circumstances.ts';

const counts = { critical: 0, high: 0, medium: 0, low: 0, info: 0 };
const money = { currency: 'CNY', minor: 100 } as const;

/** A case with every name that a condition may use, on which guidelines are tried when they are loaded. */
export const sampleCase = ({ controls, questions }: Vocabulary): Circumstances => ({
  firm: {
    name: '示例有限公司',
    creditCode: '',
    industry: 'services',
    gbt4754: '',
    employees: 10,
    annualRevenue: money,
    personalRecords: 0,
    sellsOnline: false,
    operatesIndustrialControl: false,
    sellsTechnologyServices: false,
    makesDigitalProducts: false,
    criticalInfrastructure: false,
    securitySpend: money,
    assets: [{ name: 'example.com', exposure: 'internet' }],
    pastClaims: [{ on: '2026-01-01', peril: 'ransomware', amount: money, closed: true }],
    repairs: { closed: 0, openDays: 0 },
    claimsInThreeYears: 1,
    publicInternal: 0,
  },
  cover: {
    package: '',
    currency: 'CNY',
    limitMinor: 100,
    retentionMinor: 0,
    lines: [{ coverage: 'incident-response', subLimitMinor: 100, waitingHours: null }],
    from: null,
    coverages: ['incident-response'],
    insuresRansomware: false,
  },
  assessment: {
    score: 50,
    low: 40,
    confidence: 0.5,
    grade: 'C',
    gatePassed: true,
    blockers: ['below-pass-line'],
    counts,
    scanned: 1,
    contradictions: 0,
    conditions: ['end-of-life-software'],
    suppressed: 0,
    outOfScope: 0,
    blockingOutOfScope: 0,
    severeWithdrawn: 0,
  },
  premium: { total: 100, exVat: 100, rateOnLine: 0.01, minimumApplied: false, clamped: ['ransomware'] },
  controls: Object.fromEntries(controls.map((id) => [id, 'unknown' as const])),
  shares: Object.fromEntries(controls.map((id) => [id, 0])),
  answers: Object.fromEntries(questions.map((id) => [id, 'unknown' as const])),
});
