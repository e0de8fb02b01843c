import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Answer } from '../../src/domain/assessment/index.ts';
import type { FirmProfile } from '../../src/domain/parties/index.ts';
import { indicateQuote, type Application, type Quote } from '../../src/domain/underwriting/index.ts';
import { askGuidelines } from '../../src/domain/underwriting/guidelines.ts';
import { sampleCase } from '../../src/domain/underwriting/sample-case.ts';
import { content, cover, firm, input, now, outlook, question } from './assessment-world.ts';

/**
 * Nobody gains by not answering: silence is never better than the firm's own honest no. Where a no is declined, silence is at least referred to a manager,
 * who asks before anything is quoted; not knowing is no failing, so it is not declined itself.
 */
const levels = ['underwriter', 'underwriting-manager', 'committee'];
const declined = levels.length + 1;
const asSevereAs = (no: number): number => (no === declined ? 1 + levels.indexOf('underwriting-manager') : no);
const levelOf = (authority: string | null): number => (authority === null ? 1 : 1 + levels.indexOf(authority));
const severity = (quote: Pick<Quote, 'outcome' | 'reasons'>): number =>
  quote.outcome === 'declined' ? declined : Math.max(0, ...quote.reasons.map(({ authority }) => levelOf(authority)));

const { vocabulary } = content.guidelines;
const sample = sampleCase(vocabulary);
const flags = ['operatesIndustrialControl', 'criticalInfrastructure', 'sellsOnline', 'sellsTechnologyServices', 'makesDigitalProducts'] as const;
const values = fc.constantFrom('yes' as const, 'no' as const, 'partly' as const, 'unknown' as const, 'not-applicable' as const);
const valuesOf = (ids: readonly string[]) => fc.record(Object.fromEntries(ids.map((id) => [id, values])));

/** Cases as the guidelines see them, in which everything that a rule may hang on moves. */
const circumstances = fc
  .record({
    firm: fc.record(Object.fromEntries(flags.map((flag) => [flag, fc.boolean()]))),
    insuresRansomware: fc.boolean(),
    controls: valuesOf(vocabulary.controls),
    answers: valuesOf(vocabulary.questions),
    share: fc.double({ min: 0, max: 0.49, noNaN: true }),
    claimsInThreeYears: fc.nat(5),
  })
  .map(({ firm, insuresRansomware, controls, answers, share, claimsInThreeYears }) => ({
    ...sample,
    firm: { ...sample.firm, ...firm, claimsInThreeYears },
    cover: { ...sample.cover, insuresRansomware },
    assessment: { ...sample.assessment, confidence: 1 },
    premium: { ...sample.premium, exVat: 1, clamped: [] },
    controls,
    shares: Object.fromEntries(vocabulary.controls.map((id) => [id, share])),
    answers,
  }));

function guidelinesSay(one: typeof sample): number {
  const { decline, refer } = askGuidelines(content.guidelines, one, '2026-11-22');
  return severity({ outcome: decline.length > 0 ? 'declined' : 'quoted', reasons: refer });
}

