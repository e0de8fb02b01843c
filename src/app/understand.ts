import type { z } from 'zod';
import { type FieldFault, Refusal } from '../domain/basics/index.ts';

/**
 * The input as the operation's schema reads it. Throws a Refusal `invalid-input` that lists every field that is wrong, and `invalid-text`
 * for text that cannot be stored: U+0000, or half of a surrogate pair.
 */
export function understand<S extends z.ZodType>(schema: S, input: unknown): z.infer<S> {
  const unclean = uncleanText(input, []);
  if (unclean) throw new Refusal('bad-input', 'invalid-text', 'text holds characters that cannot be stored', { field: unclean.path }, [unclean]);
  const read = schema.safeParse(input);
  if (!read.success)
    throw new Refusal(
      'bad-input',
      'invalid-input',
      'some fields are not as they must be',
      { fields: read.error.issues.length },
      read.error.issues.map(faultOf),
    );
  return read.data;
}

const faultOf = (issue: z.core.$ZodIssue): FieldFault => ({ path: issue.path.join('.'), code: issue.code.replaceAll('_', '-'), message: issue.message });

function uncleanText(value: unknown, path: readonly string[]): FieldFault | null {
  if (typeof value === 'string')
    return isClean(value) ? null : { path: path.join('.'), code: 'invalid-text', message: 'holds U+0000 or half of a surrogate pair' };
  if (typeof value !== 'object' || value === null) return null;
  for (const [key, inner] of Object.entries(value)) {
    const unclean = uncleanText(key, path) ?? uncleanText(inner, [...path, key]);
    if (unclean) return unclean;
  }
  return null;
}

/** In a pattern with the `u` flag, a surrogate only matches when it stands alone. */
const isClean = (text: string): boolean => !text.includes('\u0000') && !/\p{Surrogate}/u.test(text);
