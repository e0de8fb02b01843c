import type { z } from 'zod';
import { fieldReader } from '../app/words.ts';
import { Refusal } from '../domain/basics/index.ts';

/** Puts an operation's input together from the parts of a request. Types are judged by the operation's own schema afterwards, in one place for all doors. */

export interface RequestParts {
  readonly path: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string | string[]>>;
  readonly body: unknown;
}

/** Reads path and query words as the types that the schema names; a body is taken as it is. A field given in two parts is refused. */
export function inputReader(schema: z.ZodType): (parts: RequestParts) => Record<string, unknown> {
  const typed = fieldReader(schema);
  return ({ path, query, body }) => {
    const input: Record<string, unknown> = { ...requireObject(body) };
    for (const words of [query, path]) for (const [name, word] of Object.entries(words)) enter(input, name, typed(name, word));
    return input;
  };
}

function enter(input: Record<string, unknown>, name: string, value: unknown): void {
  if (Object.hasOwn(input, name))
    throw new Refusal('bad-input', 'field-given-twice', 'a field stands in two parts of the request', { field: name }, [
      { path: name, code: 'field-given-twice', message: 'given twice' },
    ]);
  if (name === '__proto__') throw new Refusal('bad-input', 'unsafe-key', 'a field of this name is not allowed');
  input[name] = value;
}

function requireObject(body: unknown): Record<string, unknown> {
  if (body === undefined) return {};
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body as Record<string, unknown>;
  throw new Refusal('bad-input', 'body-is-no-object', 'the body must be a JSON object');
}
