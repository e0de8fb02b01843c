import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assess, chooseProfile, compareProfiles, profileStandings, type AssessmentInput, type ProfileChoice } from '../../src/domain/assessment/index.ts';
import { OrganisationKind } from '../../src/domain/parties/index.ts';
import { content, firm, input, now } from './assessment-world.ts';

const rules = content.assessmentBasis;
const profiles = rules.profiles.profiles.map(({ id }) => id);
const profile = fc.constantFrom(...profiles);
const steady = { numRuns: 80, seed: 20261128 };
const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);
/** Rules in which one profile counts findings more heavily, which none of the paper does yet. */
const heavier = {
  ...rules,
  profiles: { version: 'heavier', profiles: rules.profiles.profiles.map((one) => (one.id === 'finance' ? { ...one, findingsCeiling: 12 } : one)) },
};

describe('the same evidence under another profile', () => {
  it('differs by parts that add up exactly, over indicators and over dimensions', () => {
    fc.assert(
      fc.property(input, profile, profile, (one, from, to) => {
        const { before, after, hundredths, parts, dimensions } = compareProfiles({ ...one, profile: from }, heavier, to);

        expect(hundredths).toBe(Math.round(100 * after.score) - Math.round(100 * before.score));
        expect(sum(parts.map((part) => part.hundredths))).toBe(hundredths);
        expect(sum(dimensions.map((part) => part.hundredths))).toBe(hundredths);
        expect(sum(dimensions.map(({ weightAfter }) => weightAfter))).toBeCloseTo(1, 12);
      }),
      steady,
    );
  });

  it('has the very score and gate that it would have if that profile were in force', () => {
    fc.assert(
      fc.property(input, profile, (one, to) => {
        const { after } = compareProfiles(one, rules, to);
        const inForce = assess({ ...one, profile: to }, rules);

        expect(after).toMatchObject({
          profile: to,
          score: inForce.score,
          grade: inForce.grade,
          gatePassed: inForce.gate.passed,
          passLine: inForce.gate.passLine,
        });
      }),
      steady,
    );
  });

  it('does not differ at all under the same profile', () => {
    fc.assert(
      fc.property(input, profile, (one, same) => {
        const compared = compareProfiles({ ...one, profile: same }, rules, same);

        expect(compared).toMatchObject({ hundredths: 0, parts: [], gate: { gone: [], added: [] } });
        expect(compared.after).toEqual(compared.before);
      }),
      steady,
    );
  });

  it('differs alike in whatever order findings, scans and answers come', () => {
    const turned = ({ answers, ...one }: AssessmentInput): AssessmentInput => ({
      ...one,
      findings: [...one.findings].reverse(),
      scans: [...one.scans].reverse(),
      answers: { ...answers, answers: Object.fromEntries(Object.entries(answers.answers).reverse()) },
    });
    fc.assert(
      fc.property(input, profile, (one, to) => void expect(compareProfiles(turned(one), rules, to)).toEqual(compareProfiles(one, rules, to))),
      steady,
    );
  });

  it('gains by weight that moves to what stands above the score, and loses by weight that moves to what stands below', () => {
    fc.assert(
      fc.property(input, profile, (one, to) => {
        const { before, parts, dimensions } = compareProfiles(one, rules, to);
        const shift = new Map(dimensions.map(({ dimension, weightBefore, weightAfter }) => [dimension, weightAfter - weightBefore]));

        for (const { kind, dimension, standing, hundredths } of parts)
          if (kind === 'indicator' && Math.abs(hundredths) > 1)
            expect(Math.sign(hundredths)).toBe(Math.sign(shift.get(dimension)! * (standing - before.score)));
      }),
      steady,
    );
  });

  it('is not worked out under a profile that is not in force', () => {
    const one: AssessmentInput = { ...fc.sample(input, { seed: 1, numRuns: 1 })[0]! };

    expect(() => compareProfiles(one, rules, 'nowhere')).toThrow(
      expect.objectContaining({ code: 'unknown-profile', facts: { field: 'profile', profile: 'nowhere', inForce: expect.stringContaining('general') } }),
    );
    expect(() => compareProfiles({ ...one, now: '2020-01-01T00:00:00Z' }, rules, 'finance')).toThrow();
  });
});

describe('the profile of a firm', () => {
  const byHand = profileStandings(rules, firm, '2026-11-22').filter((one) => one.byHand);

  it('is never one for a maturity unless a person chose it', () => {
    expect(byHand.map(({ id }) => id).sort()).toEqual(['established-security', 'starting-security']);
    for (const employees of [1, 49, 50, 5000])
      expect(byHand.map(({ id }) => id)).not.toContain(
        assess({ ...fc.sample(input, { seed: 2, numRuns: 1 })[0]!, firm: { ...firm, employees } }, rules).profile,
      );
  });

  it('falls back to the fitting one when the chosen one is not in force, or no longer part of the paper', () => {
    const one = fc.sample(input, { seed: 3, numRuns: 1 })[0]!;
    const later = rules.profiles.profiles.map((each) => (each.id === 'finance' ? { ...each, effectiveFrom: '2030-01-01' } : each));

    expect(assess({ ...one, profile: 'finance' }, { ...rules, profiles: { version: 'later', profiles: later } }).profile).toBe(assess(one, rules).profile);
    expect(assess({ ...one, profile: 'retired' }, rules).profile).toBe(assess(one, rules).profile);
  });

  const by = (kind: OrganisationKind): ProfileChoice['by'] => ({ user: 'user_1', name: 'Invented Person', organisation: 'org_1', kind });
  const wish = (profileId: string | null, kind: OrganisationKind = 'assessor') => ({
    profile: profileId,
    reason: 'A bank in all but name.',
    at: now,
    by: by(kind),
  });
  const codeOf = (work: () => unknown): string => {
    try {
      work();
      return 'allowed';
    } catch (error) {
      return (error as { code: string }).code;
    }
  };

  it('is chosen by the assessor of somebody else’s assessment alone, and only if it changes something', () => {
    const standing = { inUse: 'general', firm, organisation: 'org_owner' };

    expect(chooseProfile(wish('finance'), standing, rules)).toEqual({ ...wish('finance'), instead: 'general' });
    expect(chooseProfile(wish(null), { ...standing, inUse: 'finance' }, rules)).toMatchObject({ profile: null, instead: 'finance' });
    for (const kind of OrganisationKind.options.filter((one) => one !== 'assessor'))
      expect(codeOf(() => chooseProfile(wish('finance', kind), standing, rules))).toBe('own-profile');
    expect(codeOf(() => chooseProfile(wish('finance'), { ...standing, organisation: 'org_1' }, rules))).toBe('own-profile');
    expect(codeOf(() => chooseProfile(wish('general'), standing, rules))).toBe('profile-in-use');
    expect(codeOf(() => chooseProfile(wish(null), standing, rules))).toBe('profile-in-use');
    expect(codeOf(() => chooseProfile(wish('nowhere'), standing, rules))).toBe('unknown-profile');
  });
});
