import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { operations } from '../app/operations.ts';
import type { HttpDoor, Operation } from '../app/operation.ts';
import { inputSchema, type JsonSchema } from '../app/words.ts';
import { profileOf } from '../../test/demo-firms.ts';
import { useWholeSystem } from '../../test/world.ts';

const system = useWholeSystem();
const served = operations.filter((operation): operation is Operation & { http: HttpDoor } => operation.http !== null);
/** What anybody may read without signing in. */
const openToEverybody = ['listAssessmentRules'];
const withoutInstance = (body: string): string => body.replace(/urn:uuid:[0-9a-f-]{36}/, '');

describe('every operation', () => {
  test('is open to everybody only where it says so and only reads', () => {
    const open = operations.filter((operation) => operation.public);

    expect(open.map(({ name }) => name).sort()).toEqual(openToEverybody);
    expect(open.every(({ effect }) => effect === 'read')).toBe(true);
  });

  test.each(served.filter((operation) => !operation.public).map((operation) => [operation.name, operation] as const))(
    '%s is closed to people who are not signed in',
    async (_name, { http }) => {
      const answer = await system.app.inject({ method: http.method, url: `/api${http.path.replace(/\{\w+\}/g, 'x')}` });

      expect(answer.statusCode).toBe(401);
      expect(answer.json().code).toBe('not-signed-in');
    },
  );

  test('has a name, a route and a summary of its own in both languages', () => {
    const unique = (values: string[]) => expect(new Set(values).size).toBe(values.length);
    unique(operations.map(({ name }) => name));
    unique(served.map(({ http }) => `${http.method} ${http.path.replace(/\{\w+\}/g, '{}')}`));
    for (const { summary } of operations) expect(summary.zh).not.toBe(summary.en);
  });

  test.each(served.filter(({ http }) => http.path.includes('{')).map((operation) => [operation.name, operation] as const))(
    '%s answers an id of another organisation as one that does not exist',
    async (_name, { http, input }) => {
      const [one, two] = [await system.enter('one@example.com'), await system.enter('two@example.com')];
      const foreign = await ownRecord(one);
      const body =
        http.body === 'json' && http.method !== 'GET' && http.method !== 'DELETE'
          ? { payload: fc.sample(valueOf(inputSchema(input)), { seed: 7, numRuns: 1 })[0] as object }
          : {};
      const ask = (id: string) =>
        system.as(two, { method: http.method, url: `/api${http.path.replace(/\{\w+\}/g, id)}`, headers: { 'idempotency-key': `foreign-${id}` }, ...body });

      const [foreignAnswer, absentAnswer] = [await ask(foreign), await ask(foreign.replace(/.{4}$/, '0000'))];

      const readsOnly = http.method === 'GET' && http.body === 'json';
      expect(readsOnly ? [403, 404] : [400, 403, 404, 415]).toContain(foreignAnswer.statusCode);
      expect(foreignAnswer.statusCode).toBe(absentAnswer.statusCode);
      expect(withoutInstance(foreignAnswer.body)).toBe(withoutInstance(absentAnswer.body));
    },
  );

  test('answers any input without a failure of ours', async () => {
    const statuses = new Set<number>();
    const cookies = [await system.enter('one@example.com'), await system.enter('insurer@example.com')];
    const calls = fc
      .constantFrom(...served)
      .chain((operation) => fc.record({ operation: fc.constant(operation), input: inputFor(operation), cookie: fc.constantFrom(...cookies), key: fc.uuid() }));

    await fc.assert(
      fc.asyncProperty(calls, async ({ operation, input, cookie, key }) => {
        const answer = await system.as(cookie, requestFor(operation, input, key));
        statuses.add(answer.statusCode);
        expect(answer.statusCode, `${operation.name} ${JSON.stringify(input)} ${answer.body.slice(0, 300)}`).toBeLessThan(500);
      }),
      { numRuns: 1500 },
    );
    expect([...statuses].sort()).toEqual(expect.arrayContaining([200, 201, 400, 403, 404]));
  }, 120_000);
});

let record: string | null = null;

/** An assessment of the first firm; its id stands for every id that the second firm must not be able to tell from none. */
async function ownRecord(cookie: string): Promise<string> {
  if (record !== null) return record;
  const answer = await system.as(cookie, { method: 'POST', url: '/api/assessments', payload: { firm: profileOf('advisory') } });
  expect(answer.statusCode, answer.body).toBe(201);
  record = (answer.json() as { id: string }).id;
  return record;
}

