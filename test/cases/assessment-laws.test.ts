import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assess, type Answer, type AssessmentInput } from '../../src/domain/assessment/index.ts';
import { decideQuote, valueRepairs, whatIf } from '../../src/domain/underwriting/index.ts';
import { answer, content, cover, finding, input, now, question, scan, standingOf } from './assessment-world.ts';

/** Shrinking a whole firm takes minutes; the seed of the failing run is enough to find it again. */
const upTo = (numRuns: number) => ({ numRuns, endOnFailure: true });
const runs = upTo(50);
const noise = 1e-9;

/** The second standing is at least as good as the first: score not lower, premium not higher, gate not newly shut. */
function expectNotWorse(before: AssessmentInput, after: AssessmentInput): void {
  const [first, second] = [standingOf(before), standingOf(after)];

  expect(second.score).toBeGreaterThanOrEqual(first.score - noise);
  expect(second.premium).toBeLessThanOrEqual(first.premium);
  if (first.assessment.gate.passed) expect(second.assessment.gate.passed).toBe(true);
}

const withAnswer = (one: AssessmentInput, id: string, given: Answer): AssessmentInput => ({
  ...one,
  answers: { ...one.answers, answers: { ...one.answers.answers, [id]: given } },
});

describe('what helps never hurts', () => {
  it('a better answer never lowers the score nor raises the premium', () => {
    fc.assert(
      fc.property(input, question, answer, fc.double({ min: 0, max: 1, noNaN: true }), (one, id, given, more) => {
        const coverage = given.coverage ?? 0;
        const no = withAnswer(one, id, { ...given, value: 'no' });
        const partly = withAnswer(one, id, { ...given, value: 'partly', coverage });
        const better = withAnswer(one, id, { ...given, value: 'partly', coverage: coverage + more * (1 - coverage) });
        const yes = withAnswer(one, id, { ...given, value: 'yes' });
        const open = withAnswer(one, id, { ...given, value: 'unknown' });

        expectNotWorse(no, partly);
        expectNotWorse(partly, better);
        expectNotWorse(better, yes);
        expectNotWorse(open, yes);
      }),
      runs,
    );
  });

  it('a yes that is proven better never lowers the score nor raises the premium', () => {
    fc.assert(
      fc.property(input, question, answer, (one, id, given) => {
        const ladder = (['self-declared', 'document', 'telemetry', 'verified'] as const).map((kind) => withAnswer(one, id, { ...given, value: 'yes', kind }));

        ladder.slice(1).forEach((higher, i) => expectNotWorse(ladder[i]!, higher));
      }),
      upTo(10),
    );
  });

  it('a further scan that shows nothing new never lowers the score nor raises the premium', () => {
    fc.assert(
      fc.property(input, scan, (one, further) => expectNotWorse(one, { ...one, scans: [...one.scans, further] })),
      runs,
    );
  });

  it('closing a finding never lowers the score nor raises the premium, and adding it never the reverse', () => {
    fc.assert(
      fc.property(input, finding, (one, further) => {
        const without = { ...one, findings: one.findings.filter(({ id }) => id !== further.id) };

        expectNotWorse({ ...without, findings: [...without.findings, further] }, without);
      }),
      upTo(120),
    );
  });
});

describe('the vulnerability dimension', () => {
  it('is the sum of the figures that the assessment gives for it, and no indicator of it has a weight', () => {
    fc.assert(
      fc.property(input, (one) => {
        const { vulnerability, dimensions, indicators } = assess(one, content.assessmentBasis);
        const { share, history, seen, unseen } = vulnerability!;
        const own = dimensions.find(({ dimension }) => dimension === 'vulnerabilities')!;

        expect(own.score).toBeCloseTo(100 * (1 - share) * history * (seen + (1 - seen) * unseen), 9);
        expect(own.confidence).toBe(seen);
        for (const { dimension, weight } of indicators) expect(weight > 0).toBe(dimension !== 'vulnerabilities');
      }),
      runs,
    );
  });
});

describe('what must not matter', () => {
  it('the order of findings, answers and scans', () => {
    fc.assert(
      fc.property(input, (one) => {
        const turned = {
          ...one,
          findings: [...one.findings].reverse(),
          scans: [...one.scans].reverse(),
          answers: { ...one.answers, answers: Object.fromEntries(Object.entries(one.answers.answers).reverse()) },
        };

        expect(standingOf(turned)).toEqual(standingOf(one));
      }),
      runs,
    );
  });

  it('a finding out of scope or suppressed', () => {
    fc.assert(
      fc.property(input, finding, fc.boolean(), (one, further, suppressed) => {
        const asset = suppressed ? further.asset : { ...further.asset, name: 'elsewhere.example.net', host: 'elsewhere.example.net' };
        const others = one.findings.filter(({ id }) => id !== further.id);
        const [before, after] = [standingOf({ ...one, findings: others }), standingOf({ ...one, findings: [...others, { ...further, asset, suppressed }] })];

        expect([after.score, after.premium, after.assessment.gate]).toEqual([before.score, before.premium, before.assessment.gate]);
        expect(after.assessment.findings.find((weighed) => weighed.finding === further.id)?.counts).toBe(false);
      }),
      runs,
    );
  });
});

