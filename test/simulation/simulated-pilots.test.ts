import { describe, expect, it } from 'vitest';
import { repeatStudy } from './repeat.ts';
import { simulatedStudies, type SimulatedStudy } from './studies.ts';

const small = { seed: 20250701, repetitions: 300 };

describe('simulated pilots with a known truth', () => {
  it.each(simulatedStudies.filter((study) => study.condition === undefined))('$name keeps its level', (study) => {
    expect(repeatStudy(study, small)).toMatchObject({ verdict: 'holds' });
  });

  it('see a method that does not keep its level', () => {
    const tooNarrow: SimulatedStudy = { name: 'half the interval', exact: false, repeat: (draws) => ({ covered: Math.abs(draws.normal(0, 1)) < 0.98 }) };
    const tooEager: SimulatedStudy = { name: 'rejects one in five', exact: true, repeat: (draws) => ({ rejected: draws.yes(0.2) }) };

    expect(repeatStudy(tooNarrow, small).verdict).toBe('FAILS');
    expect(repeatStudy(tooEager, small).verdict).toBe('FAILS');
  });
});
