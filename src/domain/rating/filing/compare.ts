import type { Parameter } from '../../basics/index.ts';
import type { Ratebook } from '../ratebook.ts';

/** One number that differs between two ratebooks; null where a ratebook does not use it. */
export interface ParameterDifference {
  readonly key: string;
  readonly title: Parameter['title'];
  readonly unit: string;
  readonly before: number | null;
  readonly after: number | null;
  /** after/before − 1; null where either is missing or before is 0. */
  readonly relative: number | null;
  readonly sourceBefore: string | null;
  readonly sourceAfter: string | null;
  /** The number after the change is a judgement prior. */
  readonly prior: boolean;
}

/** What differs between two ratebooks, by key; parts of the structure (which key acts where, bounds, rounding) by name. */
export interface RatebookDifference {
  readonly from: string;
  readonly to: string;
  readonly parameters: readonly ParameterDifference[];
  readonly structure: readonly string[];
}

export function compareRatebooks(before: Ratebook, after: Ratebook): RatebookDifference {
  const keys = [...new Set([...before.parameters.keys(), ...after.parameters.keys()])].sort();
  return {
    from: before.file.version,
    to: after.file.version,
    parameters: keys.flatMap((key) => difference(key, before.parameters.get(key), after.parameters.get(key))),
    structure: structureOf(before, after),
  };
}

function difference(key: string, before: Parameter | undefined, after: Parameter | undefined): ParameterDifference[] {
  if (before?.value === after?.value && before?.source === after?.source) return [];
  const { title, unit, provenance } = (after ?? before)!;
  const relative = before === undefined || after === undefined || before.value === 0 ? null : after.value / before.value - 1;
  return [
    {
      key,
      title,
      unit,
      before: before?.value ?? null,
      after: after?.value ?? null,
      relative,
      sourceBefore: before?.source ?? null,
      sourceAfter: after?.source ?? null,
      prior: provenance === 'J',
    },
  ];
}

const named = new Set(['version', 'title', 'effectiveFrom']);

function structureOf({ file: before }: Ratebook, { file: after }: Ratebook): string[] {
  const parts = Object.keys(after) as (keyof typeof after)[];
  return parts.filter((part) => !named.has(part) && JSON.stringify(before[part]) !== JSON.stringify(after[part]));
}
