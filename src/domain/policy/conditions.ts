import { z } from 'zod';
import { Day, Text, built, misnamed, readContent, type Built, type ContentFile } from '../basics/index.ts';

/** Special conditions (特别约定) that every policy of the insurer carries, in the order in which they are printed. Data in `content/conditions`. */
export const SpecialConditions = z.strictObject({ id: z.string(), effectiveFrom: Day, conditions: z.array(Text).min(1).max(60) });
export type SpecialConditions = z.infer<typeof SpecialConditions>;

/** Reads the one file of `content/conditions`. */
export function buildConditions(files: readonly ContentFile[]): Built<SpecialConditions> {
  const { values, problems } = readContent(SpecialConditions, files);
  const [first, ...more] = values;
  if (problems.length > 0) return { value: null, problems };
  if (first === undefined) return { value: null, problems: [{ file: 'content/conditions', at: '', message: 'there are no special conditions' }] };
  return built(first.value, [
    ...misnamed(first),
    ...more.map(({ file }) => ({ file, at: '', message: 'a second list of conditions: only one can be in force' })),
  ]);
}