it('a last day that is named counts for more than none only where somebody else looked', () => {
  const old = { value: 'yes', coverage: null, on: '2016-01-01', note: '' } as const;
  fc.assert(
    fc.property(input, question, (one, id) => {
      const scoreOf = (kind: Answer['kind'], until: string | null) => standingOf(withAnswer(one, id, { ...old, kind, until })).score;

      for (const kind of ['self-declared', 'document', 'telemetry'] as const) expect(scoreOf(kind, '2099-12-31')).toBe(scoreOf(kind, null));
      expect(scoreOf('verified', '2099-12-31')).toBeGreaterThanOrEqual(scoreOf('verified', null));
    }),
    upTo(10),
  );
});

describe('what is not known', () => {
  it('never counts as failed: an open question is never worse than a no', () => {
    fc.assert(
      fc.property(input, question, answer, (one, id, given) =>
        expectNotWorse(withAnswer(one, id, { ...given, value: 'no' }), withAnswer(one, id, { ...given, value: 'unknown' })),
      ),
      runs,
    );
  });

  it('counts alike whether a question was left out or answered with unknown', () => {
    fc.assert(
      fc.property(input, question, (one, id) => {
        const { [id]: _, ...others } = one.answers.answers;
        const left = { ...one, answers: { ...one.answers, answers: others } };
        const said = withAnswer(left, id, { value: 'unknown', coverage: null, kind: 'self-declared', on: '2026-11-20', until: null, note: '' });

        expect(standingOf(said).score).toBe(standingOf(left).score);
      }),
      runs,
    );
  });

  /** Where better evidence runs out before worse, the worse speaks from then on, and the band is that of what it says. */
  it('the passing of time only widens the band of an indicator while what is known of it says the same', () => {
    fc.assert(
      fc.property(input, fc.integer({ min: 0, max: 800 }), (one, days) => {
        const later = { ...one, now: new Date(Date.parse(now) + days * 86_400_000).toISOString().replace('.000Z', 'Z') };
        const [before, after] = [standingOf(one).assessment.indicators, standingOf(later).assessment.indicators];

        before.forEach((indicator, i) => {
          const { value, coverage, evidence } = after[i]!;
          if (evidence.length > 0 && (value !== indicator.value || coverage !== indicator.coverage)) return;
          expect(after[i]!.low).toBeLessThanOrEqual(indicator.low + noise);
          expect(after[i]!.high).toBeGreaterThanOrEqual(indicator.high - noise);
        });
      }),
      runs,
    );
  });

  it('keeps the score inside its band', () => {
    fc.assert(
      fc.property(input, (one) => {
        const { score, low, high } = standingOf(one).assessment;

        expect(low).toBeLessThanOrEqual(score + noise);
        expect(score).toBeLessThanOrEqual(high + noise);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(100);
      }),
      runs,
    );
  });
});

it('the gate is open exactly when nothing blocks, and must-fix is said of exactly the findings that block', () => {
  fc.assert(
    fc.property(input, (one) => {
      const { gate, findings } = standingOf(one).assessment;
      const blocking = new Set(gate.blockers.flatMap((blocker) => blocker.finding ?? []));

      expect(gate.passed).toBe(gate.blockers.length === 0);
      expect(new Set(findings.flatMap(({ finding: id, label }) => (label === 'must-fix' ? [id] : [])))).toEqual(blocking);
    }),
    runs,
  );
});

describe('the worth of a repair', () => {
  const application = fc.record({ one: input }).map(({ one }) => ({ ...one, cover }));

  it('is exactly what assessing and rating without the findings gives, and never a loss', () => {
    fc.assert(
      fc.property(application, (one) => {
        const before = standingOf(one);
        for (const repair of valueRepairs(one, content).filter(({ finding: id }) => id !== null)) {
          const after = standingOf({ ...one, findings: one.findings.filter(({ id }) => !repair.closes.includes(id)) });

          expect([repair.scoreDelta, repair.premiumDelta]).toEqual([after.score - before.score, after.premium - before.premium]);
        }
      }),
      upTo(10),
    );
  });

  it('is never negative, alone or together', () => {
    fc.assert(
      fc.property(application, (one) => {
        const repairs = valueRepairs(one, content);
        const { before, after } = whatIf(
          one,
          repairs.map(({ id }) => id),
          content,
        );

        expect(repairs.every(({ scoreDelta, premiumDelta }) => scoreDelta >= -noise && premiumDelta <= 0)).toBe(true);
        expect(after.score).toBeGreaterThanOrEqual(before.score + Math.max(0, ...repairs.map(({ scoreDelta }) => scoreDelta)) - noise);
        expect(after.premium.total).toBeLessThanOrEqual(before.premium.total + Math.min(0, ...repairs.map(({ premiumDelta }) => premiumDelta)));
      }),
      upTo(10),
    );
  });

  it('stands in the quote beside the score and premium of the same instant', () => {
    fc.assert(
      fc.property(application, (one) => {
        const quote = decideQuote(one, content);
        const { score, premium } = standingOf(one);

        expect([quote.score, quote.worksheet.premium.total]).toEqual([score, premium]);
        expect(quote.binding).toBe(quote.outcome === 'quoted');
        expect(quote.outcome === 'quoted').toBe(quote.reasons.length === 0);
      }),
      upTo(8),
    );
  });
});