/** Mostly what the schema describes, sometimes something else in its place. */
const inputFor = ({ input }: Operation): fc.Arbitrary<Record<string, unknown>> =>
  fc.oneof(
    { weight: 4, arbitrary: valueOf(inputSchema(input)) as fc.Arbitrary<Record<string, unknown>> },
    { weight: 1, arbitrary: fc.dictionary(fc.string({ maxLength: 12 }), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 4 }) },
  );

function requestFor({ http }: Operation & { http: HttpDoor }, input: Record<string, unknown>, key: string) {
  const fields = { ...(typeof input === 'object' ? input : {}) };
  const path = http.path.replace(/\{(\w+)\}/g, (_all, name: string) => {
    const { [name]: value } = fields;
    delete fields[name];
    return encodeURIComponent(typeof value === 'string' && value !== '' ? value : 'x');
  });
  const headers = { 'idempotency-key': key };
  if (http.body === 'file')
    return {
      method: http.method,
      url: `/api${path}`,
      headers: { ...headers, 'content-type': 'multipart/form-data; boundary=b' },
      payload: `--b\r\ncontent-disposition: form-data; name="file"; filename="x"\r\n\r\n${JSON.stringify(input)}\r\n--b--\r\n`,
    };
  if (http.method !== 'GET' && http.method !== 'DELETE') return { method: http.method, url: `/api${path}`, headers, payload: fields };
  const query = Object.entries(fields).map(
    ([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(typeof value === 'string' ? value : JSON.stringify(value))}`,
  );
  return { method: http.method, url: `/api${path}?${query.join('&')}`, headers };
}

/** Values that a JSON Schema describes, formats and patterns only roughly. */
function valueOf(root: JsonSchema, schema: JsonSchema = root, depth = 0): fc.Arbitrary<unknown> {
  if (schema.$ref !== undefined) return valueOf(root, root.$defs![schema.$ref.replace('#/$defs/', '')] as JsonSchema, depth + 1);
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum !== undefined) return fc.constantFrom(...(schema.enum as unknown[]));
  const choices = (schema.anyOf ?? schema.oneOf) as JsonSchema[] | undefined;
  if (choices !== undefined) return fc.oneof(...choices.map((choice) => valueOf(root, choice, depth + 1)));
  return byType(root, schema, depth);
}

function byType(root: JsonSchema, schema: JsonSchema, depth: number): fc.Arbitrary<unknown> {
  const least = schema.minimum ?? (schema.exclusiveMinimum !== undefined ? Number(schema.exclusiveMinimum) + 0.5 : undefined);
  switch (schema.type) {
    case 'object':
      return objectOf(root, schema, depth);
    case 'array':
      return fc.array(valueOf(root, (schema.items as JsonSchema | undefined) ?? {}, depth + 1), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.max(schema.minItems ?? 0, 2),
      });
    case 'integer':
      return fc.integer({
        min: Math.max(Math.ceil(least ?? 0), -2_000_000_000),
        max: Math.max(Math.ceil(least ?? 0), Math.min(Math.floor(schema.maximum ?? 1_000_000), 2_000_000_000)),
      });
    case 'number':
      return fc.double({ min: least ?? 0, max: schema.maximum ?? Math.max(1000, (least ?? 0) * 2), noNaN: true });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'string':
      return text(schema);
    default:
      return fc.jsonValue({ maxDepth: 1 });
  }
}

function objectOf(root: JsonSchema, schema: JsonSchema, depth: number): fc.Arbitrary<unknown> {
  const fields = Object.entries(schema.properties ?? {}).map(([name, field]) => [name, valueOf(root, field as JsonSchema, depth + 1)] as const);
  return fc.record(Object.fromEntries(fields), { requiredKeys: (schema.required ?? []) as string[] });
}

function text(schema: JsonSchema): fc.Arbitrary<string> {
  if (schema.format === 'date') return fc.constantFrom('2026-07-01', '2028-02-29', '2026-12-31');
  if (schema.format === 'date-time') return fc.constantFrom('2026-07-01T00:00:00+08:00', '2026-11-22T10:00:00Z');
  // What a pattern rules out by looking ahead cannot be generated; plain text is mostly allowed there.
  if (schema.pattern !== undefined && !schema.pattern.includes('(?!')) return fc.stringMatching(new RegExp(schema.pattern));
  return fc.string({ unit: 'grapheme', minLength: schema.minLength ?? 1, maxLength: Math.min(schema.maxLength ?? 20, 20) });
}
