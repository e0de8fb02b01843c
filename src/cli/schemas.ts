import { z } from 'zod';
import { Answers } from '../domain/assessment/index.ts';
import { RequestedCover } from '../domain/catalogue/index.ts';
import { FirmProfile } from '../domain/parties/index.ts';

/** The files that a person writes for `assess` and `quote`, by the option that takes them. */
const inputs = { profile: FirmProfile, answers: Answers, package: RequestedCover } as const;

/** JSON Schemas (draft 2020-12) of those files, made from the schemas that read them. */
export const inputSchemas = (): Record<keyof typeof inputs, object> =>
  Object.fromEntries(Object.entries(inputs).map(([name, schema]) => [name, z.toJSONSchema(schema, { target: 'draft-2020-12' })])) as Record<
    keyof typeof inputs,
    object
  >;
