import { z } from 'zod';
import { Refusal } from '../domain/basics/index.ts';

/** Puts an operation's input together from the parts of a request. Types are judged by the operation's own schema afterwards, in one place for all doors. */

export type JsonSchema = z.core.JSONSchema.JSONSchema;

/** JSON Schema of what a door accepts; shared shapes stay references into `$defs`. */
export const inputSchema = (schema: z.ZodType): JsonSchema => z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });

export interface RequestParts {
  readonly path: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string | string[]>>;
  readonly body: unknown;
}

/** Reads path and query words as the types that the schema names; a body is taken as it is. A field given in two parts is refused. */
export function inputReader(schema: z.ZodType): (parts: RequestParts) => Record<string, unknown> {
  const described = inputSchema(schema);
  const typed = (name: string, word: string | string[]): unknown => readWord(fieldSchema(described, name), word);
  return ({ path, query, body }) => {
    const input: Record<string, unknown> = { ...requireObject(body) };
    for (const words of [query, path]) for (const [name, word] of Object.entries(words)) enter(input, name, typed(name, word));
    return input;
  };
}

function enter(input: Record<string, unknown>, name: string, value: unknown): void {
  if (Object.hasOwn(input, name)) throw new Refusal('bad-input', 'field-given-twice', 'a field stands in two parts of the request', { field: name }, [{ path: name, code: 'field-given-twice', message: 'given twice' }]);
  if (name === '__proto__') throw new Refusal('bad-input', 'unsafe-key', 'a field of this name is not allowed');
  input[name] = value;
}

function requireObject(body: unknown): Record<string, unknown> {
  if (body === undefined) return {};
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body as Record<string, unknown>;
  throw new Refusal('bad-input', 'body-is-no-object', 'the body must be a JSON object');
}

/** The schema of one top-level field, through a reference and through `T | null`. */
function fieldSchema(described: JsonSchema, name: string): JsonSchema | undefined {
  return resolve(described, resolve(described, described)?.properties?.[name] as JsonSchema | undefined);
}

function resolve(root: JsonSchema, schema: JsonSchema | undefined): JsonSchema | undefined {
  const name = schema?.$ref?.replace('#/$defs/', '');
  if (name !== undefined) return root.$defs?.[name] as JsonSchema | undefined;
  const choice = schema?.anyOf?.find((one) => (one as JsonSchema).type !== 'null') as JsonSchema | undefined;
  return choice === undefined ? schema : resolve(root, choice);
}

/** A word as the type that the schema names. A word that does not fit stays text, so that the schema can say what is wrong with it. */
export function readWord(schema: JsonSchema | undefined, word: string | string[]): unknown {
  if (schema?.type === 'array') return [word].flat().map((one) => readWord(schema.items as JsonSchema | undefined, one));
  if (typeof word !== 'string') return word;
  if ((schema?.type === 'integer' || schema?.type === 'number') && /^-?\d{1,15}(\.\d{1,15})?$/.test(word)) return Number(word);
  if (schema?.type === 'boolean' && (word === 'true' || word === 'false')) return word === 'true';
  return word;
}
