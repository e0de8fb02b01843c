import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayOf } from '../../basics/index.ts';
import type { AuthorityLevel, Decider } from '../../underwriting/index.ts';
import type { Policy } from '../model.ts';
import {
  buildCancellationTerms,
  carryOutCancellation,
  coverEnds,
  earliestEnd,
  groundsOpen,
  lapsePolicy,
  planCancellation,
  proposeCancellation,
  signCancellationProposal,
  type CancellationAsked,
  type CancellationGround,
  type CancellationTerms,
} from '../index.ts';

const text = (words: string) => ({ zh: words, en: words });
const ground = (id: string, by: 'insured' | 'insurer', returns: CancellationGround['returns'], more: Partial<CancellationGround> = {}): CancellationGround => ({
  ...{ id, by, title: text(id), basis: text('law'), returns, noticeDays: 0, withinDays: null, afterLoss: false, bearsEarlierLosses: true },
  ...more,
});
const terms: CancellationTerms = {
  id: 'standard',
  feePercent: 5,
  shortRate: {
    ...{ source: 'x', provenance: 'J', confidence: 'L', effectiveFrom: '2026-01-01' },
    keptPercent: [10, 20, 30, 40, 50, 60, 70, 80, 85, 90, 95, 100],
  },
  grounds: [
    ground('asked', 'insured', 'short-rate'),
    ground('after-loss', 'insured', 'pro-rata', { afterLoss: true, withinDays: 30 }),
    ground('intent', 'insurer', 'nothing', { withinDays: 30, bearsEarlierLosses: false }),
    ground('negligence', 'insurer', 'whole', { withinDays: 30, bearsEarlierLosses: false }),
    ground('risk', 'insurer', 'pro-rata', { noticeDays: 15 }),
  ],
};
const policy = {
  number: 'RL1',
  version: 1,
  state: 'bound',
  insured: { name: '甲', creditCode: null },
  period: { from: '2026-07-01T00:00:00+08:00', to: '2027-07-01T00:00:00+08:00' },
  boundAt: '2026-05-20T10:00:00+08:00',
  cover: { currency: 'CNY', limitMinor: 100_000_000, retentionMinor: 0, lines: [] },
  premium: { exVat: { currency: 'CNY', minor: 1_000_003 }, vat: { currency: 'CNY', minor: 60_001 }, total: { currency: 'CNY', minor: 1_060_004 } },
  cancellation: null,
} as unknown as Policy;

const asked = (id: string, more: Partial<CancellationAsked> = {}): CancellationAsked => ({ ground: id, ends: null, knownOn: null, paidMinor: null, ...more });
const now = '2026-10-10T15:00:00+08:00';
const plan = (id: string, more: Partial<CancellationAsked> = {}, at = now, of = policy) =>
  planCancellation(of, asked(id, more), terms.grounds.find((one) => one.id === id)?.by ?? 'insured', terms, at);
const refused = (work: () => unknown, code: string, facts = {}) =>
  expect(work).toThrow(expect.objectContaining({ code, facts: expect.objectContaining(facts) }));
const kinds = (found: ReturnType<typeof plan>) => Object.fromEntries(found.lines.map(({ kind, totalMinor }) => [kind, totalMinor]));

type JournalOrNone = ReturnType<typeof carryOutCancellation>['journal'] | undefined;
const onAccount = (name: string, ...journals: JournalOrNone[]): number =>
  journals.flatMap((one) => one?.postings ?? []).reduce((sum, { account, amountMinor }) => (account === name ? sum + amountMinor : sum), 0);

