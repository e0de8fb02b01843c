import { randomUUID } from 'node:crypto';
import { extractText, getDocumentProxy } from 'unpdf';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { useDatabase } from '../../test/postgres.ts';
import { declare, personOf, runnerOver } from '../../test/runner.ts';
import { Refusal, instantFromMillis } from '../domain/basics/index.ts';
import { loadContent } from '../io/content/index.ts';
import { Documents } from '../io/documents/index.ts';
import { openQueue, type OpenQueue } from '../io/jobs/index.ts';
import { listProposedCancellations } from './cancellation-proposals.ts';
import { cancelPolicy, cancelPolicyAsInsurer, getCancellationNotice, previewCancellation, signCancellation } from './cancellation.ts';
import { listNotices } from './notices.ts';
import type { Actor } from './operation.ts';
import { policies } from './policy-file.ts';
import { getPolicy, listPostings } from './policy.ts';
import type { Runner } from './run.ts';

/** Cancellations over a real database and the insurer's own terms, with policies put in place as bound, and a clock that tests move. */
const store = useDatabase();
const paper = loadContent({ contentDir: fileURLToPath(new URL('../../content', import.meta.url)), feedDirs: [] });
const documents = new Documents();
type Loose = ReturnType<typeof JSON.parse>;

const plant = declare('plant', z.strictObject({ body: z.unknown() }), z.strictObject({ id: z.string() }), async ({ records, grants, now: at }, { body }) => {
  const { id } = await records.insert(policies, body as never);
  await grants.give({ record: id, to: 'org_insured', relation: 'insured', from: at, until: null });
  return { id };
});
const operations = [
  plant,
  previewCancellation,
  cancelPolicy,
  cancelPolicyAsInsurer,
  signCancellation,
  getCancellationNotice,
  getPolicy,
  listPostings,
  listNotices,
  listProposedCancellations,
];

const insured = personOf('org_insured', { user: 'owner', name: '企业主' });
const stranger = personOf('org_stranger', { user: 'other' });
const ofInsurer = (user: string, role: 'underwriter' | 'underwriting-manager'): Actor =>
  personOf('org_insurer', { user, name: user, organisationKind: 'insurer', roles: [role] });
const underwriter = ofInsurer('核保人', 'underwriter');
const manager = ofInsurer('经理', 'underwriting-manager');
const planter = personOf('org_insurer', { user: 'planter' });

let queue: OpenQueue;
let runner: Runner;
let now = '';
beforeAll(async () => {
  queue = await openQueue(store.database, () => undefined);
  runner = runnerOver(store.database, queue, operations as never, {
    content: paper as never,
    documents,
    members: { organisationsOf: () => Promise.resolve([]) } as never,
    clock: () => now,
  });
});
afterAll(async () => {
  documents.close();
  await queue.stop(0);
});
beforeEach(() => {
  now = '2026-10-10T15:00:00+08:00';
});

const ask = async (operation: Loose, actor: Actor, input: unknown = {}, key: string = randomUUID()): Promise<Loose> =>
  (await runner.run(operation, { actor, input, ...(operation.effect === 'read' ? {} : { key }) })).output;
const refusalOf = (work: Promise<unknown>): Promise<Loose> =>
  work.then(
    () => ({ code: 'allowed' }),
    (error: unknown) => (error instanceof Refusal ? error : Promise.reject(error)),
  );
const codeOf = async (work: Promise<unknown>): Promise<string> => (await refusalOf(work)).code;

