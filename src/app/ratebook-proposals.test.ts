import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { loadAdvisory } from '../../test/demo-firms.ts';
import { password } from '../../test/door.ts';
import { until, type Json } from '../../test/system.ts';
import { useWholeSystem } from '../../test/world.ts';

// Each trial prices a book twice in the background; a crowded machine takes its time.
vi.setConfig({ testTimeout: 180_000 });
const system = useWholeSystem();
const key = 'frequency.ransomware';
let actuary = '';
let manager = '';
let insured = '';
let rival = '';
/** Signed in anew after the clock has moved: a session does not last for months. */
const enterAll = async (): Promise<void> => {
  [manager, actuary, insured, rival] = (await Promise.all(
    ['insurer@example.com', 'tariff@example.com', 'one@example.com', 'rival@example.com'].map((email) => system.enter(email)),
  )) as [string, string, string, string];
};

async function ask(cookie: string, method: 'GET' | 'POST' | 'PUT', url: string, payload?: object): Promise<{ status: number; body: Json }> {
  const response = await system.as(cookie, { method, url: `/api${url}`, ...(payload === undefined ? {} : { payload }) });
  return { status: response.statusCode, body: response.json() };
}

const draft = (version: string, effectiveFrom: string, value: number | null = 0.004): Json => ({
  version,
  title: { zh: '试验提案', en: 'Trial proposal' },
  why: 'ransomware claims came more often than expected',
  effectiveFrom,
  changes: [{ key, value, source: 'invented for this test', provenance: 'J', confidence: 'L' }],
});
/** A day in so many days from today, in Beijing. */
const daysAhead = (days: number): string => new Date(Date.now() + (days * 24 + 8) * 3_600_000).toISOString().slice(0, 10);
const soon = daysAhead(20);
const later = daysAhead(95);
const small = { kind: 'invented', policies: 10, seed: 3 } as const;

async function tried(cookie: string, written: Json, book: object = small): Promise<Json> {
  const { status, body } = await ask(cookie, 'POST', '/ratebook-proposals', { draft: written });
  expect(status).toBe(201);
  const started = await ask(cookie, 'POST', `/ratebook-proposals/${body.id}/dislocation`, { version: body.version, book });
  expect(started).toMatchObject({ status: 202 });
  const job = await until(
    90,
    () => ask(cookie, 'GET', `/jobs/${started.body.job}`),
    (answer) => ['done', 'failed'].includes(answer.body.state),
  );
  expect(job.body).toMatchObject({ state: 'done' });
  return (await ask(cookie, 'GET', `/ratebook-proposals/${body.id}`)).body;
}

async function submitted(cookie: string, written: Json): Promise<Json> {
  const { id, version } = await tried(cookie, written);
  const { status, body } = await ask(cookie, 'POST', `/ratebook-proposals/${id}/submission`, { version });
  expect(status).toBe(200);
  return body;
}

const decide = (cookie: string, proposal: string, decision: string, reason: string | null = null) =>
  ask(cookie, 'POST', `/ratebook-proposals/${proposal}/decision`, { decision, reason });

const quoteAgain = async (): Promise<Json> => {
  const { body } = await ask(insured, 'GET', '/submissions');
  const { assessment, cover } = body.items[0];
  const made = await ask(insured, 'POST', '/submissions', { assessment, cover: { ...cover, from: null }, insurer: 'org_insurer' });
  return (await ask(insured, 'POST', `/submissions/${made.body.id}/quotes`, {})).body;
};

beforeAll(async () => {
  await system.world.identity.seed(
    [],
    [{ id: 'usr_tariff', email: 'tariff@example.com', name: '庚', memberships: [{ organisation: 'org_insurer', roles: ['actuary'] }], password }],
  );
  await loadAdvisory(system.world, 'bound');
  await system.world.identity.seed(
    [{ id: 'org_rival', name: '另一家示例保险', kind: 'insurer' }],
    [{ id: 'usr_rival', email: 'rival@example.com', name: '辛', memberships: [{ organisation: 'org_rival', roles: ['underwriting-manager'] }], password }],
  );
  await enterAll();
}, 90_000);
afterEach(() => vi.useRealTimers());

