import { z } from 'zod';
import type { Actor, Context, Operation } from '../src/app/operation.ts';
import { operation } from '../src/app/operation.ts';
import { type Parts, type Runner, createRunner } from '../src/app/run.ts';
import type { Instant } from '../src/domain/basics/index.ts';
import type { JobQueue, RecordKind } from '../src/io/interfaces.ts';
import type { OpenDatabase } from '../src/io/store/index.ts';

/** A record kind of the tests, on the table of a real one. */
export const Note = z.strictObject({ insurer: z.string(), words: z.string() });
export const notes: RecordKind<typeof Note> = { name: 'policy', table: 'policies', schema: Note, schemaVersion: 1, upgrades: {} };

export const noon: Instant = '2026-07-01T12:00:00Z';

/** A person of the organisation who may do everything that tests ask for. */
export const personOf = (organisation: string, more: Partial<Actor> = {}): Actor => ({
  user: `person-of-${organisation}`,
  name: 'Wang Ceshi',
  organisation,
  organisationKind: 'insured',
  roles: ['owner'],
  via: 'session',
  ...more,
});

/** A runner over a test database, with stand-ins for the parts that the test does not use. */
export function runnerOver(database: OpenDatabase, jobs: JobQueue, operations: readonly Operation[], more: Partial<Parts> = {}): Runner {
  const absent = new Proxy({}, { get: (_, name) => () => Promise.reject(new Error(`the test gave no ${String(name)}`)) });
  const standIn = <T>(): T => absent as T;
  return createRunner({
    ...{ database, jobs, operations, publicAddress: 'http://127.0.0.1:8787', clock: () => noon },
    ...{
      files: standIn(),
      reading: standIn(),
      documents: standIn(),
      spreadsheets: standIn(),
      signing: standIn(),
      probes: standIn(),
      feeds: standIn(),
      members: standIn(),
      content: standIn(),
    },
    ...more,
  });
}

/** Declares an operation of the tests with the usual face. */
export const declare = <I extends z.ZodType, O extends z.ZodType>(
  name: string,
  input: I,
  output: O,
  run: (context: Context, input: z.infer<I>) => Promise<z.infer<O>>,
  more: Partial<Operation> = {},
): Operation =>
  operation({
    ...{
      name,
      module: 'test',
      summary: { zh: '测试', en: 'Test' },
      who: 'policy:bind',
      input,
      output,
      http: null,
      effect: 'write',
      run: run as Operation['run'],
    },
    ...more,
  } as Operation);

/** Lets an organisation have handed in the file of this content. */
export const receivedBy = (database: OpenDatabase, organisation: string, hash: string): Promise<void> =>
  database.transact({ organisation, now: noon, mode: 'write', repeatable: false }, ({ receiveFile }) => receiveFile(hash));
