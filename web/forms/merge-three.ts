/** Three states of one thing by field: as it was loaded, as it is here, as somebody else saved it. */
export interface ThreeWays<T> {
  readonly base: T;
  readonly mine: T;
  readonly theirs: T;
}

export interface Merged<T> {
  /** Everything that only one side changed, or both alike; fields in conflict stand as here. */
  readonly merged: T;
  /** Fields that both sides changed, each in its own way. */
  readonly conflicts: readonly string[];
}

type Fields = Readonly<Record<string, unknown>>;

/** Merges field by field. `same` says whether two values mean the same; a field that is missing is a value too. */
export function mergeThree<T extends Fields>({ base, mine, theirs }: ThreeWays<T>, same: (a: unknown, b: unknown) => boolean = sameJson): Merged<T> {
  const merged: Record<string, unknown> = {};
  const conflicts: string[] = [];
  for (const key of new Set([base, mine, theirs].flatMap(Object.keys))) {
    const iChanged = !same(base[key], mine[key]);
    const theyChanged = !same(base[key], theirs[key]);
    if (iChanged && theyChanged && !same(mine[key], theirs[key])) conflicts.push(key);
    const value = iChanged ? mine[key] : theirs[key];
    if (value !== undefined) merged[key] = value;
  }
  return { merged: merged as T, conflicts };
}

const sameJson = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
