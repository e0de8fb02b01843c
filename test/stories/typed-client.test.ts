import { expect, test } from 'vitest';
import { clientOf } from '../../web/api/client.ts';
import { useWholeSystem } from '../world.ts';

const system = useWholeSystem();

test('a program uses the API with a key and the types that were made from the operations', async () => {
  const baseUrl = await system.app.listen({ port: 0, host: '127.0.0.1' });
  const { secret } = await system.world.identity.members.createApiKey({
    organisation: 'org_one',
    user: 'usr_one',
    name: 'for a program',
    permissions: ['session:read', 'catalogue:read', 'assessment:read'],
  });
  const client = clientOf({ baseUrl, headers: { authorization: `Bearer ${secret}` } });

  const session = await client.GET('/api/session');
  const packages = await client.GET('/api/packages');
  const absent = await client.GET('/api/assessments/{assessment}', { params: { path: { assessment: 'assessment_none' } } });
  // @ts-expect-error the API has no such path
  const unknown = await client.GET('/api/no/such/path');

  expect(session.data?.organisation.id).toBe('org_one');
  expect(packages.data?.packages.length).toBeGreaterThan(0);
  expect(absent.error?.code).toBe('not-found');
  expect(unknown.response.status).toBe(404);
});
