import { z } from 'zod';

/** Doors that get words (an address, a command line) read them as the types that an operation's schema names. What is wrong is said by the schema itself. */

export type JsonSchema = z.core.JSONSchema.JSONSchema;

/** JSON Schema of what a door accepts; shared shapes stay references into `$defs`. */
export const inputSchema = (schema: z.ZodType): JsonSchema => z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });

/** Reads the word given for a top-level field. */
export function fieldReader(schema: z.ZodType): (name: string, word: string | string[]) => unknown {
  const described = inputSchema(schema);
  return (name, word) => readWord(fieldSchema(described, name), word);
}

/** The schema of one top-level field, through a reference and through `T | null`. */
export function fieldSchema(described: JsonSchema, name: string): JsonSchema | undefined {
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