const money = (minor: number) => ({ currency: 'CNY', minor });
let planted = 0;
/** A policy from 1 July 2026 for CNY 10,600.04, as bound by the insured with the insurer. */
async function bound(limitMinor = 200_000_000): Promise<string> {
  planted += 1;
  const policy = {
    ...{ number: `RL2026${planted}`, version: 1, state: 'bound', quote: null, insured: { name: '示例甲公司', creditCode: null } },
    period: { from: '2026-07-01T00:00:00+08:00', to: '2027-07-01T00:00:00+08:00' },
    boundAt: '2026-06-20T10:00:00+08:00',
    cover: {
      package: null,
      currency: 'CNY',
      limitMinor,
      retentionMinor: 0,
      lines: [{ coverage: 'incident-response', subLimitMinor: limitMinor, waitingHours: null }],
      from: null,
    },
    premium: { exVat: money(1_000_003), vat: money(60_001), total: money(1_060_004) },
    worksheet: {
      ...{ currency: 'CNY', lines: [], waterfall: [], premium: { currency: 'CNY', exVat: 1_000_003, vat: 60_001, total: 1_060_004 } },
      ...{ expectedLossMinor: 1, rateOnLine: 0.01, minimumApplied: false, clamped: [], ratebook: '2026.1', parametersHash: 'x', priors: [] },
    },
    ...{ security: { score: 80, grade: 'B', assessedAt: '2026-06-19T10:00:00+08:00' }, acceptances: [], versions: {}, cancellation: null },
  };
  const body = {
    ...{
      quote: `quote_${planted}`,
      submission: 's',
      insured: 'org_insured',
      insurer: 'org_insurer',
      policy,
      schedule: { insurer: { name: '示例财险', creditCode: null } },
    },
    ...{ wording: null, cancellationTerms: paper.cancellation, proposedCancellation: null },
  };
  return (await ask(plant, planter, { body })).id;
}

const open = { ends: null, knownOn: null, paidMinor: null };
const preview = (actor: Actor, policy: string, ground?: string) => ask(previewCancellation, actor, { policy, ...(ground === undefined ? {} : { ground }) });
/** Ends a policy as the preview has it. */
async function cancel(actor: Actor, policy: string, ground: string, more: Loose = {}, key?: string): Promise<Loose> {
  const { plan } = await preview(actor, policy, ground);
  return cancelAsSeen(actor, policy, ground, plan.returnedMinor, more, key);
}
function cancelAsSeen(actor: Actor, policy: string, ground: string, returnedMinor: number, more: Loose = {}, key?: string): Promise<Loose> {
  const input = { policy, ground, ...open, reason: '理由', returnedMinor, ...(actor === insured ? {} : { escalate: false }), ...more };
  return ask(actor === insured ? cancelPolicy : cancelPolicyAsInsurer, actor, input, key);
}
const receivable = async (policy: string): Promise<number> =>
  (await ask(listPostings, underwriter, { policy })).postings
    .filter(({ account }: Loose) => account === 'premium-receivable')
    .reduce((sum: number, { amountMinor }: Loose) => sum + amountMinor, 0);
const textOf = async ({ file }: Loose): Promise<string> =>
  (await extractText(await getDocumentProxy(new Uint8Array(Buffer.from(file, 'base64'))), { mergePages: true })).text.replace(/\s+/g, ' ');