describe('a draft of the tariff', () => {
  it('says at each cell what is missing, and cannot be tried or submitted until it is sound', async () => {
    const { body } = await ask(actuary, 'POST', '/ratebook-proposals', { draft: { ...draft('2026.1', '2026-01-01', null), why: '' } });
    expect(body.faults.map(({ at, code }: Json) => `${at} ${code}`)).toEqual(['why missing', 'changes.0.value missing', 'version version-taken']);
    const refused = await ask(actuary, 'POST', `/ratebook-proposals/${body.id}/dislocation`, { version: body.version, book: small });
    expect(refused).toMatchObject({ status: 400, body: { code: 'proposal-invalid' } });
    const mended = await ask(actuary, 'PUT', `/ratebook-proposals/${body.id}`, { version: body.version, draft: draft('2030.1', '2030-01-01') });
    expect(mended.body).toMatchObject({ faults: [], differences: { parameters: [{ key, after: 0.004 }] } });
    const early = await ask(actuary, 'POST', `/ratebook-proposals/${body.id}/submission`, { version: mended.body.version });
    expect(early).toMatchObject({ body: { code: 'dislocation-missing' } });
  });

  it('begins without a title and stands in the list of the tariff as such', async () => {
    const { body } = await ask(actuary, 'POST', '/ratebook-proposals', {});
    const list = await ask(actuary, 'GET', '/ratebook-proposals');
    expect(list.status).toBe(200);
    expect(list.body.items.find(({ id }: Json) => id === body.id)).toMatchObject({ title: { zh: '', en: '' }, state: 'draft' });
    expect((await ask(actuary, 'GET', '/ratebook-proposals?format=csv')).status).toBeLessThan(500);
  });

  it('is nobody else’s to see: not the insured’s, not another insurer’s', async () => {
    const { body } = await ask(actuary, 'POST', '/ratebook-proposals', {});
    expect((await ask(insured, 'GET', `/ratebook-proposals/${body.id}`)).status).toBe(403);
    expect((await ask(rival, 'GET', `/ratebook-proposals/${body.id}`)).status).toBe(404);
    expect((await ask(rival, 'GET', '/ratebook-proposals')).body.items).toEqual([]);
  });

  it('is tried on the insurer’s own policies when it has some, priced as they were bound', async () => {
    const found = await tried(actuary, draft('2030.2', '2030-02-01'), { kind: 'own', policies: 100, seed: null });
    const { body } = await ask(manager, 'GET', '/policies');
    const { policy } = body.items[0];
    expect(found.dislocation).toMatchObject({ book: { kind: 'own', policies: 1 }, leftOut: [], result: { beforeMinor: policy.premium.exVat.minor } });
    expect(found.dislocation.result.worst[0].id).toBe(policy.number);
  });

  it('shows its dislocation as out of date once a number has changed', async () => {
    const { id, version } = await tried(actuary, draft('2030.3', '2030-03-01'));
    const { body } = await ask(actuary, 'PUT', `/ratebook-proposals/${id}`, { version, draft: draft('2030.3', '2030-03-01', 0.005) });
    expect(body).toMatchObject({ dislocationIsCurrent: false, faults: [] });
    expect(await ask(actuary, 'POST', `/ratebook-proposals/${id}/submission`, { version: body.version })).toMatchObject({
      body: { code: 'dislocation-missing' },
    });
  });
});

