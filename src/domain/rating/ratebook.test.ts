import { describe, expect, it } from 'vitest';
import { parameters, ratebook, ratebookFile } from '../../../test/tariff.ts';
import type { Parameter, ParameterSet } from '../basics/index.ts';
import { buildRatebook, keysOf, type RatebookFile } from './ratebook.ts';

const set = parameters();
const file = ratebookFile();

/** The parameters without some keys, or with other values for some. */
const changed = (values: Readonly<Record<string, number | null>>): ParameterSet => ({
  ...set,
  byKey: new Map(
    [...set.byKey]
      .filter(([key]) => values[key] !== null)
      .map(([key, parameter]): [string, Parameter] => [key, { ...parameter, value: values[key] ?? parameter.value }]),
  ),
});

const problemsOf = (data: unknown, numbers = set): string[] =>
  buildRatebook({ path: 'ratebook.yaml', data }, numbers).problems.map(({ at, message }) => `${at}: ${message}`);

describe('a ratebook', () => {
  it('uses only parameters that have a source, and hashes them with itself', () => {
    const book = ratebook();

    expect(keysOf(book.file).every((key) => book.parameters.get(key)!.source.length > 0)).toBe(true);
    expect(buildRatebook(file, changed({ 'tax.vat': 0.07 })).value!.hash).not.toBe(book.hash);
  });

  it('does not build with more perils than a price has room for', () => {
    const perils = (file.data as RatebookFile).perils;
    const many = Array.from({ length: 33 }, (_, i) => perils[i % perils.length]);

    expect(problemsOf({ ...(file.data as RatebookFile), perils: many })[0]).toMatch(/^perils: /);
  });

  it('does not build without a parameter that it names', () => {
    expect(problemsOf(file.data, changed({ 'tax.vat': null, 'expense.fixed': null }))).toEqual([': no parameter `expense.fixed`', ': no parameter `tax.vat`']);
  });

  it('does not build with numbers that would turn the price round', () => {
    expect(
      problemsOf(file.data, changed({ 'security.least': 1.2, 'expense.variable': 0.97, 'severity.event-slope': 0, 'risk-load.confidence': 1 })).map(
        (problem) => problem.split(':')[0],
      ),
    ).toEqual(['security', 'eventLoss.slope', 'expenses', 'riskLoad.confidence']);
  });

  it('does not build with a peril twice or a word that it does not know', () => {
    const data = file.data as RatebookFile;

    expect(problemsOf({ ...data, perils: [...data.perils, data.perils[0]] })[0]).toContain('is given twice');
    expect(problemsOf({ ...data, rounding: { ...data.rounding, premium: 'generous' } })[0]).toContain('rounding.premium');
    expect(problemsOf({ ...data, surprise: 1 })[0]).toContain('surprise');
  });
});