describe('the premium that goes back', () => {
  it('is that of the days not borne when the insurer ends the policy', () => {
    const found = plan('risk');

    // The day of the notice and fifteen more are borne: 1 July to 25 October, 24:00.
    expect([found.ends, found.borneDays, found.periodDays]).toEqual(['2026-10-26', 117, 365]);
    expect(found.returnedMinor).toBe(Math.round((1_000_003 * 248) / 365) + Math.round((60_001 * 248) / 365));
    expect(Object.keys(kinds(found))).toEqual(['borne', 'returned']);
  });

  it('is less by the short-rate table when the insured does, a month begun counting whole', () => {
    const found = plan('asked');

    expect([found.ends, found.borneDays, found.keptPercent, found.isPrior]).toEqual(['2026-10-11', 102, 40, true]);
    expect(found.returnedMinor).toBe(1_060_004 - 400_001 - 24_000);
    expect(['2026-08-01', '2026-08-02', '2027-06-30'].map((ends) => plan('asked', { ends }, '2026-07-10T09:00:00+08:00').keptPercent)).toEqual([10, 20, 100]);
  });

  it('is all but a fee for an insured who ends it before cover begins', () => {
    const found = plan('asked', {}, '2026-06-20T09:00:00+08:00');

    expect([found.ends, found.borneDays, found.keptPercent]).toEqual(['2026-07-01', 0, 5]);
    expect(kinds(found)).toEqual({ fee: 50_000 + 3_000, returned: 1_060_004 - 53_000 });
  });

  it('is nothing after dishonesty, and all of it after negligence, because the insurer bore nothing', () => {
    const known = { knownOn: '2026-10-01' };

    expect(kinds(plan('intent', known))).toMatchObject({ returned: 0, forfeited: expect.any(Number) });
    expect(plan('negligence', known)).toMatchObject({ returnedMinor: 1_060_004, bearsEarlierLosses: false });
  });

  it('leaves with the insurer the part of the limit that was paid out', () => {
    const found = plan('after-loss', { knownOn: '2026-10-01', paidMinor: 25_000_000 });
    const rest = 1_060_004 - kinds(found)['borne']!;

    expect(Math.abs(kinds(found)['paid-part']! - rest / 4)).toBeLessThan(2);
  });

  it('counts what members have drawn: all of it after a loss, and a limit that is used up brings nothing back', () => {
    const drawn = (drawnMinor: number, id = 'asked', more: Partial<CancellationAsked> = {}) => plan(id, { drawnMinor, ...more });
    const onLoss = { knownOn: '2026-10-01', paidMinor: 1 };

    expect(drawn(100_000_000)).toMatchObject({ returnedMinor: 0, paidMinor: 100_000_000 });
    expect(kinds(drawn(100_000_000))).toMatchObject({ 'paid-part': plan('asked').returnedMinor, returned: 0 });
    expect(drawn(100_000_000, 'risk').returnedMinor).toBe(0);
    expect(drawn(100_000_000, 'negligence', { knownOn: '2026-10-01' }).returnedMinor).toBe(1_060_004);
    expect(drawn(99_999_999).returnedMinor).toBe(plan('asked').returnedMinor);
    expect(drawn(25_000_000, 'after-loss', onLoss)).toEqual(plan('after-loss', { ...onLoss, paidMinor: 25_000_000 }));
  });

  it('is of the unused part of the limit when the insured asks after members drew, or nothing, as agreed; other returns stay', () => {
    const rule = { source: 'x', provenance: 'J', confidence: 'L', effectiveFrom: '2026-01-01' } as const;
    const after = (returns: 'unused-part' | 'nothing', drawnMinor: number, id = 'asked') =>
      planCancellation(policy, asked(id, { drawnMinor }), id === 'risk' ? 'insurer' : 'insured', { ...terms, usedLimit: { returns, ...rule } }, now);
    const whole = plan('asked').returnedMinor;

    expect(after('unused-part', 25_000_000)).toMatchObject({ paidMinor: 25_000_000, isPrior: true });
    expect(Math.abs(after('unused-part', 25_000_000).returnedMinor - whole * 0.75)).toBeLessThan(2);
    expect(after('unused-part', 0)).toEqual(plan('asked'));
    expect(after('nothing', 1)).toMatchObject({ paidMinor: 1, returnedMinor: 0 });
    expect(after('nothing', 0).returnedMinor).toBe(whole);
    expect(after('nothing', 25_000_000, 'risk')).toEqual(plan('risk'));
    // Asking without a ground never returns more than the ground of the law after a loss does.
    expect(after('unused-part', 25_000_000).returnedMinor).toBeLessThanOrEqual(
      plan('after-loss', { knownOn: '2026-10-01', paidMinor: 25_000_000 }).returnedMinor,
    );
  });

  it('re-adds with the rest to the premium in every column, never below nothing, whatever ends when', () => {
    const days = fc.integer({ min: 0, max: 364 }).map((n) => new Date(Date.UTC(2026, 6, 1 + n)).toISOString().slice(0, 10));
    const amounts = fc.integer({ min: 0, max: 9_000_000_000 });
    const paid = fc.integer({ min: 1, max: 99_999_999 });
    const drawn = fc.constantFrom(0, 1, 50_000_000, 100_000_000);

    fc.assert(
      fc.property(days, amounts, amounts, fc.constantFrom(...terms.grounds), paid, drawn, (ends, exVat, vat, { id }, paidMinor, drawnMinor) => {
        const premium = { exVat: { currency: 'CNY', minor: exVat }, vat: { currency: 'CNY', minor: vat }, total: { currency: 'CNY', minor: exVat + vat } };
        const onLoss = id === 'after-loss';
        const known = onLoss ? '2026-07-01' : '2026-06-01';
        const last = onLoss && ends < '2026-07-02' ? '2026-07-02' : ends;
        const found = plan(id, { ends: last, knownOn: known, paidMinor, drawnMinor }, `${known}T09:00:00+08:00`, { ...policy, premium } as Policy);
        const sums = (['exVatMinor', 'vatMinor', 'totalMinor'] as const).map((column) => found.lines.reduce((sum, line) => sum + line[column], 0));

        expect(sums).toEqual([exVat, vat, exVat + vat]);
        expect(found.lines.every((line) => Math.min(line.exVatMinor, line.vatMinor) >= 0)).toBe(true);
      }),
    );
  });
});

