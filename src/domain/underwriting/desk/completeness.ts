import { z } from 'zod';
import { Text } from '../../basics/index.ts';
import type { Circumstances } from '../circumstances.ts';
import type { DeskRules } from './rules.ts';

/** Something that a submission lacks; `refers` when a person must look until it is there. */
export const MissingItem = z.strictObject({ id: z.string(), text: Text, refers: z.boolean() });
export type MissingItem = z.infer<typeof MissingItem>;

/** What the submission lacks. An item whose condition cannot be answered counts as missing: nobody can say that it is there. */
export const missingItems = (circumstances: Circumstances, { completeness }: Pick<DeskRules, 'completeness'>): MissingItem[] =>
  completeness.filter(({ condition }) => condition(circumstances).met !== false).map(({ id, text, refers }) => ({ id, text, refers }));
