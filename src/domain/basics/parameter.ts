import { z } from 'zod';
import { built, readContent, type Built, type ContentFile, type ContentProblem } from './content.ts';
import { hashData } from './hash.ts';
import { Text } from './text.ts';
import { Day } from './time.ts';

/** Where a number comes from: V verified in the named source, M quoted from memory, D derived here, J judgement prior. A J value is shown as a prior wherever it is shown. */
export const Provenance = z.enum(['V', 'M', 'D', 'J']);
export type Provenance = z.infer<typeof Provenance>;

/** How far to trust it: high, middle, low. */
export const Confidence = z.enum(['H', 'M', 'L']);
export type Confidence = z.infer<typeof Confidence>;

/** One number of the tariff or of the assessment, with what a reader needs to doubt it. */
export const Parameter = z.strictObject({
  key: z.string().regex(/^[a-z][a-z0-9.-]*$/),
  value: z.number(),
  unit: z.string().min(1),
  /** Which firms, claims or book the number speaks of. */
  population: z.string().min(1),
  source: z.string().min(1),
  provenance: Provenance,
  confidence: Confidence,
  effectiveFrom: Day,
  title: Text,
});
export type Parameter = z.infer<typeof Parameter>;

/** A file of parameters: what is written under `common` holds for each entry that does not say otherwise. */
const ParameterFile = z.strictObject({ common: Parameter.partial(), parameters: z.array(z.record(z.string(), z.unknown())).min(1) });

/** All parameters by key; `version` is the hash of them. */
export interface ParameterSet {
  readonly version: string;
  readonly byKey: ReadonlyMap<string, Parameter>;
}

/** Reads `content/parameters/*.yaml`. A number without its unit, population, source, provenance, confidence, date or title is a problem, and so is a key given twice. */
export function buildParameters(files: readonly ContentFile[]): Built<ParameterSet> {
  const { values, problems } = readContent(ParameterFile, files);
  const byKey = new Map<string, Parameter>();
  for (const { file, value } of values) {
    value.parameters.forEach((entry, i) => takeParameter({ file, at: `parameters.${i}` }, { ...value.common, ...entry }, byKey, problems));
  }
  const version = hashData([...byKey.values()].sort((a, b) => (a.key < b.key ? -1 : 1)));
  return built({ version, byKey }, problems);
}

function takeParameter(place: { file: string; at: string }, entry: unknown, byKey: Map<string, Parameter>, problems: ContentProblem[]): void {
  const read = Parameter.safeParse(entry);
  if (!read.success) {
    for (const issue of read.error.issues) problems.push({ file: place.file, at: `${place.at}.${issue.path.join('.')}`, message: issue.message });
    return;
  }
  if (byKey.has(read.data.key)) problems.push({ file: place.file, at: `${place.at}.key`, message: `\`${read.data.key}\` is given twice` });
  byKey.set(read.data.key, read.data);
}

/** The parameter of that key. A missing key is a programmer's error: content is checked when it is built. */
export function parameterOf(set: ParameterSet, key: string): Parameter {
  const found = set.byKey.get(key);
  if (found === undefined) throw new Error(`no parameter \`${key}\``);
  return found;
}

/** The value of the parameter of that key. */
export const valueOf = (set: ParameterSet, key: string): number => parameterOf(set, key).value;
