import fc from 'fast-check';
import { expect, it } from 'vitest';
import { indicateQuote, type UnderwritingRules } from '../../src/domain/underwriting/index.ts';
import { content, cover, input } from './assessment-world.ts';

const [one] = fc.sample(input, { numRuns: 1, seed: 16 });
const later = '2026-11-23';
const quote = (rules: UnderwritingRules, day = '2026-11-22') => indicateQuote({ ...one!, cover, now: `${day}T10:00:00+08:00` }, rules);

/** A map with the entry of one key put off to a later day. */
const putOff = <T extends { effectiveFrom: string }>(map: ReadonlyMap<string, T>, id: string): ReadonlyMap<string, T> =>
  new Map([...map].map(([key, value]) => [key, key === id ? { ...value, effectiveFrom: later } : value]));

const { catalogue, ratebook, assessmentBasis } = content;
const coverage = cover.lines[0]!.coverage;
const ahead: [string, UnderwritingRules][] = [
  ['2026.2', { ...content, ratebook: { ...ratebook, file: { ...ratebook.file, effectiveFrom: later } } }],
  [coverage, { ...content, catalogue: { ...catalogue, coverages: putOff(catalogue.coverages, coverage) } }],
  ['sme-enhanced', { ...content, catalogue: { ...catalogue, packages: putOff(catalogue.packages, 'sme-enhanced') } }],
];

it.each(ahead)('refuses a quote on `%s` before its first day, and quotes on that day', (id, rules) => {
  expect(() => quote(rules)).toThrow(expect.objectContaining({ code: 'not-in-force', facts: { id, from: later, today: '2026-11-22' } }));
  expect(quote(rules, later).worksheet.premium.total).toBeGreaterThan(0);
});

it('passes over an assessment profile that is not in force yet', () => {
  const { profile } = quote(content).versions;
  const profiles = assessmentBasis.profiles.profiles.map((one) => (one.id === profile ? { ...one, effectiveFrom: later } : one));
  const rules = {
    ...content,
    assessmentBasis: {
      ...assessmentBasis,
      profiles: {
        ...assessmentBasis.profiles,
        profiles: [...profiles, { ...profiles.at(-1)!, id: 'spare', industries: [], employees: { from: 1, to: null }, effectiveFrom: '2026-01-01' }],
      },
    },
  };

  expect(quote(rules).versions['profile']).not.toBe(profile);
});
