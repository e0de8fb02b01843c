import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Answer, AssessmentInput, Finding } from '../../src/domain/assessment/index.ts';
import { creditRepairs, usualCredits, valueRepairs, type CreditSettings, type RepairCredits } from '../../src/domain/underwriting/index.ts';
import { content, cover, finding, firm, input, now, outlook } from './assessment-world.ts';

const quick = { ...usualCredits, orders: 6 };
const creditsOf = (one: AssessmentInput, settings: CreditSettings = { ...quick, exactPlayers: 8 }): RepairCredits =>
  creditRepairs({ ...one, cover }, content, settings);
const sum = (values: readonly number[]): number => values.reduce((total, x) => total + x, 0);

const severe = (cve: string, i: number): Finding => ({
  ...fc.sample(finding, { numRuns: 1, seed: 5 })[0]!,
  id: `finding_${'0'.repeat(19)}${i}`,
  cves: [cve],
  cvss: { version: '3.1', vector: null, score: 9.8 },
  severity: 'critical',
  suppressed: false,
  asset: { kind: 'host', name: 'www.example.com', host: 'www.example.com', port: 443, service: null, version: null },
});

/** A firm that answered every question with no and has three exploited holes: its price sits at the upper bound of several perils. */
const neglected: AssessmentInput = {
  firm,
  findings: ['CVE-2019-0708', 'CVE-2021-44228', 'CVE-2023-48795'].map(severe),
  scans: [],
  outlook,
  now,
  answers: {
    questionnaire: 'standard-2026',
    answers: Object.fromEntries(
      [...content.assessmentBasis.questionnaire.byId.keys()].map((id) => [
        id,
        { value: 'no', coverage: null, kind: 'self-declared', on: '2026-11-20', until: null, note: '' },
      ]),
    ),
  },
};

describe('what repairs are worth together', () => {
  const verified: Answer = { value: 'yes', coverage: null, kind: 'verified', on: '2026-11-20', until: null, note: '' };
  /** Most questions answered well, so that few repairs are open: the law needs no long list. */
  const few = fc.tuple(input, fc.subarray([...content.assessmentBasis.questionnaire.byId.keys()], { maxLength: 10 })).map(([one, open]): AssessmentInput => {
    const answers = Object.fromEntries(
      [...content.assessmentBasis.questionnaire.byId.keys()].map((id) => [
        id,
        open.includes(id) ? (one.answers.answers[id] ?? { ...verified, value: 'unknown' as const }) : verified,
      ]),
    );
    return { ...one, answers: { ...one.answers, answers } };
  });

  it('reconciles to the fen: values and steps both sum to today’s less the best premium', () => {
    fc.assert(
      fc.property(few, (one) => {
        const { todayMinor, bestMinor, credits, steps } = creditsOf(one);
        expect(sum(credits.map(({ shapleyMinor }) => shapleyMinor))).toBe(todayMinor - bestMinor);
        expect(sum(steps.map(({ savedMinor }) => savedMinor))).toBe(todayMinor - bestMinor);
        expect(steps.at(-1)?.premiumMinor ?? todayMinor).toBe(bestMinor);
        for (const { shapleyMinor, aloneMinor, lastMinor } of credits)
          for (const worth of [shapleyMinor, aloneMinor, lastMinor]) expect(worth).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 5, endOnFailure: true },
    );
  });

  it('values a repair alone as the quote does', () => {
    const one = fc.sample(input, { numRuns: 1, seed: 11 })[0]!;
    const alone = new Map(valueRepairs({ ...one, cover }, content).map(({ id, premiumDelta }) => [id, -premiumDelta]));
    for (const { id, aloneMinor } of creditsOf(one).credits) expect(aloneMinor).toBe(alone.get(id));
  });

  it('leaves out only repairs that save nothing', () => {
    const one = fc.sample(input, { numRuns: 1, seed: 12 })[0]!;
    const alone = new Map(valueRepairs({ ...one, cover }, content).map(({ id, premiumDelta }) => [id, premiumDelta]));
    for (const id of creditsOf(one).idle) expect(alone.get(id)).toBe(0);
  });

  it('credits a firm at the upper bound, where one repair alone may save nothing', () => {
    const { credits, todayMinor, bestMinor, steps } = creditsOf(neglected);
    expect(todayMinor).toBeGreaterThan(bestMinor);
    expect(credits.some(({ aloneMinor, shapleyMinor }) => aloneMinor === 0 && shapleyMinor > 0)).toBe(true);
    expect(steps.length).toBeGreaterThan(1);
  });

  it('says what is saved for each yuan spent where a cost is known', () => {
    const [first] = creditsOf(neglected).credits;
    const costed = creditsOf(neglected, { ...quick, costs: { [first!.id]: 200_000 } }).credits.find(({ id }) => id === first!.id)!;
    expect(costed.savedPerCost).toBeCloseTo(costed.shapleyMinor / 200_000, 12);
    expect(first!.savedPerCost).toBeNull();
  });
});
