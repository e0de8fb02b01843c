import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StudyQuery } from '../cohort/query.ts';
import { hideSmallCells } from '../cohort/release.ts';
import { studentCritical } from '../distributions/student.ts';
import type { Metric } from '../metric.ts';
import type { Design, Estimate } from '../model.ts';
import type { FirmHistory, Observation } from './history.ts';
import { implies } from './readings.ts';
import { runStudy } from './run.ts';
import { summariseForPublic, type PublicSummary } from './summary.ts';

const metricIds = ['mfa-coverage', 'waf-coverage', 'waf-or-hids-coverage'] as const;
const metrics = new Map(
  metricIds.map((id): [string, Metric] => [
    id,
    {
      id,
      title: { zh: id, en: id },
      numerator: { zh: '分子', en: 'n' },
      denominator: { zh: '分母', en: 'd' },
      unit: 'share',
      direction: 'higher-is-better',
      sourceRecords: ['assessment'],
      forcedByGate: false,
      relevantChange: { kind: 'absolute', size: 0.2 },
      notComputableWhen: [{ rule: 'denominator-zero', because: { zh: '分母为零', en: 'nothing to divide by' } }],
      rows: ['R1'],
    },
  ]),
);
const paper = { metrics, bands: [{ band: 'A', from: 0 }] };

interface Firm {
  readonly insured: boolean;
  readonly before: boolean;
  readonly after: boolean;
  readonly known: boolean;
}

const look = (on: string, yes: boolean, known: boolean): Observation => ({
  on,
  score: 60,
  dimensions: {},
  gatePassed: true,
  scoring: 'rules',
  controls: known ? { mfaCoversRemoteAccess: yes ? 'yes' : 'no' } : {},
  scannedOn: on,
  severeOpen: [],
});
const cover = { from: '2025-06-01', to: '2026-06-01', score: 60, product: 'p', premiumMinor: 1, incurredLossMinor: null, claims: null };
const historyOf = ({ insured, before, after, known }: Firm, at: number): FirmHistory => ({
  firm: `firm-${at}`,
  industry: 'retail',
  employees: 40,
  revenueMinor: 900,
  applied: true,
  observations: [look('2025-03-01', before, true), look('2026-03-01', after, known)],
  covers: insured ? [cover] : [],
});
const queryOf = (design: Design): StudyQuery =>
  StudyQuery.parse({
    question: 'q',
    design,
    metrics: ['mfa-coverage'],
    cohort: { startFrom: null, startUntil: null, industries: null, sizes: null, products: null, scoreFrom: null, scoreUntil: null },
    control: design === 'paired' ? { kind: 'none' } : { kind: 'matched', same: ['industry'], near: [], caliper: 1 },
    source: 'records',
    splitBy: [],
    followUpDays: 365,
    asOf: '2026-07-01T00:00:00Z',
    seed: 1,
    versions: {},
  });

const insuredOnly = { industry: {}, size: {} };

function summaryOf(design: Design, firms: readonly Firm[]): PublicSummary | null {
  try {
    return summariseForPublic('q', runStudy(queryOf(design), firms.map(historyOf), paper).result, insuredOnly);
  } catch (error) {
    if ((error as { code?: string }).code === 'too-few-firms') return null;
    throw error;
  }
}

/** A number of firms where the product of a figure and its denominator is one. */
const firmsIn = (figure: number, of: number): number[] => (Math.abs(figure * of - Math.round(figure * of)) < 1e-6 ? [Math.abs(Math.round(figure * of))] : []);

/** Net change, firms that moved each way and firms that did not, out of a mean change of yes and no with its t interval. */
function movesIn({ value, interval }: Estimate, of: number): number[] {
  if (value === null || interval === null) return value === null ? [] : firmsIn(value, of);
  const deviation = ((interval.high! - interval.low!) / 2 / studentCritical(interval.level, of - 1)) * Math.sqrt(of);
  const moved = Math.round(deviation ** 2 * (of - 1) + of * value ** 2);
  const net = Math.round(value * of);
  return [...firmsIn(value, of), moved, of - moved, (moved + net) / 2, (moved - net) / 2];
}

/** Every number of firms that somebody with a pocket calculator gets from a summary: its figures, its denominators and what is missing from either. */
function computable({ findings, insured, control, design }: PublicSummary): number[] {
  return findings.flatMap(({ words, estimates }) => {
    const counted = estimates.flatMap(({ counts }) => (counts === undefined ? [] : [counts]));
    const shares = counted.flatMap(({ count, of }) => [count, of - count]);
    if (design === 'paired') {
      const of = counted[0]?.of ?? 0;
      const change = estimates.find(({ name }) => name === 'change-of-share');
      return [...shares, insured - of, ...(change?.value == null ? [] : firmsIn(change.value, of))];
    }
    if (design === 'groups') return [...shares, insured + control - (estimates[0]?.counts?.of ?? 0) - (estimates.at(-2)?.counts?.of ?? 0)];
    const [treated, reference] = [/treated units \((\d+)\)/, /control units \((\d+)\)/].map((units) => Number(units.exec(words!.en)![1]));
    return [
      insured - treated!,
      control - reference!,
      ...estimates.flatMap((one) => (one.name === 'mean-change[0]' ? movesIn(one, reference!) : one.name === 'mean-change[1]' ? movesIn(one, treated!) : [])),
    ];
  });
}

