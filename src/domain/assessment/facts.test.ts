import { expect, it } from 'vitest';
import { referenceFirm } from '../../../test/tariff.ts';
import { claimsInThreeYears, factTitles, historyFactor, readFact } from './facts.ts';
import { FactId } from './model.ts';
import type { AssessmentParameters } from './parameters.ts';

const numbers = {
  'history.claims-most': 0.15,
  'history.repair-most': 0,
  'history.repair-fast-days': 30,
  'history.repair-slow-days': 180,
  'findings.repair-prior-count': 2,
  'findings.repair-prior-median-days': 90,
} as AssessmentParameters['values'];
const today = '2026-11-22';
const firmWith = (...days: string[]) => ({
  ...referenceFirm,
  pastClaims: days.map((on) => ({ on, peril: 'ransomware', amount: { currency: 'CNY' as const, minor: 1 }, closed: true })),
});

it('counts the claims of the past three years, the first day included', () => {
  expect(claimsInThreeYears(firmWith('2026-01-01', '2023-11-22', '2023-11-21', '2019-05-01'), today)).toBe(2);
});

it('takes nothing from a firm for a claim that is older, neither in the control nor in the dimension', () => {
  const old = firmWith('2023-11-21');

  expect(readFact('claims-free', old, numbers, today)).toBe(1);
  expect(historyFactor(old, today, numbers)).toBe(1);
  expect(readFact('claims-free', firmWith('2024-01-01'), numbers, today)).toBe(0.5);
});

it('is called by a name in every case', () => {
  for (const fact of FactId.options) expect(factTitles[fact].zh).toMatch(/\p{Script=Han}/u);
});
