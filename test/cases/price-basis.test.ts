import fc from 'fast-check';
import { expect, it } from 'vitest';
import { assess, priceBasis, type AssessmentInput, type AssessmentRules } from '../../src/domain/assessment/index.ts';
import { Peril } from '../../src/domain/catalogue/index.ts';
import { indicateQuote } from '../../src/domain/underwriting/index.ts';
import { content, cover, input } from './assessment-world.ts';

const rules = content.assessmentBasis;
const inputs = fc.sample(input, { numRuns: 6, seed: 20261122 });
const modifiers = (one: AssessmentInput, under: AssessmentRules) => assess(one, under).security;

/** The rules with one number moved up a little. */
const moved = (key: string): AssessmentRules => ({
  ...rules,
  parameters: { ...rules.parameters, values: { ...rules.parameters.values, [key]: rules.parameters.list.find((one) => one.key === key)!.value * 1.01 + 1e-4 } },
});

it('holds, for each peril, every number of the assessment that moves its multipliers', () => {
  const basis = priceBasis(rules);
  const before = inputs.map((one) => modifiers(one, rules));

  const missing = rules.parameters.list.flatMap(({ key }) => {
    const after = inputs.map((one) => modifiers(one, moved(key)));
    return Peril.options.flatMap((peril) =>
      (['controls', 'findings'] as const)
        .filter((half) => after.some((security, i) => security[half][peril] !== before[i]![half][peril]))
        .filter((half) => !basis[half][peril].some((one) => one.key === key))
        .map((half) => `${key} moves ${peril}.${half}`),
    );
  });

  expect(missing).toEqual([]);
});

it('stands on the worksheet of a quote, with the odds ratios that matter to the peril, and its judgements are priors', () => {
  const { worksheet } = indicateQuote({ ...inputs[0]!, cover }, content);
  const cited = (id: string): readonly string[] => worksheet.lines.find((line) => line.id === id)!.parameters;

  expect(cited('ransomware.security.controls')).toEqual(expect.arrayContaining(['controls.kappa', 'controls.odds-ratio.network-segmented']));
  expect(cited('data-breach.security.controls')).not.toContain('controls.odds-ratio.network-segmented');
  expect(cited('ransomware.security.findings')).toEqual(
    expect.arrayContaining(['findings.conversion', 'findings.ceiling.ransomware', 'condition.self-managed-vpn']),
  );
  expect(cited('data-breach.security.findings')).not.toContain('condition.self-managed-vpn');
  expect(worksheet.priors).toEqual(
    expect.arrayContaining(['controls.kappa', 'controls.odds-ratio.network-segmented', 'findings.ceiling.other', 'load.catastrophe']),
  );
});