describe('a cancellation', () => {
  it('is open to each side on its own grounds only', () => {
    refused(() => planCancellation(policy, asked('risk'), 'insured', terms, now), 'ground-unknown', { ground: 'risk' });
    refused(() => planCancellation(policy, asked('asked'), 'insurer', terms, now), 'ground-unknown');
  });

  it('keeps the days of notice, and never reaches back', () => {
    expect(earliestEnd(policy, { noticeDays: 15 }, now)).toBe('2026-10-26');
    refused(() => plan('risk', { ends: '2026-10-25' }), 'notice-too-short', { earliest: '2026-10-25' });
    refused(() => plan('asked', { ends: '2026-10-10' }), 'notice-too-short');
    refused(() => plan('asked', { ends: '2027-07-01' }), 'ends-after-period');
    refused(() => plan('risk', {}, '2027-06-20T09:00:00+08:00'), 'ends-after-period');
  });

  it('is too late after the days that the law gives, and needs the day from which they count', () => {
    expect(plan('intent', { knownOn: '2026-09-10' }).knownOn).toBe('2026-09-10');
    refused(() => plan('intent', { knownOn: '2026-09-09' }), 'ground-too-late', { last: '2026-10-09' });
    const boundLater = { ...policy, boundAt: '2026-09-21T01:00:00+08:00' } as Policy;
    expect(plan('intent', { knownOn: '2026-09-21' }, now, boundLater).knownOn).toBe('2026-09-21');
    refused(() => plan('intent', { knownOn: '2026-09-20' }, now, boundLater), 'ground-known-before', { bound: '2026-09-21' });
    refused(() => plan('intent'), 'ground-day-missing');
    refused(() => plan('intent', { knownOn: '2026-10-11' }), 'ground-day-missing');
    refused(() => plan('after-loss', { knownOn: '2026-10-01', paidMinor: 100_000_000 }), 'paid-loss-wrong');
    refused(() => plan('after-loss', { knownOn: '2026-06-30', paidMinor: 1 }, '2026-07-02T09:00:00+08:00'), 'loss-before-cover', { begins: '2026-07-01' });
    expect(plan('after-loss', { knownOn: '2026-09-01', paidMinor: 1, proposedAt: '2026-10-01T09:00:00+08:00' }).knownOn).toBe('2026-09-01');
  });

  it('leaves nothing of the premium unearned on any ground and day: what is kept is earned', () => {
    fc.assert(
      fc.property(fc.constantFrom('asked', 'intent', 'negligence'), fc.integer({ min: 1, max: 300 }), (ground, days) => {
        const ends = new Date(Date.parse('2026-10-11') + days * 86_400_000).toISOString().slice(0, 10);
        if (ends >= dayOf(policy.period.to)) return;
        const found = plan(ground, { ends, knownOn: ground === 'asked' ? null : '2026-10-01' });
        const { journal } = carryOutCancellation(policy, found, { at: '2026-10-10T09:00:00+08:00', by: 'x', reason: 'x' });
        const returned = found.lines.at(-1)!.exVatMinor;

        expect(onAccount('unearned-premium', journal)).toBe(policy.premium.exVat.minor);
        expect(onAccount('premium-income', journal)).toBe(returned - policy.premium.exVat.minor);
        expect(journal!.postings.reduce((sum, { amountMinor }) => sum + amountMinor, 0)).toBe(0);
      }),
    );
  });

  it('ends a policy once: the next version, a journal that sums to zero, and a second one is told of the first', () => {
    const act = { at: now, by: '经办', reason: '公司注销' };
    const { policy: ended, journal } = carryOutCancellation(policy, plan('asked'), act);

    expect(ended).toMatchObject({ version: 2, state: 'cancelled', cancellation: { by: '经办', reason: '公司注销', ends: '2026-10-11' } });
    expect(journal!.postings.reduce((sum, { amountMinor }) => sum + amountMinor, 0)).toBe(0);
    expect(journal!.postings.at(-1)).toEqual({ account: 'premium-receivable', party: '甲', amountMinor: -ended.cancellation!.returnedMinor });
    expect([coverEnds(policy), coverEnds(ended)]).toEqual(['2027-07-01', '2026-10-11']);
    // It lapsed before the day of its end was kept.
    expect(coverEnds({ ...policy, state: 'cancelled' })).toBe('2026-07-01');
    refused(() => plan('asked', {}, now, ended), 'already-cancelled', { by: '经办', ends: '2026-10-11', ground: 'asked' });
    refused(() => plan('asked', {}, '2027-07-01T00:00:00+08:00'), 'policy-over');
    expect(onAccount('premium-receivable', carryOutCancellation(policy, plan('intent', { knownOn: '2026-10-01' }), act).journal)).toBe(0);
  });

  it('by a condition that was missed returns the days not borne, and says so in both languages', () => {
    const missed = { zh: '备份证明', en: 'proof of a backup' };
    const lapsed = lapsePolicy(policy, now, missed)!;

    expect([lapsed.ends, lapsed.returnedMinor]).toEqual([
      '2026-10-11',
      plan('asked').lines.reduce((sum, { kind, totalMinor }) => (kind === 'borne' ? sum - totalMinor : sum), 1_060_004),
    ]);
    expect(lapsed.policy.cancellation).toMatchObject({ ground: 'condition-missed', by: 'system', borneDays: 102, reason: missed });
  });
});

