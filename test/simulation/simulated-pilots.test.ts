import { describe, expect, it } from 'vitest';
import { studyPairs } from '../../src/domain/evaluation/index.ts';
import { Draws } from './draws.ts';
import { repeatStudy } from './repeat.ts';
import { simulatedStudies, type SimulatedStudy } from './studies.ts';

const small = { seed: 20250701, repetitions: 300 };

describe('simulated pilots with a known truth', () => {
  it.each(simulatedStudies.filter((study) => study.condition === undefined))('$name keeps its level', (study) => {
    expect(repeatStudy(study, small)).toMatchObject({ verdict: 'holds' });
  });

  it.each(simulatedStudies.filter((study) => study.condition !== undefined))('$name: the product names the condition to who asks', (study) => {
    const samples = Array.from({ length: 100 }, (_, at) => study.named!.report(new Draws(small.seed, study.name, at)));
    const naming = samples.filter(({ caveats }) => caveats.some(({ code }) => code === study.named!.caveat));

    expect(naming.length).toBeGreaterThanOrEqual(90);
  });

  it('name no skew and no rare counts where there are none', () => {
    const draws = new Draws(small.seed, 'nothing to name', 0);
    const samples = Array.from({ length: 100 }, () =>
      studyPairs({ used: Array.from({ length: 40 }, () => ({ before: draws.normal(60, 9), after: draws.normal(64, 9) })), dropped: [] }),
    );

    expect(samples.filter(({ caveats }) => caveats.some(({ code }) => code === 'skewed')).length).toBeLessThan(5);
  });

  it('see a method that does not keep its level', () => {
    const tooNarrow: SimulatedStudy = { name: 'half the interval', exact: false, repeat: (draws) => ({ covered: Math.abs(draws.normal(0, 1)) < 0.98 }) };
    const tooEager: SimulatedStudy = { name: 'rejects one in five', exact: true, repeat: (draws) => ({ rejected: draws.yes(0.2) }) };

    expect(repeatStudy(tooNarrow, small).verdict).toBe('FAILS');
    expect(repeatStudy(tooEager, small).verdict).toBe('FAILS');
  });
});