describe('a cancellation by the insured', () => {
  it('does what its preview says: the state, the ledger, the notice to the insurer and the document in both languages', async () => {
    const policy = await bound();
    const { plan, grounds, side } = await preview(insured, policy, 'insured-request');
    expect([side, grounds.map(({ id }: Loose) => id)]).toEqual(['insured', ['insured-request', 'loss-paid-to-insured']]);
    expect(plan).toMatchObject({ ends: '2026-10-11', keptPercent: 40, isPrior: true, returnedMinor: 636_003 });

    const ended = await cancel(insured, policy, 'insured-request', { reason: '公司注销' });

    expect(ended).toMatchObject({
      outcome: 'cancelled',
      policy: { policy: { state: 'cancelled', version: 2, cancellation: { ...plan, by: '企业主', reason: '公司注销' } } },
    });
    expect(await receivable(policy)).toBe(-636_003);
    const [notice] = (await ask(listNotices, underwriter)).items.filter(({ subject }: Loose) => subject.endsWith(policy));
    expect(notice.text.zh).toContain('最后保障日 2026-10-10，退还保费 6360.03 元');
    const [zh, en] = await Promise.all(['zh', 'en'].map(async (language) => textOf(await ask(getCancellationNotice, insured, { policy, language }))));
    for (const said of ['保险合同解除通知书', '公司注销', '2026-10-10 24:00', '¥6,360.03', '短期费率附加', '40%', '《保险法》第十五条、第五十四条'])
      expect(zh).toContain(said);
    for (const said of ['Notice of Cancellation', 'CNY 6,360.03', 'Short-rate surcharge', 'Insurance Law, Arts. 15 and 54']) expect(en).toContain(said);
    expect((await preview(insured, policy)).grounds).toEqual([]);
    expect(await codeOf(ask(getCancellationNotice, insured, { policy: await bound() }))).toBe('not-cancelled');
  });

  it('is carried out once for one key, and refused when the amount is no longer the one that was seen', async () => {
    const [policy, other] = [await bound(), await bound()];
    await cancel(insured, policy, 'insured-request', {}, 'once');
    const seen = (await preview(insured, other, 'insured-request')).plan.returnedMinor;

    expect((await cancelAsSeen(insured, policy, 'insured-request', 636_003, {}, 'once')).outcome).toBe('cancelled');
    expect(await receivable(policy)).toBe(-636_003);
    now = instantFromMillis(Date.parse('2026-11-02T00:00:00+08:00'));
    expect(await refusalOf(cancelAsSeen(insured, other, 'insured-request', seen))).toMatchObject({ code: 'return-changed', facts: { seenMinor: 636_003 } });
    expect((await ask(getPolicy, insured, { policy: other })).policy.state).toBe('bound');
  });

  it('and one by the insurer at the same moment: one wins, the other is told which', async () => {
    const policy = await bound();
    const plans = await Promise.all([preview(insured, policy, 'insured-request'), preview(manager, policy, 'risk-increased')]);

    const both = await Promise.all([
      refusalOf(cancelAsSeen(insured, policy, 'insured-request', plans[0].plan.returnedMinor)),
      refusalOf(cancelAsSeen(manager, policy, 'risk-increased', plans[1].plan.returnedMinor)),
    ]);

    const { cancellation } = (await ask(getPolicy, insured, { policy })).policy;
    expect(both.map(({ code }) => code).sort()).toEqual(['allowed', 'already-cancelled']);
    expect(both.find(({ code }) => code === 'already-cancelled').facts).toMatchObject({
      by: cancellation.by,
      ends: cancellation.ends,
      ground: cancellation.title.zh,
    });
    expect(await receivable(policy)).toBe(-cancellation.returnedMinor);
  });

  it('is nobody else’s: neither another firm’s nor on the insurer’s grounds', async () => {
    const policy = await bound();

    expect(await codeOf(preview(stranger, policy))).toBe('not-found');
    expect(await codeOf(ask(cancelPolicy, stranger, { policy, ground: 'insured-request', ...open, reason: 'x', returnedMinor: 0 }))).toBe('not-found');
    expect(
      await codeOf(ask(cancelPolicyAsInsurer, insured, { policy, ground: 'risk-increased', ...open, reason: 'x', returnedMinor: 0, escalate: false })),
    ).toBe('not-permitted');
    expect(await codeOf(ask(cancelPolicy, planter, { policy, ground: 'insured-request', ...open, reason: 'x', returnedMinor: 0 }))).toBe('not-found');
    expect(await codeOf(preview(insured, policy, 'risk-increased'))).toBe('ground-unknown');
  });
});