const isFew = (firms: number): boolean => firms > 0 && firms < 5;

const someFirms = (insured: boolean) =>
  fc
    .record({
      both: fc.integer({ min: 0, max: 14 }),
      gained: fc.integer({ min: 0, max: 14 }),
      lost: fc.integer({ min: 0, max: 14 }),
      neither: fc.integer({ min: 0, max: 14 }),
      unknown: fc.constantFrom(0, 0, 0, 2, 6),
    })
    .map(({ both, gained, lost, neither, unknown }): Firm[] => {
      const make = (times: number, before: boolean, after: boolean, known = true): Firm[] =>
        Array.from({ length: times }, () => ({ insured, before, after, known }));
      return [
        ...make(both, true, true),
        ...make(gained, false, true),
        ...make(lost, true, false),
        ...make(neither, false, false),
        ...make(unknown, false, false, false),
      ];
    });

describe('a summary for the public', () => {
  it.each(['paired', 'groups', 'did'] as const)('in the design %s never lets anybody compute a count of one to four firms', (design) => {
    const seen = { released: 0, refused: 0 };
    fc.assert(
      fc.property(someFirms(true), someFirms(false), (insured, uninsured) => {
        const summary = summaryOf(design, [...insured, ...uninsured]);
        seen[summary === null ? 'refused' : 'released'] += 1;
        if (summary !== null) expect(computable(summary).filter(isFew)).toEqual([]);
      }),
      { numRuns: 300, seed: 20261128 },
    );
    expect(Math.min(seen.released, seen.refused)).toBeGreaterThan(5);
  });

  const group = (insured: boolean, gained: number, neither: number): Firm[] =>
    Array.from({ length: gained + neither }, (_, at) => ({ insured, before: false, after: at < gained, known: true }));

  it('is refused when a mean change of yes and no is that of two firms, whatever else holds', () => {
    const refusal = (firms: readonly Firm[]) => () => summariseForPublic('q', runStudy(queryOf('did'), firms.map(historyOf), paper).result, insuredOnly);

    expect(refusal([...group(true, 2, 29), ...group(false, 6, 25)])).toThrow(/mfa-coverage gained \[insured\]/);
    expect(refusal([...group(true, 6, 25), ...group(false, 2, 29)])).toThrow(/mfa-coverage net change \[uninsured\]/);
    expect(refusal([...group(true, 6, 25), ...group(false, 0, 31)])).not.toThrow();
  });

  it('is refused when the size of the cohort tells of firms that left no record', () => {
    const silent = group(true, 0, 2).map((firm) => ({ ...firm, known: false }));

    expect(() => summariseForPublic('q', runStudy(queryOf('paired'), [...group(true, 10, 19), ...silent].map(historyOf), paper).result, insuredOnly)).toThrow(
      /left out \[insured\]/,
    );
  });

  it('is refused when two metrics, one of which contains the other, differ by few firms', () => {
    const looks = (waf: boolean, hids: boolean): FirmHistory['observations'] =>
      ['2025-03-01', '2026-03-01'].map((on) => ({
        ...look(on, false, true),
        controls: { wafCoversWebsites: waf ? ('yes' as const) : ('no' as const), hidsCoversServers: hids ? ('yes' as const) : ('no' as const) },
      }));
    const firms = Array.from({ length: 32 }, (_, at) => ({ ...historyOf(group(true, 1, 0)[0]!, at), observations: looks(at < 20, at < 22) }));
    const query = { ...queryOf('paired'), metrics: ['waf-coverage', 'waf-or-hids-coverage'] };
    const { result } = runStudy(query, firms, paper);

    expect(() => summariseForPublic('q', result, insuredOnly)).toThrow(/waf-or-hids-coverage without waf-coverage/);
    expect(() => summariseForPublic('q', { ...result, findings: result.findings.slice(0, 1) }, insuredOnly)).not.toThrow();
  });

  it('hides in a breakdown as many parts as keep the total from telling of few firms', () => {
    const shown = (...firms: number[]) => hideSmallCells(firms.map((one, at) => ({ name: String(at), firms: one }))).map((cell) => cell.firms);

    expect(shown(1, 2, 20, 30)).toEqual([null, null, null, 30]);
    expect(shown(3, 4, 20)).toEqual([null, null, 20]);
    expect(shown(0, 20, 30)).toEqual([0, 20, 30]);
  });
});

describe('a metric', () => {
  it('implies those that ask for less', () => {
    expect(implies('waf-coverage', 'waf-or-hids-coverage')).toBe(true);
    expect(implies('full-stack-coverage', 'waf-coverage')).toBe(true);
    expect(implies('full-stack-coverage', 'host-detection-coverage')).toBe(true);
    expect(implies('waf-or-hids-coverage', 'waf-coverage')).toBe(false);
    expect(implies('mfa-coverage', 'backup-coverage')).toBe(false);
    expect(implies('mfa-coverage', 'mfa-coverage')).toBe(false);
  });
});