describe('a cancellation that is still to come', () => {
  const act = { at: now, by: '企业主', reason: '停业' };
  const far = carryOutCancellation(policy, plan('asked', { ends: '2027-06-30' }), act);
  const receivable = (...journals: JournalOrNone[]): number => onAccount('premium-receivable', ...journals);

  it('is overtaken by an earlier one of the other side; the first is recorded, and the ledger comes to what the second returns', () => {
    const found = plan('risk', {}, now, far.policy);
    const after = carryOutCancellation(far.policy, found, { ...act, by: '核保人' });

    expect(found.overtakes).toMatchObject([{ side: 'insured', ground: 'asked', ends: '2027-06-30', by: '企业主' }]);
    expect(after.policy).toMatchObject({ version: 3, cancellation: { ends: '2026-10-26', overtakes: found.overtakes } });
    expect(receivable(far.journal, after.journal)).toBe(-found.returnedMinor);
    refused(() => plan('asked', { ends: '2026-12-01' }, now, far.policy), 'already-cancelled');
    refused(() => plan('risk', { ends: '2027-06-30' }, now, far.policy), 'already-cancelled');
    refused(() => plan('risk', {}, '2027-06-30T09:00:00+08:00', far.policy), 'already-cancelled');
  });

  it('does not take its graver grounds from the insurer, who may also go on from a notice of its own; nothing overtakes those', () => {
    const known = { knownOn: '2026-10-01' };
    const soon = carryOutCancellation(policy, plan('asked'), act);
    const noticed = carryOutCancellation(policy, plan('risk'), act);

    const intent = carryOutCancellation(soon.policy, plan('intent', known, now, soon.policy), act);
    expect(intent.policy.cancellation).toMatchObject({ ground: 'intent', ends: '2026-10-11', returnedMinor: 0 });
    expect(receivable(soon.journal, intent.journal)).toBe(0);
    expect(plan('negligence', known, now, noticed.policy).returnedMinor).toBe(1_060_004);
    const grave = carryOutCancellation(policy, plan('intent', { ...known, ends: '2026-12-01' }), act).policy;
    refused(() => plan('asked', {}, now, grave), 'already-cancelled');
    expect(groundsOpen(soon.policy, 'insurer', terms, now).map(({ id }) => id)).toEqual(['intent', 'negligence']);
    expect([soon.policy, grave].map((one) => groundsOpen(one, 'insured', terms, now))).toEqual([[], []]);
  });

  it('is overtaken by a condition that is missed before it, and not by one that is missed after', () => {
    const lapsed = lapsePolicy(far.policy, now, text('备份证明'))!;

    expect(lapsed.policy.cancellation).toMatchObject({ ground: 'condition-missed', ends: '2026-10-11', overtakes: [{ ground: 'asked' }] });
    expect(receivable(far.journal, lapsed.journal)).toBe(-lapsed.returnedMinor);
    expect(lapsePolicy(carryOutCancellation(policy, plan('asked'), act).policy, now, text('备份证明'))).toBeNull();
  });

  it('re-adds in the ledger whatever overtakes it when', () => {
    const ends = fc.integer({ min: 0, max: 240 }).map((n) => new Date(Date.UTC(2026, 9, 27 + n)).toISOString().slice(0, 10));

    fc.assert(
      fc.property(ends, fc.constantFrom('risk', 'intent', 'negligence'), (first, id) => {
        const stands = carryOutCancellation(policy, plan('asked', { ends: first }), act);
        const found = plan(id, { knownOn: '2026-10-01' }, now, stands.policy);
        const after = carryOutCancellation(stands.policy, found, act);

        expect(receivable(stands.journal, after.journal)).toBe(found.returnedMinor === 0 ? 0 : -found.returnedMinor);
      }),
    );
  });
});

