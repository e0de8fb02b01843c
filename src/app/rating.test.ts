import { beforeAll, describe, expect, it } from 'vitest';
import { password } from '../../test/door.ts';
import type { Json } from '../../test/system.ts';
import { useWholeSystem } from '../../test/world.ts';

const system = useWholeSystem();
let manager = '';
let actuary = '';
let insured = '';

const proposal = (value: number, version = '2026.3') => ({
  version,
  title: { zh: '试验提案', en: 'Trial proposal' },
  why: 'ransomware claims came more often than expected',
  effectiveFrom: '2027-01-01',
  changes: [{ key: 'frequency.ransomware', value, source: 'invented for this test', provenance: 'J', confidence: 'L' }],
});

async function ask(cookie: string, method: 'GET' | 'POST', url: string, payload?: object): Promise<{ status: number; body: Json }> {
  const response = await system.as(cookie, { method, url: `/api${url}`, ...(payload === undefined ? {} : { payload }) });
  return { status: response.statusCode, body: response.json() };
}

beforeAll(async () => {
  await system.world.identity.seed(
    [],
    [{ id: 'usr_tariff', email: 'tariff@example.com', name: '庚', memberships: [{ organisation: 'org_insurer', roles: ['actuary'] }], password }],
  );
  [manager, actuary, insured] = (await Promise.all(['insurer@example.com', 'tariff@example.com', 'one@example.com'].map((email) => system.enter(email)))) as [
    string,
    string,
    string,
  ];
}, 60_000);

describe('a proposed ratebook', () => {
  it('is kept with its dislocation, and only a second person releases it', async () => {
    const proposed = await ask(actuary, 'POST', '/ratebook-proposals', { proposal: proposal(0.004) });
    expect(proposed).toMatchObject({
      status: 201,
      body: { state: 'proposed', basedOn: '2026.2', differences: [{ key: 'frequency.ransomware', after: 0.004 }] },
    });
    expect(proposed.body.dislocation.result.change).toBeGreaterThan(0);
    const decide = (cookie: string) => ask(cookie, 'POST', `/ratebook-proposals/${proposed.body.id}/decision`, { decision: 'released' });
    expect(await decide(actuary)).toMatchObject({ body: { code: 'second-person-needed' } });
    expect(await decide(manager)).toMatchObject({ status: 200, body: { state: 'released' } });
    expect(await decide(manager)).toMatchObject({ status: 409, body: { code: 'already-decided' } });
    const pack = await ask(manager, 'GET', `/ratebook-proposals/${proposed.body.id}/filing`);
    expect(pack.body).toMatchObject({ version: '2026.3' });
    expect(pack.body.documents.find(({ name }: { name: string }) => name === 'parameters.csv').text).toContain('invented for this test');
  });

  it('is refused with a number that no price can bear, and to those who keep no tariff', async () => {
    expect(await ask(actuary, 'POST', '/ratebook-proposals', { proposal: proposal(0.004, '2026.2') })).toMatchObject({
      status: 400,
      body: { code: 'proposal-invalid' },
    });
    expect((await ask(insured, 'POST', '/ratebook-proposals', { proposal: proposal(0.004) })).status).toBe(403);
  });
});
