import { describe, expect, it } from 'vitest';
import type { Circumstances } from './circumstances.ts';
import { askGuidelines, buildGuidelines, type Guidelines } from './guidelines.ts';
import { sampleCase } from './sample-case.ts';

const vocabulary = { controls: ['backupsOfflineOrImmutable'], questions: ['noOpenIncident'] };
const guideline = (when: string, more: object = {}) => ({
  path: 'content/guidelines/a-rule.yaml',
  data: {
    id: 'a-rule',
    title: { zh: '规则', en: 'rule' },
    effect: 'refer',
    when,
    reason: { zh: '理由', en: 'reason' },
    authority: 'underwriter',
    source: 'test',
    effectiveFrom: '2026-01-01',
    ...more,
  },
});
const ask = (guidelines: Guidelines, circumstances: Circumstances, today = '2026-11-22') => askGuidelines(guidelines, circumstances, today);
const problemsOf = (when: string, more?: object): string[] =>
  buildGuidelines([guideline(when, more)], vocabulary).problems.map(({ at, message }) => `${at}: ${message}`);

describe('a guideline', () => {
  it('is accepted when every name is known and the condition is true or false', () => {
    expect(problemsOf('firm.employees > 500 && controls.backupsOfflineOrImmutable == "no"')).toEqual([]);
    expect(problemsOf('firm.pastClaims.exists(claim, claim.amount.minor > 100) || size(premium.clamped) > 0')).toEqual([]);
  });

  it.each([
    ['firm.employes > 500', 'nothing is called `firm.employes`'],
    ['false && controls.typo == "no"', 'nothing is called `controls.typo`'],
    ['true || answers.typo == "no"', 'nothing is called `answers.typo`'],
    ['size(firm.pastClames) > 1', 'nothing is called `firm.pastClames`'],
    ['firm.employees', 'the condition gives neither true nor false'],
  ])('`%s` is a problem of its file', (when, message) => {
    expect(problemsOf(when)).toEqual([`when: ${message}`]);
  });

  it('that does not parse, or mixes its kinds, is a problem of its file', () => {
    expect(problemsOf('firm.employees >')).toHaveLength(1);
    expect(problemsOf('firm.employees > "many"')).toHaveLength(1);
    expect(problemsOf('true', { effect: 'decline' })).toEqual(['authority: a referral needs an authority, a decline has none']);
  });

  it('that fails on a case refers it to a person and is never taken for a no', () => {
    const guidelines = buildGuidelines([guideline('firm.assets[0].exposure == "internet"')], vocabulary).value!;
    const sample = sampleCase(vocabulary);

    expect(ask(guidelines, sample).refer.map(({ code }) => code)).toEqual(['a-rule']);
    expect(ask(guidelines, { ...sample, firm: { ...sample.firm, assets: [] } }).refer).toEqual([
      expect.objectContaining({ code: 'guideline-failed', guideline: 'a-rule', authority: 'underwriter' }),
    ]);
  });

  it('is not asked before its first day', () => {
    const guidelines = buildGuidelines([guideline('true')], vocabulary).value!;

    expect(ask(guidelines, sampleCase(vocabulary), '2025-12-31').refer).toEqual([]);
    expect(ask(guidelines, sampleCase(vocabulary), '2026-01-01').refer).toHaveLength(1);
  });

  it('can ask whether something was stated, and is not decided by a number that nobody stated', () => {
    const unstated = { ...sampleCase(vocabulary), firm: { ...sampleCase(vocabulary).firm, securitySpend: null, repairs: null } };
    const codes = (when: string): string[] => ask(buildGuidelines([guideline(when)], vocabulary).value!, unstated).refer.map(({ code }) => code);

    expect(codes('firm.securitySpend == null')).toEqual(['a-rule']);
    expect(codes('firm.securitySpend != null && firm.securitySpend.minor < 100')).toEqual([]);
    expect(codes('firm.securitySpend.minor < 100')).toEqual(['guideline-failed']);
    expect(codes('firm.repairs.closed == 0')).toEqual(['guideline-failed']);
  });
});
