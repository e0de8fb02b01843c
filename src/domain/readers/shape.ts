import type { z } from 'zod';
import type { Json } from './json.ts';
import { unreadable, type Position } from './unreadable.ts';

/**
 * A foreign value in the shape that the format expects, without the fields it does not use. Refuses `unexpected-shape` with the JSON path of the
 * first field that does not fit.
 */
export function shaped<S extends z.ZodType>(schema: S, value: Json, path: Position): z.output<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const at = path + (issue?.path ?? []).map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`)).join('');
  throw unreadable('unexpected-shape', `a field is not of the expected kind (${issue?.message.toLowerCase() ?? 'unknown'})`, at.slice(0, 500));
}

/** Whether a value is an object with all these keys. */
export const hasKeys = (value: Json | undefined, ...keys: readonly string[]): value is { [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && keys.every((key) => Object.hasOwn(value, key));

/** The member of an object; undefined for anything else. */
export const member = (value: Json | undefined, key: string): Json | undefined => (hasKeys(value, key) ? value[key] : undefined);

/** The first element of an array; undefined for anything else. */
export const firstOf = (value: Json | undefined): Json | undefined => (Array.isArray(value) ? value[0] : undefined);
