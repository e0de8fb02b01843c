import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { content, cover, firm } from './assessment-world.ts';
import { adjustTerms } from '../../src/domain/underwriting/desk/adjust-terms.ts';
import { decidesAlone, neededAuthority } from '../../src/domain/underwriting/desk/authority.ts';
import { clearSubmission, type Considered } from '../../src/domain/underwriting/desk/clearance.ts';
import { limitByWarranties } from '../../src/domain/underwriting/desk/contingency.ts';
import { blockerKey } from '../../src/domain/underwriting/index.ts';
import { normaliseName } from '../../src/domain/parties/index.ts';
import { indexScreening } from '../../src/domain/underwriting/desk/screening.ts';

const { desk } = content;
const answers = { questionnaire: 'standard-2026', answers: {} };
const amount = fc.integer({ min: 1, max: 6_000_000_000 });

describe('a name as it is compared', () => {
  it.each([
    ['示例雾港科技有限公司', '示例雾港 科技 有限责任公司'],
    ['示例（宁波）贸易有限公司', '示例(宁波)贸易公司'.replace('公司', '有限公司')],
    ['Example Shadow Reef Trading Co., Ltd.', 'EXAMPLE SHADOW-REEF TRADING LIMITED'],
  ])('`%s` and `%s` are one', (a, b) => {
    expect(normaliseName(a)).toBe(normaliseName(b));
  });

  it('of two firms stay two, and a name of nothing but a legal form stays a name', () => {
    expect(normaliseName('示例雾港科技有限公司')).not.toBe(normaliseName('示例雾岗科技有限公司'));
    expect(normaliseName('Cole Incense Ltd')).toBe('coleincense');
    expect(normaliseName('集团有限公司')).not.toBe('');
  });
});

describe('the floors of terms', () => {
  it('never lower a term, and adjusting twice changes nothing', () => {
    fc.assert(
      fc.property(amount, amount, fc.integer({ min: 1, max: 200_000_000_000 }), (limitMinor, retentionMinor, revenue) => {
        const asked = {
          firm: { ...firm, annualRevenue: { currency: 'CNY' as const, minor: revenue } },
          answers,
          cover: { ...cover, limitMinor, retentionMinor },
        };
        const once = adjustTerms(asked, desk);
        const twice = adjustTerms({ ...asked, cover: once.cover }, desk);

        expect(once.cover.retentionMinor).toBeGreaterThanOrEqual(retentionMinor);
        expect(twice.adjustments).toEqual([]);
        expect(twice.cover).toEqual(once.cover);
        expect(once.adjustments.some(({ term }) => term === 'retention')).toBe(once.cover.retentionMinor !== retentionMinor);
      }),
    );
  });
});

it('a waiver is of one blocker: another finding under the same code still blocks', () => {
  const [first, second] = ['f-1', 'f-2'].map((finding) => ({ code: 'severe-open', finding, control: null }));

  expect(blockerKey(first!)).not.toBe(blockerKey(second!));
  expect(blockerKey({ code: 'score-below-line', finding: null, control: null })).toBe('score-below-line');
});

describe('authority', () => {
  const { levels } = desk.authority;
  const rank = (level: string | undefined): number => levels.findIndex((one) => one.level === level);
  const commitment = fc.record({
    limitMinor: amount,
    premiumMinor: fc.integer({ min: 1, max: 600_000_000 }),
    schedulePercent: fc.integer({ min: -30, max: 30 }),
    waivers: fc.integer({ min: 0, max: 4 }),
    reasons: fc.constant([]),
  });

  it('never falls when more is committed, and says why it is above the lowest level', () => {
    fc.assert(
      fc.property(commitment, amount, (one, more) => {
        const [less, bigger] = [neededAuthority(one, levels), neededAuthority({ ...one, limitMinor: one.limitMinor + more }, levels)];

        if (less.level === null) expect(bigger.level).toBeNull();
        else if (bigger.level !== null) expect(rank(bigger.level.level)).toBeGreaterThanOrEqual(rank(less.level.level));
        expect(less.because.length > 0).toBe(less.level?.level !== levels[0]!.level);
      }),
    );
  });

  it('of the committee is nobody’s alone', () => {
    const needed = neededAuthority({ limitMinor: 4_000_000_000, premiumMinor: 1, schedulePercent: 0, waivers: 0, reasons: [] }, levels);

    expect(needed.level?.level).toBe('committee');
    expect(decidesAlone(needed, ['underwriting-manager', 'underwriter'], levels)).toBe(false);
  });
});

describe('clearance', () => {
  const one = (submission: string, more: Partial<Considered> = {}): Considered => ({
    ...{
      submission,
      firm: { name: '示例甲有限公司', creditCode: null },
      applicant: `org_${submission}`,
      assessment: submission,
      at: '2026-11-01T00:00:00Z',
      state: 'open',
    },
    ...more,
  });
  const clear = (coming: Considered, known: Considered[]) => clearSubmission(coming, known, { clearanceDays: 90 });

  it('holds for the earliest, and only as long as that is open and within its days', () => {
    const coming = one('c', { at: '2026-11-20T00:00:00Z' });

    expect(clear(coming, [one('b', { at: '2026-11-10T00:00:00Z' }), one('a')])).toMatchObject({
      state: 'blocked',
      against: 'a',
      since: '2026-11-01T00:00:00Z',
      how: 'name',
    });
    expect(clear(coming, [one('a', { state: 'declined' }), one('b', { state: 'expired' }), one('d', { at: '2026-08-01T00:00:00Z' })]).state).toBe('clear');
  });
});

it('a list finds a code before a name, and neither in a firm that is not on it', () => {
  const why = { zh: '试验', en: 'trial' };
  const entry = { id: 'e', names: ['示例乙有限公司'], creditCode: '91330200MA0000HL2W', why };
  const { hitsOf } = indexScreening([{ id: 'list', title: why, source: 'test', date: '2026-01-01', entries: [entry] }]);

  expect(hitsOf({ name: '另一名称', creditCode: '91330200MA0000HL2W' }).map(({ by }) => by)).toEqual(['credit-code']);
  expect(hitsOf({ name: '示例乙有限公司', creditCode: null }).map(({ by }) => by)).toEqual(['name']);
  expect(hitsOf({ name: '示例乙（有限公司）', creditCode: null }).map(({ by }) => by)).toEqual(['similar-name']);
  expect(hitsOf({ name: '示例丙有限公司', creditCode: null })).toEqual([]);
});

it('a warranty caps the coverages that it names, never raises one, and leaves the others', () => {
  const capped = limitByWarranties(cover, [{ coverages: [cover.lines[0]!.coverage], subLimitMinor: 1000 }]);

  expect(capped.lines[0]!.subLimitMinor).toBe(1000);
  expect(capped.lines.slice(1)).toEqual(cover.lines.slice(1));
  expect(limitByWarranties(cover, [{ coverages: [cover.lines[0]!.coverage], subLimitMinor: Number.MAX_SAFE_INTEGER }])).toEqual(cover);
});