describe('a proposal of the tariff', () => {
  it('is returned with a reason, becomes a draft again, and none of its authors can release it', async () => {
    const { id, version } = await submitted(actuary, draft('2030.4', '2030-04-01'));
    expect(await ask(actuary, 'PUT', `/ratebook-proposals/${id}`, { version, draft: draft('2030.4', '2030-04-01', 0.006) })).toMatchObject({
      body: { code: 'move-not-allowed' },
    });
    expect(await decide(actuary, id, 'released')).toMatchObject({ body: { code: 'second-person-needed' } });
    expect(await decide(manager, id, 'returned')).toMatchObject({ status: 400, body: { code: 'return-without-reason' } });
    const returned = await decide(manager, id, 'returned', 'the source is too thin');
    expect(returned).toMatchObject({ status: 200, body: { state: 'returned', reason: 'the source is too thin' } });
    expect(await decide(manager, id, 'released')).toMatchObject({ status: 409, body: { code: 'already-decided' } });
    const again = await ask(manager, 'PUT', `/ratebook-proposals/${id}`, { version: returned.body.version, draft: draft('2030.4', '2030-04-01', 0.006) });
    expect(again.body).toMatchObject({ state: 'draft', authors: [{ user: 'usr_tariff' }, { user: 'usr_insurer' }] });
  });

  it('is refused when it is backdated by the time of its release', async () => {
    const late = await submitted(actuary, draft('2026.90', soon));
    vi.useFakeTimers({ toFake: ['Date'], now: Date.parse(`${soon}T00:00:00+08:00`) });
    await enterAll();
    expect(await decide(manager, late.id, 'released')).toMatchObject({ body: { code: 'effective-date-past' } });
    vi.useRealTimers();
    await enterAll();
    await decide(manager, late.id, 'returned', 'too late');
  });

  it('takes the place of the ratebook on its day at its insurer alone; quotes of before keep theirs', async () => {
    const before = await quoteAgain();
    const [one, other] = [await submitted(actuary, draft('2027.1', later)), await submitted(actuary, draft('2027.2', later, 0.009))];
    const answers = await Promise.all([decide(manager, one.id, 'released'), decide(manager, other.id, 'released')]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 422]);
    expect(answers.find(({ status }) => status === 422)?.body.code).toBe('effective-date-taken');
    const winner = answers.find(({ status }) => status === 200)!.body;
    const list = (await ask(actuary, 'GET', '/ratebooks')).body.items;
    expect(list.map(({ version, state, until: end }: Json) => [version, state, end]).slice(0, 2)).toEqual([
      [winner.draft.version, 'coming', null],
      [before.quote.versions.ratebook, 'in-force', later],
    ]);
    expect((await quoteAgain()).quote.versions.ratebook).toBe(before.quote.versions.ratebook);

    vi.useFakeTimers({ toFake: ['Date'], now: Date.parse(`${later}T00:00:01+08:00`) });
    await enterAll();
    const after = await quoteAgain();
    expect(after.quote.versions).toMatchObject({ ratebook: winner.draft.version, ratebookHash: winner.hash });
    expect(after.quote.worksheet.premium.exVat).toBeGreaterThan(before.quote.worksheet.premium.exVat);
    expect((await ask(insured, 'GET', `/quotes/${before.id}`)).body.quote).toMatchObject({
      versions: before.quote.versions,
      worksheet: before.quote.worksheet,
    });
    expect((await ask(manager, 'GET', '/parameters')).body).toMatchObject({ ratebook: winner.draft.version });
    expect((await ask(rival, 'GET', '/ratebooks')).body.items.map(({ version }: Json) => version)).not.toContain(winner.draft.version);
    const pack = await ask(actuary, 'GET', `/ratebooks/${winner.draft.version}/filing`);
    expect(pack.body.documents.find(({ name }: Json) => name === 'parameters.csv').text).toContain('invented for this test');
  });

  it('built on a version that is no longer the last cannot be released', async () => {
    const stale = await submitted(actuary, draft('2027.5', daysAhead(250), 0.007));
    const next = await submitted(actuary, draft('2027.4', daysAhead(200), 0.008));
    expect(await decide(manager, next.id, 'released')).toMatchObject({ status: 200 });
    expect(await decide(manager, stale.id, 'released')).toMatchObject({ status: 409, body: { code: 'ratebook-changed-meanwhile' } });
  });
});