describe('the insurer’s authority to end a policy', () => {
  const level = (name: 'underwriter' | 'underwriting-manager' | 'committee', limitMinor: number, people: number): AuthorityLevel =>
    ({
      level: name,
      title: text(name),
      roles: name === 'underwriter' ? ['underwriter', 'underwriting-manager'] : ['underwriting-manager'],
      people,
      limitMinor,
      premiumMinor: 1e12,
      schedulePercent: 10,
      waivers: 0,
      source: 'x',
    }) as AuthorityLevel;
  const levels = [level('underwriter', 50_000_000, 1), level('underwriting-manager', 90_000_000, 1), level('committee', 500_000_000, 2)];
  const who = (by: string, role: 'underwriter' | 'underwriting-manager'): Decider => ({ by, name: by, at: now, roles: [role] });
  const propose = (decider: Decider, of = policy, escalate = true) => proposeCancellation(plan('risk'), { policy: of, decider, levels, reason: 'x', escalate });

  it('is used alone inside one’s own, and refused above it unless it is left to others', () => {
    const small = { ...policy, cover: { ...policy.cover, limitMinor: 50_000_000 } };

    expect(propose(who('a', 'underwriter'), small)).toBeNull();
    refused(() => propose(who('a', 'underwriter'), policy, false), 'authority-exceeded');
    expect(propose(who('a', 'underwriter'))).toMatchObject({ needs: 'committee', signatures: [{ by: 'a', counts: false }] });
  });

  it('takes as many signatures as the level has people, each of somebody else', () => {
    const proposal = propose(who('m1', 'underwriting-manager'))!;
    const sign = (decider: Decider) => signCancellationProposal(proposal, { policy, decider, levels });

    refused(() => sign(who('m1', 'underwriting-manager')), 'second-person-needed');
    refused(() => sign(who('a', 'underwriter')), 'authority-exceeded');
    expect(sign(who('m2', 'underwriting-manager')).complete).toBe(true);
    expect(signCancellationProposal(propose(who('a', 'underwriter'))!, { policy, decider: who('m1', 'underwriting-manager'), levels }).complete).toBe(false);
  });
});

describe('terms of cancellation', () => {
  const built = (change: object) =>
    buildCancellationTerms([{ path: 'content/cancellation/standard.yaml', data: { ...terms, ...change } }]).problems.map(({ at }) => at);

  it('hold to what the law does not let parties agree otherwise', () => {
    expect(built({})).toEqual([]);
    expect(built({ shortRate: { ...terms.shortRate, keptPercent: [8, ...terms.shortRate.keptPercent.slice(1)] } })).toEqual(['shortRate.keptPercent.0']);
    expect(built({ grounds: [ground('a', 'insurer', 'short-rate'), ground('a', 'insurer', 'pro-rata', { afterLoss: true, noticeDays: 14 })] })).toEqual([
      'grounds.0.returns',
      'grounds.1.id',
      'grounds.1.noticeDays',
    ]);
    expect(buildCancellationTerms([]).problems).toHaveLength(1);
  });
});
