import type { z } from 'zod';
import { Refusal } from '../../domain/basics/index.ts';
import type { Execute, Page, RecordKind, Records, Stored } from '../interfaces.ts';
import { isId, newId } from './identifiers.ts';
import { toInstant } from './instants.ts';
import type { Session } from './session.ts';
import { grantedPairs, ownOnly, ownOrGranted } from './visible.ts';

interface Row {
  org_id: string;
  id: string;
  version: number;
  schema_version: number;
  body: unknown;
  created_at: Date;
  updated_at: Date;
}

const columns = 'org_id, id, version, schema_version, body, created_at, updated_at';
const pageSize = { usual: 50, most: 200 };

/** The records of one organisation, on its session. */
export function recordsOf(session: Session, organisation: string): Records {
  const as = <T>(statements: (execute: Execute) => Promise<T>): Promise<T> => session.as(organisation, statements);
  const base = [organisation, session.now];
  const noted = <T>(stored: Stored<T>): Stored<T> => {
    session.changes.push({ organisation, record: stored.id, version: stored.version });
    return stored;
  };
  return {
    get: (kind, id) =>
      as(async (execute) =>
        read(kind, only(await execute<Row>(`select ${columns} from ${tableOf(kind)} where ${ownOrGranted('id')} and id = $3 limit 1`, [...base, id]))),
      ),
    lock: (kind, id) =>
      as(async (execute) =>
        read(kind, only(await execute<Row>(`select ${columns} from ${tableOf(kind)} where ${ownOnly} and id = $2 for update`, [organisation, id]))),
      ),
    list: (kind, page) => as((execute) => listPage(execute, kind, base, page)),
    insert: (kind, body) => as(async (execute) => noted(await insert(execute, kind, session, organisation, body))),
    save: (kind, id, expected, body) => as(async (execute) => noted(await save(execute, kind, session, organisation, { id, expected, body }))),
    version: (kind, id, version) =>
      as(async (execute) =>
        read(
          kind,
          only(
            await execute<Row>(`select ${columns} from ${tableOf(kind)}_history where ${ownOrGranted('id')} and id = $3 and version = $4 limit 1`, [
              ...base,
              id,
              version,
            ]),
          ),
        ),
      ),
    versions: (kind, id) =>
      as(async (execute) => {
        const rows = await execute<Row>(`select ${columns} from ${tableOf(kind)}_history where ${ownOrGranted('id')} and id = $3 order by version`, [
          ...base,
          id,
        ]);
        return rows.map((row) => read(kind, row));
      }),
  };
}

function tableOf(kind: RecordKind): string {
  if (!/^[a-z][a-z_]*$/.test(kind.table)) throw new Error(`\`${kind.table}\` is no table name`);
  return `app.${kind.table}`;
}

/** The same words for a record that does not exist and for one that must not be seen. */
function only(rows: readonly Row[]): Row {
  const [row] = rows;
  if (!row) throw new Refusal('absent', 'not-found', 'no such record');
  return row;
}

/** A stored row as its kind is today: bodies of an earlier schema version go through the upgrades. */
function read<S extends z.ZodType>(kind: RecordKind<S>, row: Row): Stored<z.infer<S>> {
  let body = row.body;
  for (let version = row.schema_version; version < kind.schemaVersion; version += 1) body = upgradeOf(kind, version)(body);
  return {
    id: row.id,
    organisation: row.org_id,
    version: row.version,
    body: kind.schema.parse(body),
    createdAt: toInstant(row.created_at),
    updatedAt: toInstant(row.updated_at),
  };
}

function upgradeOf(kind: RecordKind, version: number): (body: unknown) => unknown {
  const upgrade = kind.upgrades[version];
  if (!upgrade) throw new Error(`\`${kind.name}\` has no upgrade from schema version ${version}`);
  return upgrade;
}

async function insert<S extends z.ZodType>(
  execute: Execute,
  kind: RecordKind<S>,
  session: Session,
  organisation: string,
  body: z.infer<S>,
): Promise<Stored<z.infer<S>>> {
  const values = [organisation, newId(kind.name, session.now), kind.schemaVersion, JSON.stringify(kind.schema.parse(body)), session.now];
  const [row] = await execute<Row>(
    `insert into ${tableOf(kind)} (org_id, id, version, schema_version, body, created_at, updated_at) values ($1, $2, 1, $3, $4, $5, $5) returning ${columns}`,
    values,
  );
  return read(kind, row!);
}

async function save<S extends z.ZodType>(
  execute: Execute,
  kind: RecordKind<S>,
  session: Session,
  organisation: string,
  change: { id: string; expected: number; body: z.infer<S> },
): Promise<Stored<z.infer<S>>> {
  const values = [organisation, change.id, change.expected, kind.schemaVersion, JSON.stringify(kind.schema.parse(change.body)), session.now];
  const [row] = await execute<Row>(
    `update ${tableOf(kind)} set version = version + 1, schema_version = $4, body = $5, updated_at = $6 where ${ownOnly} and id = $2 and version = $3 returning ${columns}`,
    values,
  );
  return row ? read(kind, row) : refuseSave(execute, kind, organisation, change);
}

/** Why nothing was saved: it is not there for us, or somebody saved in between. */
async function refuseSave(execute: Execute, kind: RecordKind, organisation: string, change: { id: string; expected: number }): Promise<never> {
  const { version } = only(await execute<Row>(`select ${columns} from ${tableOf(kind)} where ${ownOnly} and id = $2`, [organisation, change.id]));
  throw new Refusal('conflict', 'changed-meanwhile', `\`${change.id}\` is at version ${version} and no longer at ${change.expected}`, {
    id: change.id,
    expected: change.expected,
    version,
  });
}

/** Own and granted records in one order, newest first: ids sort by the time of making. Each branch walks an index of its own. */
async function listPage<S extends z.ZodType>(
  execute: Execute,
  kind: RecordKind<S>,
  base: readonly unknown[],
  page: { where?: Readonly<Record<string, string>>; after?: string | null; limit?: number },
): Promise<Page<Stored<z.infer<S>>>> {
  const limit = Math.min(Math.max(page.limit ?? pageSize.usual, 1), pageSize.most);
  const filters = Object.entries(page.where ?? {});
  const narrowed = filters.map(([column], at) => ` and ${quoted(column)} = $${at + 5}`).join('') + ' and ($4::text is null or id < $4)';
  const branch = (whose: string): string => `(select ${columns} from ${tableOf(kind)} where ${whose}${narrowed} order by id desc limit $3)`;
  const text = `select ${columns} from (${branch(ownOnly)} union all ${branch(`org_id <> $1 and (org_id, id) in (${grantedPairs})`)}) both_walls order by id desc limit $3`;
  const rows = await execute<Row>(text, [...base, limit + 1, cursor(page.after), ...filters.map(([, value]) => value)]);
  const items = rows.slice(0, limit).map((row) => read(kind, row));
  return { items, next: rows.length > limit ? items.at(-1)!.id : null };
}

function quoted(column: string): string {
  if (!/^[a-zA-Z][a-zA-Z0-9_]*$/.test(column)) throw new Error(`\`${column}\` is no column name`);
  return `"${column}"`;
}

/** A cursor only says where to go on in what may be seen anyway; one that we never gave is refused all the same. */
function cursor(after: string | null | undefined): string | null {
  if (after === null || after === undefined) return null;
  if (!isId(after)) throw new Refusal('bad-input', 'cursor-unknown', 'the page mark was not given by this list', { field: 'after' });
  return after;
}