describe('a cancellation by the insured on a loss that was paid', () => {
  const loss = { knownOn: '2026-10-01', paidMinor: 1 };
  const previewed = (actor: Actor, policy: string, more: Loose = {}) =>
    ask(previewCancellation, actor, { policy, ground: 'loss-paid-to-insured', ...loss, ...more });
  const claim = async (policy: string): Promise<Loose> =>
    cancelAsSeen(insured, policy, 'loss-paid-to-insured', (await previewed(insured, policy)).plan.returnedMinor, loss);

  it('takes the insurer’s confirmation: until then the policy stands and nothing is booked', async () => {
    const policy = await bound();

    expect((await claim(policy)).outcome).toBe('proposed');
    expect([(await ask(getPolicy, insured, { policy })).policy.state, await receivable(policy)]).toEqual(['bound', 0]);
    expect(await codeOf(claim(policy))).toBe('proposal-waits');
    expect((await preview(insured, policy)).proposal.plan).toMatchObject({ side: 'insured', paidMinor: 1 });
    expect((await ask(listNotices, underwriter)).items.find(({ subject }: Loose) => subject.includes(policy)).text.zh).toContain('请核对赔付记录');
    expect(await codeOf(ask(signCancellation, insured, { policy, agree: true, returnedMinor: 0 }))).toBe('not-permitted');

    now = '2026-10-12T15:00:00+08:00';
    const { proposal } = await preview(underwriter, policy);
    const ended = await ask(signCancellation, underwriter, { policy, agree: true, returnedMinor: proposal.plan.returnedMinor });
    expect(ended).toMatchObject({ outcome: 'cancelled', policy: { policy: { cancellation: { side: 'insured', ends: '2026-10-13', by: '企业主 + 核保人' } } } });
    expect(await receivable(policy)).toBe(-proposal.plan.returnedMinor);
  });

  it('that the insurer does not confirm changes nothing, tells the insured, and keeps neither side from other grounds', async () => {
    const [policy, other] = [await bound(), await bound()];
    await Promise.all([claim(policy), claim(other)]);

    expect((await ask(signCancellation, underwriter, { policy, agree: false, returnedMinor: 0 })).outcome).toBe('refused');
    expect((await ask(listNotices, insured)).items.find(({ subject }: Loose) => subject.includes(policy)).text.en).toContain('does not confirm');
    expect((await cancel(insured, policy, 'insured-request')).outcome).toBe('cancelled');
    expect((await cancel(underwriter, other, 'risk-increased')).outcome).toBe('cancelled');
    expect(await codeOf(previewed(insured, await bound(), { knownOn: '2026-06-30' }))).toBe('loss-before-cover');
  });
});

describe('a cancellation still to come', () => {
  it('chosen for a far day by the insured is overtaken by the insurer, who is told what stands; ledger and notices follow', async () => {
    const policy = await bound();
    const { plan: far } = await ask(previewCancellation, insured, { policy, ground: 'insured-request', ends: '2027-06-30' });
    await cancelAsSeen(insured, policy, 'insured-request', far.returnedMinor, { ends: '2027-06-30' });

    const seen = await ask(previewCancellation, underwriter, { policy, ground: 'non-disclosure-negligence', knownOn: '2026-10-01' });
    expect(seen.grounds.map(({ id }: Loose) => id)).toContain('risk-increased');
    const more = { knownOn: '2026-10-01' };
    expect(await codeOf(cancelAsSeen(underwriter, policy, 'non-disclosure-negligence', 1_060_004, more))).toBe('already-cancelled');
    await cancelAsSeen(underwriter, policy, 'non-disclosure-negligence', 1_060_004, { ...more, overtakes: '2027-06-30' });

    expect(await receivable(policy)).toBe(-1_060_004);
    expect((await ask(getPolicy, insured, { policy })).policy.cancellation).toMatchObject({ ends: '2026-10-11', overtakes: [{ by: '企业主' }] });
    expect((await ask(listNotices, insured)).items.find(({ subject }: Loose) => subject.includes(policy)).text.zh).toContain('保险人解除保单');
  });
});