describe('silence, and a part of less than half,', () => {
  it.each(['controls', 'answers'] as const)('passes no guideline that an honest no among the %s does not pass', (kind) => {
    const ids = kind === 'controls' ? vocabulary.controls : vocabulary.questions;
    fc.assert(
      fc.property(circumstances, fc.constantFrom(...ids), (one, id) => {
        const said = (value: 'no' | 'unknown' | 'partly') => guidelinesSay({ ...one, [kind]: { ...one[kind], [id]: value } } as typeof sample);

        expect(said('unknown')).toBeGreaterThanOrEqual(asSevereAs(said('no')));
        expect(said('partly')).toBeGreaterThanOrEqual(asSevereAs(said('no')));
      }),
      { numRuns: 3000, endOnFailure: true },
    );
  });

  const own = (value: Answer['value'], on: string): Answer => ({
    value,
    coverage: value === 'partly' ? 0 : null,
    kind: 'self-declared',
    on,
    until: null,
    note: '',
  });
  const quoted = (application: Application): Quote => indicateQuote(application, content);
  /** Of a part of nothing: the very same as a no, to the reasons. */
  const standing = ({ outcome, reasons, score, worksheet }: Quote) => ({ outcome, reasons, score, premium: worksheet.premium.total });
  const blank = { firm, findings: [], scans: [], outlook, now, answers: { questionnaire: 'standard-2026', answers: {} } };
  /** A no to these says what the firm has not, and is neither good nor bad. */
  const readByOthers = new Set(['usesRemoteAccess', 'developsSoftware']);
  const firms = fc.record(Object.fromEntries(flags.map((flag) => [flag, fc.boolean()])) as Record<(typeof flags)[number], fc.Arbitrary<boolean>>);
  const day = fc.constantFrom('2026-11-22', '2026-09-01', '2026-07-01', '2026-01-01', '2024-01-01');

  /** Scans are left out: what a scan saw is no silence, and speaks where nobody answered. */
  it('about a question is neither cheaper nor better judged than the firm’s own no, fresh or old', () => {
    fc.assert(
      fc.property(input, firms, question, day, (one, facts, id, on) => {
        const application = { ...one, scans: [], firm: { ...one.firm, ...facts }, cover };
        const said = (value: 'no' | 'unknown' | 'partly') =>
          quoted({ ...application, answers: { ...one.answers, answers: { ...one.answers.answers, [id]: own(value, on) } } });
        const [no, silent] = [said('no'), said('unknown')];

        expect(silent.worksheet.premium.total).toBeGreaterThanOrEqual(no.worksheet.premium.total);
        expect(silent.score).toBeLessThanOrEqual(no.score + 1e-9);
        expect(severity(silent)).toBeGreaterThanOrEqual(asSevereAs(severity(no)));
        expect(standing(said('partly'))).toEqual(standing(no));
      }),
      { numRuns: 150, endOnFailure: true },
    );
  });

  /** Nothing else speaks against this firm, so that each question decides alone. */
  it.each(['2026-11-22', '2026-07-01'])('of a firm that would be quoted is never the better answer (no of %s)', (on) => {
    const yes: Answer = { ...own('yes', '2026-11-22'), kind: 'verified' };
    const all = Object.fromEntries(vocabulary.questions.map((id) => [id, yes]));
    const seen = { format: 'nmap', at: '2026-11-20T08:00:00Z', assets: ['www.example.com', '10.1.2.3', '192.0.2.9'] };
    const quotedWith = (answers: Record<string, Answer>) =>
      quoted({ ...blank, scans: [seen], firm: { ...firm, operatesIndustrialControl: true }, answers: { ...blank.answers, answers }, cover });

    expect(quotedWith(all).outcome).toBe('quoted');
    const gains = vocabulary.questions
      .filter((id) => !readByOthers.has(id))
      .filter((id) => {
        const [no, silent] = (['no', 'unknown'] as const).map((value) => quotedWith({ ...all, [id]: own(value, on) }));
        return silent!.worksheet.premium.total < no!.worksheet.premium.total || severity(silent!) < asSevereAs(severity(no!));
      });
    const parts = vocabulary.questions.filter((id) => {
      const [no, nothing] = (['no', 'partly'] as const).map((value) => standing(quotedWith({ ...all, [id]: own(value, on) })));
      return JSON.stringify(nothing) !== JSON.stringify(no);
    });
    expect(gains).toEqual([]);
    expect(parts).toEqual([]);
  });

  /** How fast a firm repairs has no worst value to compare with; where it says nothing, the market's pace stands. */
  it('about spending on security is neither cheaper nor better judged than spending nothing', () => {
    fc.assert(
      fc.property(input, (one) => {
        const spending = (securitySpend: FirmProfile['securitySpend']) => quoted({ ...one, firm: { ...one.firm, securitySpend }, cover });
        const [silent, nothing] = [spending(null), spending({ currency: 'CNY', minor: 0 })];

        expect(silent.worksheet.premium.total).toBeGreaterThanOrEqual(nothing.worksheet.premium.total);
        expect(silent.score).toBeLessThanOrEqual(nothing.score + 1e-9);
        expect(severity(silent)).toBeGreaterThanOrEqual(asSevereAs(severity(nothing)));
      }),
      { numRuns: 40, endOnFailure: true },
    );
  });
});
