import { z } from 'zod';
import type { Operation } from '../app/operation.ts';
import { inputSchema, type JsonSchema } from '../app/words.ts';
import { Problem } from './problem.ts';
import type { Entrance } from './entrance.ts';

/** The OpenAPI 3.1 document of the served routes, made from their declarations. */

interface Described {
  readonly name: string;
  readonly module: string;
  readonly summary: { readonly zh: string; readonly en: string };
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly input: z.ZodType;
  readonly output: z.ZodType | null;
  readonly body: 'json' | 'file' | 'document';
  readonly effect: 'read' | 'write' | 'money';
  readonly public: boolean;
}

type Schemas = Record<string, JsonSchema>;
type Json = Record<string, unknown>;

export function describeApi({ operations, entrances, version }: { operations: readonly Operation[]; entrances: readonly Entrance[]; version: string }): Json {
  const described = [...entrances.map(ofEntrance), ...operations.flatMap(ofOperation)];
  const schemas: Schemas = {};
  shared(schemas, z.toJSONSchema(Problem));
  const paths: Record<string, Json> = {};
  for (const one of described) (paths[`/api${one.path}`] ??= {})[one.method.toLowerCase()] = describeRoute(one, schemas);
  return {
    openapi: '3.1.0',
    info: {
      title: 'Riskloop',
      version,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      description:
        'Amounts are integers of minor units. Instants carry an offset. Unknown fields are refused. Every error is a problem document with a stable `code`.',
    },
    servers: [{ url: '/' }],
    tags: [...new Set(described.map((one) => one.module))].map((name) => ({ name })),
    paths,
    components: {
      schemas: Object.fromEntries(Object.entries(schemas).sort(([a], [b]) => (a < b ? -1 : 1))),
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'riskloop.session_token' },
        key: { type: 'http', scheme: 'bearer', description: 'an API key: rlk_…' },
      },
    },
    security: [{ session: [] }, { key: [] }],
  };
}

const ofEntrance = (entrance: Entrance): Described => ({ ...entrance, module: 'session', body: 'json', effect: 'write' });

function ofOperation(operation: Operation): Described[] {
  const { http } = operation;
  if (http === null) return [];
  return [{ ...operation, ...http, output: operation.output, public: operation.public ?? false, effect: operation.shownOnce ? 'read' : operation.effect }];
}

function describeRoute(one: Described, schemas: Schemas): Json {
  const input = expanded(schemas, shared(schemas, inputSchema(one.input)));
  const inPath = [...one.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!);
  const inBody = one.body !== 'file' && one.method !== 'GET' && one.method !== 'DELETE';
  const rest = Object.entries(input.properties ?? {}).filter(([name]) => !inPath.includes(name) && !(one.body === 'file' && name === 'file'));
  const required = new Set(input.required ?? []);
  const parameters = [
    ...inPath.map((name) => ({ name, in: 'path', required: true, schema: input.properties?.[name] ?? { type: 'string' } })),
    ...(inBody ? [] : rest.map(([name, schema]) => ({ name, in: 'query', required: required.has(name), schema }))),
    ...headerParameters(one),
  ];
  return {
    operationId: one.name,
    tags: [one.module],
    summary: one.summary.en,
    'x-summary-zh': one.summary.zh,
    ...(one.public ? { security: [] } : {}),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...requestBody(one, { inBody, rest, required }),
    responses: describeResponses(one, schemas),
  };
}

function headerParameters({ effect, method, public: open }: Described): Json[] {
  if (open || effect === 'read' || method === 'GET') return [];
  const schema = { type: 'string', minLength: 8, maxLength: 128, pattern: '^[\\x21-\\x7e]+$' };
  return [
    {
      name: 'Idempotency-Key',
      in: 'header',
      required: effect === 'money',
      schema,
      description: 'a second request with this key and the same input has no second effect',
    },
  ];
}

function requestBody(one: Described, { inBody, rest, required }: { inBody: boolean; rest: [string, unknown][]; required: Set<string> }): Json {
  if (one.body === 'file') {
    const schema = { type: 'object', properties: { file: { type: 'string', contentMediaType: 'application/octet-stream' } }, required: ['file'] };
    return { requestBody: { required: true, content: { 'multipart/form-data': { schema } } } };
  }
  if (!inBody || rest.length === 0) return {};
  const names = rest.map(([name]) => name).filter((name) => required.has(name));
  const schema = { type: 'object', properties: Object.fromEntries(rest), ...(names.length > 0 ? { required: names } : {}), additionalProperties: false };
  return { requestBody: { required: names.length > 0, content: { 'application/json': { schema } } } };
}

function describeResponses(one: Described, schemas: Schemas): Json {
  const done = { description: one.summary.en, ...successContent(one, schemas) };
  const refused = { description: 'refused', content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } };
  const statuses = [400, ...(one.public ? [] : [401]), 403, 404, 409, 412, 413, 415, 422, 429, 503];
  return { [one.status]: done, ...Object.fromEntries(statuses.map((status) => [status, refused])) };
}

function successContent(one: Described, schemas: Schemas): Json {
  if (one.output === null) return {};
  if (one.body === 'document') return { content: { 'application/octet-stream': { schema: { type: 'string', contentMediaType: 'application/octet-stream' } } } };
  return { content: { 'application/json': { schema: shared(schemas, z.toJSONSchema(one.output, { unrepresentable: 'any' })) } } };
}

/** Moves a schema's `$defs` among the document's shared schemas and points its references there. */
function shared(schemas: Schemas, schema: JsonSchema): JsonSchema {
  const pointed = JSON.parse(JSON.stringify(schema).replaceAll('"#/$defs/', '"#/components/schemas/')) as JsonSchema;
  for (const [name, definition] of Object.entries(pointed.$defs ?? {})) schemas[name] ??= withoutId(definition as JsonSchema);
  const { $defs: _defs, $schema: _schema, ...rest } = pointed;
  if (typeof rest.id !== 'string') return rest;
  schemas[rest.id] ??= withoutId(rest);
  return { $ref: `#/components/schemas/${rest.id}` };
}

/** An input is spread over address, query and body, so that its fields must be seen even when it has a name of its own. */
function expanded(schemas: Schemas, schema: JsonSchema): JsonSchema {
  return schema.$ref === undefined ? schema : (schemas[schema.$ref.replace('#/components/schemas/', '')] ?? schema);
}

function withoutId({ id: _id, ...rest }: JsonSchema): JsonSchema {
  return rest;
}
