import type pg from 'pg';
import type { Instant } from '../../domain/basics/index.ts';
import type { Execute } from '../interfaces.ts';

/** A record version that this transaction wrote. */
export interface Change {
  readonly organisation: string;
  readonly record: string;
  readonly version: number;
}

/** One transaction's connection. Statements run one group at a time, each group as one organisation. */
export interface Session {
  readonly organisation: string;
  readonly now: Instant;
  /** Runs the statements as the organisation, and switches back to the session's own before anything else can run. Groups must not be nested. */
  as<T>(organisation: string, statements: (execute: Execute) => Promise<T>): Promise<T>;
  readonly changes: Change[];
  /** Statements that were forgotten and come after the end are refused instead of running outside the transaction. */
  close(): void;
}

/** The session of a transaction that was begun on `client` for `organisation`. */
export function openSession(client: pg.ClientBase, organisation: string, now: Instant): Session {
  let last: Promise<unknown> = Promise.resolve();
  let open = true;
  const execute: Execute = async <Row>(text: string, values: readonly unknown[]) => {
    if (!open) throw new Error('a statement came after the end of its transaction: an operation did not wait for something it started');
    return (await client.query({ ...statement(text), values: [...values] })).rows as Row[];
  };
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = last.then(work);
    last = mine.catch(() => undefined);
    return mine;
  };
  return {
    organisation,
    now,
    changes: [],
    as: (acting, statements) => inTurn(() => (acting === organisation ? statements(execute) : switched(execute, acting, organisation, statements))),
    close: () => {
      open = false;
    },
  };
}

const statements = new Map<string, { name: string; text: string }>();
const mostStatements = 500;

/** The store's statements are few and each is planned once per connection, under a name of its own; a text beyond the first hundreds runs unnamed. */
function statement(text: string): { name?: string; text: string } {
  const known = statements.get(text);
  if (known || statements.size >= mostStatements) return known ?? { text };
  const named = { name: `s${statements.size}`, text };
  statements.set(text, named);
  return named;
}

async function switched<T>(execute: Execute, acting: string, home: string, statements: (execute: Execute) => Promise<T>): Promise<T> {
  await switchTo(execute, acting);
  const result = await statements(execute).catch(async (error: unknown) => {
    // After a failed statement the transaction is lost and takes the setting with it; after a Refusal it goes on and must be ours again.
    await switchTo(execute, home).catch(() => undefined);
    throw error;
  });
  await switchTo(execute, home);
  return result;
}

const switchTo = (execute: Execute, organisation: string): Promise<unknown[]> => execute(`select set_config('app.org_id', $1, true)`, [organisation]);
