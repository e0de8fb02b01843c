import { useEffect, useRef, useState } from 'react';
import type { Problem } from '../api/problem.ts';
import { mergeThree, type ThreeWays } from './merge-three.ts';

type Fields = Readonly<Record<string, unknown>>;

/** A state of the thing at the server: `mark` is what a save says that it builds upon (a version, a basis). */
export interface Kept<T> {
  readonly mark: string | number;
  readonly value: T;
}

/** Both sides changed these fields: somebody has to choose. */
export interface Conflict<T> extends ThreeWays<T> {
  readonly keys: readonly string[];
}

interface Ways<T> {
  readonly loaded: Kept<T>;
  /** Saves on top of `mark`; throws a Problem `changed-meanwhile` when the thing is elsewhere by now. */
  readonly save: (mark: Kept<T>['mark'], value: T) => Promise<Kept<T>>;
  readonly load: () => Promise<Kept<T>>;
  /** What the form shows from now on. */
  readonly show: (value: T) => void;
  readonly same?: (a: unknown, b: unknown) => boolean;
}

/**
 * Saves on top of what this form last knew. When somebody else saved meanwhile, changes to different fields are put together without a word; where both
 * changed one field, the save is refused and `conflict` holds the three states until `resolve` is told whose each one shall be.
 */
export function useMergingSave<T extends Fields>({ loaded, save, load, show, same }: Ways<T>) {
  const known = useRef(loaded);
  // While somebody chooses, nothing is sent: what is here is not yet what is meant.
  const undecided = useRef<unknown>(null);
  const [conflict, setConflict] = useState<Conflict<T> | null>(null);
  // Only once the form shows what was chosen: until then a save would still send what it showed before.
  useEffect(() => {
    if (conflict === null) undecided.current = null;
  }, [conflict]);
  const put = async (mark: Kept<T>['mark'], value: T): Promise<void> => {
    known.current = await save(mark, value);
  };
  const send = async (mine: T): Promise<void> => {
    if (undecided.current !== null) throw undecided.current;
    const ground = known.current;
    try {
      await put(ground.mark, mine);
    } catch (problem) {
      if ((problem as Problem).code !== 'changed-meanwhile') throw problem;
      const fresh = await load();
      const three = { base: ground.value, mine, theirs: fresh.value };
      const { merged, conflicts } = mergeThree(three, same);
      if (conflicts.length > 0) {
        undecided.current = problem;
        setConflict({ ...three, keys: conflicts });
        throw problem;
      }
      await put(fresh.mark, merged);
      show(merged);
    }
  };
  /** Takes up the others' state as the ground, with the fields in `mineKept` as they are here. */
  const resolve = async (mineKept: readonly string[]): Promise<void> => {
    if (conflict === null) return;
    const fresh = await load();
    const { merged } = mergeThree({ base: conflict.base, mine: conflict.mine, theirs: fresh.value }, same);
    const chosen = { ...merged } as Record<string, unknown>;
    for (const key of conflict.keys) if (!mineKept.includes(key)) chosen[key] = fresh.value[key];
    known.current = fresh;
    setConflict(null);
    show(chosen as T);
  };
  /** Puts the choice off; the next attempt to save asks again. */
  const later = (): void => setConflict(null);
  return { send, conflict, resolve, later };
}