describe('a cancellation by the insurer', () => {
  it('gives notice, returns day by day, and tells the insured', async () => {
    const policy = await bound();

    const ended = await cancel(underwriter, policy, 'risk-increased');

    expect(ended.policy.policy.cancellation).toMatchObject({ side: 'insurer', ends: '2026-10-26', borneDays: 117 });
    expect((await ask(listNotices, insured)).items.find(({ subject }: Loose) => subject.endsWith(policy)).text.en).toContain(
      'its last day of cover is 2026-10-25',
    );
  });

  it('returns nothing after intent, and earns the whole premium', async () => {
    const policy = await bound();
    const seen = { knownOn: '2026-10-01' };

    const ended = await cancelAsSeen(underwriter, policy, 'non-disclosure-intent', 0, seen);

    expect(ended.policy.policy.cancellation).toMatchObject({ returnedMinor: 0, bearsEarlierLosses: false });
    const { postings } = await ask(listPostings, underwriter, { policy });
    expect(postings.map(({ account }: Loose) => account).sort()).toEqual(['premium-income', 'unearned-premium']);
    expect(postings.reduce((sum: number, { amountMinor }: Loose) => sum + amountMinor, 0)).toBe(0);
    expect(await textOf(await ask(getCancellationNotice, insured, { policy }))).toContain('依法不退还');
  });

  it('above one’s authority waits unseen by the insured for a second person, who carries it out or lets it go', async () => {
    const policy = await bound(2_000_000_000);
    expect((await preview(underwriter, policy)).authority).toMatchObject({ alone: false, needs: { en: 'underwriting manager' } });
    expect(await codeOf(cancel(underwriter, policy, 'risk-increased'))).toBe('authority-exceeded');
    expect((await cancel(underwriter, policy, 'risk-increased', { escalate: true })).outcome).toBe('proposed');
    const { proposal } = await preview(manager, policy);
    const waiting = async (actor: Actor) => (await ask(listProposedCancellations, actor)).items;
    const told = async (actor: Actor) => (await ask(listNotices, actor)).items.filter(({ policy: about }: Loose) => about === policy);
    expect(await waiting(manager)).toMatchObject([{ policy, firm: '示例甲公司', by: '核保人', needs: { zh: '核保经理' }, signedByMe: false }]);
    expect((await waiting(underwriter))[0].signedByMe).toBe(true);
    expect(await told(manager)).toMatchObject([{ kind: 'cancellation-proposed', read: false }]);
    expect([(await told(underwriter))[0].read, await told(insured)]).toEqual([true, []]);
    const { returnedMinor } = proposal.plan;
    expect(await refusalOf(cancel(manager, policy, 'risk-increased'))).toMatchObject({ code: 'cancellation-proposed', facts: { by: '核保人' } });
    expect([(await preview(insured, policy)).proposal, (await ask(getPolicy, insured, { policy })).policy.state]).toEqual([null, 'bound']);
    expect(await codeOf(ask(signCancellation, underwriter, { policy, agree: true, returnedMinor }))).toBe('second-person-needed');

    const ended = await ask(signCancellation, manager, { policy, agree: true, returnedMinor });

    expect(ended).toMatchObject({ outcome: 'cancelled', policy: { policy: { cancellation: { by: '核保人 + 经理', ends: '2026-10-26' } } } });
    expect(await codeOf(ask(signCancellation, manager, { policy, agree: true, returnedMinor }))).toBe('no-cancellation-proposed');
    expect(await waiting(manager)).toEqual([]);
  });

  it('proposed for a day that the notice no longer reaches is proposed anew', async () => {
    const policy = await bound(2_000_000_000);
    await cancel(underwriter, policy, 'risk-increased', { escalate: true });
    const { returnedMinor } = (await preview(manager, policy)).proposal.plan;
    now = '2026-10-12T15:00:00+08:00';

    expect(await codeOf(ask(signCancellation, manager, { policy, agree: true, returnedMinor }))).toBe('notice-too-short');
    expect((await ask(signCancellation, manager, { policy, agree: false, returnedMinor })).outcome).toBe('refused');
    expect((await cancel(manager, policy, 'risk-increased')).outcome).toBe('cancelled');
  });
});

it('a policy file of before overtaking was kept has overtaken nothing', () => {
  const plan = { ground: 'x' };
  const before = { policy: { cancellation: plan }, proposedCancellation: { plan } };

  expect(policies.upgrades[4]!(before)).toEqual({
    policy: { cancellation: { ...plan, overtakes: [] } },
    proposedCancellation: { plan: { ...plan, overtakes: [] } },
  });
  expect(policies.upgrades[4]!({ policy: { cancellation: null }, proposedCancellation: null })).toEqual({
    policy: { cancellation: null },
    proposedCancellation: null,
  });
});

it('a policy file of before cancellations were kept can be ended under the terms in force', () => {
  const before = { policy: { number: 'x' }, wording: null };

  expect(policies.upgrades[3]!(before)).toEqual({
    policy: { number: 'x', cancellation: null },
    wording: null,
    cancellationTerms: null,
    proposedCancellation: null,
  });
});
