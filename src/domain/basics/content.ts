import type { z } from 'zod';

/** One file of `content/` after its text was parsed: `path` relative to the repository, `data` plain data. */
export interface ContentFile {
  readonly path: string;
  readonly data: unknown;
}

/** What is wrong with a content file, and where in it (`shares.2.peril`; empty for the file as a whole). */
export interface ContentProblem {
  readonly file: string;
  readonly at: string;
  readonly message: string;
}

/** What was built from content, or everything that is wrong with it; never a part of it. */
export type Built<T> = { readonly value: T; readonly problems: readonly [] } | { readonly value: null; readonly problems: readonly ContentProblem[] };

/** `value` when there is no problem, else the problems alone. */
export const built = <T>(value: T, problems: readonly ContentProblem[]): Built<T> =>
  problems.length === 0 ? { value, problems: [] } : { value: null, problems };

/** Something read, with the file that it came from. */
export interface Placed<T> {
  readonly file: string;
  readonly value: T;
}

/** The file carries the id's name, so that two files cannot hold one id. */
export function misnamed({ file, value }: Placed<{ readonly id: string }>): ContentProblem[] {
  const name = file
    .split('/')
    .at(-1)!
    .replace(/\.[a-z]+$/, '');
  return name === value.id ? [] : [{ file, at: 'id', message: `\`${value.id}\` does not match the file's name` }];
}

/** Reads each file by `schema`; files that do not fit are left out of `values` and explained in `problems`. */
export function readContent<S extends z.ZodType>(schema: S, files: readonly ContentFile[]): { values: Placed<z.output<S>>[]; problems: ContentProblem[] } {
  const values: Placed<z.output<S>>[] = [];
  const problems: ContentProblem[] = [];
  for (const { path, data } of files) {
    const read = schema.safeParse(data);
    if (read.success) values.push({ file: path, value: read.data });
    else for (const issue of read.error.issues) problems.push({ file: path, at: issue.path.join('.'), message: issue.message });
  }
  return { values, problems };
}
