import { describe, expect, it } from 'vitest';
import { contentFiles } from '../../../test/tariff.ts';
import { buildResponsibilities, findFault, respondToWaivers, sayClause, splitByFault, type DutyFindings } from './index.ts';

const files = contentFiles('content/co-responsibility');
const matrix = buildResponsibilities(files).value!.get('managed-security-service')!;
const findings: DutyFindings = {
  lossMinor: 400_000_000,
  payableMinor: 350_000_000,
  duties: [
    { duty: 'monitor-around-the-clock', breached: 'yes', weight: 2 },
    { duty: 'patch-within-seven-days', breached: 'yes', weight: 1 },
    { duty: 'backup-tested', breached: 'unknown', weight: 1 },
    { duty: 'contain-on-alert', breached: 'no', weight: 5 },
  ],
  othersWeight: 1,
};

describe('a loss of an insured service', () => {
  it('is split by who answers for the duties that were breached; what is unknown is held against nobody', () => {
    expect(findFault(matrix, findings)).toEqual({ insured: 0.2, provider: 0.4, others: 1 - 0.2 - 0.4 });
  });

  it('follows the clause line by line, and every yuan is borne once', () => {
    const { shared, trace } = splitByFault(matrix, findings);
    const amounts = Object.fromEntries(trace.map(({ step, amountMinor }) => [step, amountMinor]));

    expect(amounts).toEqual({
      'pay-first': 350_000_000,
      'provider-fault': 160_000_000,
      'liability-cap': 160_000_000,
      'insured-first': 50_000_000,
      'provider-retention': 140_000_000,
      waived: 70_000_000,
      recovery: 40_000_000,
    });
    expect(shared.insuredBearsMinor + shared.insurerBearsMinor + shared.providerBearsMinor).toBe(findings.lossMinor);
  });

  it('says and splits by the same numbers', () => {
    const harder = { ...matrix, waivedShare: 0.25 };

    expect(sayClause(matrix).zh).toContain('免予追偿 50%');
    expect(sayClause(harder).zh).toContain('免予追偿 25%');
    expect(splitByFault(harder, findings).shared.providerToInsurerMinor).toBe(75_000_000);
  });

  it('makes the provider no more careful when more is waived', () => {
    const probabilities = respondToWaivers(matrix, findings, [0, 0.25, 0.5, 0.75, 1]).map(({ probability }) => probability);

    expect(probabilities).toEqual(probabilities.toSorted((a, b) => a - b));
    expect(new Set(probabilities).size).toBeGreaterThan(1);
  });

  it('refuses a duty that the matrix lacks, and a loss without a cause', () => {
    expect(() => findFault(matrix, { ...findings, duties: [{ duty: 'x', breached: 'yes', weight: 1 }] })).toThrow(
      expect.objectContaining({ code: 'unknown-duty' }),
    );
    expect(() => findFault(matrix, { ...findings, duties: [], othersWeight: 0 })).toThrow(expect.objectContaining({ code: 'no-cause' }));
  });
});

it('a clause without one of its numbers is refused', () => {
  const bare = { path: 'content/co-responsibility/x.yaml', data: { ...(files[0]!.data as object), clause: { zh: '{cap}', en: '{cap}' } } };

  expect(buildResponsibilities([bare]).problems).toHaveLength(2);
});
