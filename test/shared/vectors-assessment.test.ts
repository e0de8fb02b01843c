import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import {
  buildAssessmentParameters,
  conditionShare,
  expectedOpenDays,
  findingShare,
  findingsMultiplier,
  probabilityWithin,
  rawControlCredit,
  repairRatePerDay,
} from '../../src/domain/assessment/index.ts';
import { buildParameters } from '../../src/domain/basics/index.ts';
import { describeShared, readSharedJson } from './shared-data.ts';

interface SetMember {
  epss?: number;
  cvss?: number;
  exposure?: number;
  kev?: boolean;
  rr?: number;
}
interface Vectors {
  control_credit: {
    inputs: { OR: Record<string, number>; cbar: Record<string, number>; kappa: number; cases: Record<string, Record<string, number>> };
    expected: Record<string, { raw: number; clamped: number }>;
  };
  findings_multiplier: {
    inputs: {
      c: number;
      a0: number;
      median0_days: number;
      Vmax: number;
      kev_floor: number;
      kev_ransom_floor: number;
      closed: number;
      exposure_days: number;
      sets: Record<string, SetMember[]>;
    };
    expected: Record<string, { r: number; T: number; q_i: number[]; q: number; V: number }>;
  };
  epss_window: { inputs: { p: number[]; T: number }; expected: { window: number[]; any30: number; hazard_per_day: number[] } };
}

const content = (name: string): unknown => parse(readFileSync(new URL(`../../content/parameters/${name}.yaml`, import.meta.url), 'utf8'));

/** The numbers of the content are the vectors' own, so that what is proved here is what prices. */
function numbersOfContent() {
  const parameters = buildParameters(['assessment', 'industry'].map((name) => ({ path: name, data: content(name) })));
  return buildAssessmentParameters(parameters.value!).value!.values;
}

const near = (actual: number, expected: number): void => expect(Math.abs(actual - expected)).toBeLessThanOrEqual(1e-12 * Math.max(1, Math.abs(expected)));

describeShared('the assessment vectors', () => {
  const vectors = readSharedJson('vectors/rating-and-assessment.json') as unknown as Vectors;
  const numbers = numbersOfContent();

  it('control_credit: the shrunk, centred multiplier and its bounds', () => {
    const { inputs, expected } = vectors.control_credit;
    for (const [name, coverages] of Object.entries(inputs.cases)) {
      const terms = Object.entries(inputs.OR).map(([control, oddsRatio]) => ({
        coverage: coverages[control] ?? 0,
        adoption: inputs.cbar[control]!,
        oddsRatio,
        relevance: 1,
      }));
      const raw = rawControlCredit(terms, numbers['controls.kappa']);

      near(raw, expected[name]!.raw);
      near(Math.min(numbers['controls.ceiling'], Math.max(numbers['controls.floor'], raw)), expected[name]!.clamped);
    }
  });

  it('findings_multiplier: repair rate, days open, every q, their noisy-or and V', () => {
    const { inputs, expected } = vectors.findings_multiplier;
    expect([inputs.c, inputs.a0, inputs.median0_days, inputs.Vmax, inputs.kev_floor, inputs.kev_ransom_floor]).toEqual(
      (
        [
          'findings.conversion',
          'findings.repair-prior-count',
          'findings.repair-prior-median-days',
          'findings.ceiling.ransomware',
          'findings.known-exploited-floor',
          'findings.known-ransomware-floor',
        ] as const
      ).map((key) => numbers[key]),
    );
    const rate = repairRatePerDay({ closed: inputs.closed, openDays: inputs.exposure_days }, numbers);
    for (const [name, members] of [['F0', []] as const, ...Object.entries(inputs.sets)]) {
      const days = expectedOpenDays(rate);
      const shares = members.map((member) => shareOf(member, days));
      const q = 1 - shares.reduce((left, share) => left * (1 - share), 1);

      near(rate, expected[name]!.r);
      near(days, expected[name]!.T);
      shares.forEach((share, i) => near(share, expected[name]!.q_i[i]!));
      near(q, expected[name]!.q);
      near(findingsMultiplier(q, inputs.Vmax), expected[name]!.V);
    }

    function shareOf({ rr, epss = 0, kev = false, exposure = 1, cvss = 0 }: SetMember, openDays: number): number {
      if (rr !== undefined) return conditionShare(rr, inputs.Vmax);
      const within30 = Math.max(epss, kev ? numbers['findings.known-exploited-floor'] : 0);
      return findingShare({ within30, openDays, exposureFactor: exposure, score: cvss }, numbers);
    }
  });

  it('findings_multiplier: a firm that repairs slowly leaves the same findings open longer', () => {
    const { inputs, expected } = vectors.findings_multiplier;
    const { r, T, q_i, V } = expected['F2_slow']!;
    const days = expectedOpenDays(r);
    const shares = inputs.sets['F2']!.map(({ epss, kev, exposure, cvss }) =>
      findingShare({ within30: Math.max(epss!, kev ? 0.7 : 0), openDays: days, exposureFactor: exposure!, score: cvss! }, numbers),
    );

    near(days, T);
    shares.forEach((share, i) => near(share, q_i[i]!));
    near(findingsMultiplier(1 - shares.reduce((left, share) => left * (1 - share), 1), inputs.Vmax), V);
  });

  it('epss_window: a 30-day probability over another window', () => {
    const { inputs, expected } = vectors.epss_window;

    inputs.p.forEach((p, i) => {
      near(probabilityWithin(inputs.T, p), expected.window[i]!);
      near(-Math.log1p(-probabilityWithin(1, p)), expected.hazard_per_day[i]!);
    });
    near(1 - inputs.p.reduce((left, p) => left * (1 - p), 1), expected.any30);
  });
});
