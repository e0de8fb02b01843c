import { beforeAll, describe, expect, it } from 'vitest';
import { loadAdvisory } from '../../test/demo-firms.ts';
import type { Json } from '../../test/system.ts';
import { useWholeSystem } from '../../test/world.ts';

const system = useWholeSystem();
let firm = '';
let stranger = '';
let insurer = '';

async function ask(cookie: string, method: 'GET' | 'POST', url: string, payload?: object): Promise<{ status: number; body: Json }> {
  const response = await system.as(cookie, { method, url: `/api${url}`, ...(payload === undefined ? {} : { payload }) });
  return { status: response.statusCode, body: response.json() };
}

beforeAll(async () => {
  await loadAdvisory(system.world, 'quoted');
  [firm, stranger, insurer] = (await Promise.all(['one@example.com', 'two@example.com', 'insurer@example.com'].map((email) => system.enter(email)))) as [
    string,
    string,
    string,
  ];
}, 90_000);

describe('a submission that its applicant takes back', () => {
  it('is nobody else’s to take back', async () => {
    const { body } = await ask(firm, 'GET', '/submissions');
    const url = `/submissions/${body.items[0].id}/withdrawal`;

    expect((await ask(stranger, 'POST', url, { reason: '改为明年投保' })).status).toBe(404);
    expect((await ask(insurer, 'POST', url, { reason: '改为明年投保' })).status).toBe(403);
    expect((await ask(firm, 'GET', `/quotes/${body.items[0].quote}`)).body.state).toBe('quoted');
  });

  it('ends with its offers, leaves the desk, and stands in the way of nothing new', async () => {
    const { id, quote, assessment, cover } = (await ask(firm, 'GET', '/submissions')).body.items[0];
    expect((await ask(firm, 'POST', `/submissions/${id}/withdrawal`, { reason: '改为明年投保' })).body).toEqual({ submission: id, closed: true });

    expect((await ask(firm, 'GET', `/submissions/${id}`)).body.state).toBe('closed');
    expect((await ask(insurer, 'GET', `/quotes/${quote}`)).body).toMatchObject({
      state: 'withdrawn',
      remarks: [{ kind: 'withdrawn', name: '甲', reason: '改为明年投保' }],
    });
    expect((await ask(insurer, 'GET', '/cases')).body.items.map(({ queue }: Json) => queue)).toEqual(['closed']);
    expect(await ask(firm, 'POST', `/submissions/${id}/quotes`, {})).toMatchObject({ status: 422, body: { code: 'move-not-allowed' } });
    expect(await ask(firm, 'POST', `/submissions/${id}/withdrawal`, { reason: '改为明年投保' })).toMatchObject({
      status: 422,
      body: { code: 'move-not-allowed' },
    });

    const anew = await ask(firm, 'POST', '/submissions', { assessment, cover: { ...cover, from: null }, insurer: 'org_insurer' });
    expect((await ask(firm, 'POST', `/submissions/${anew.body.id}/quotes`, {})).body.quote).toMatchObject({ outcome: 'quoted', reasons: [] });
  });
});
