import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { Refusal, instantFromMillis } from '../../domain/basics/index.ts';
import { Permission } from '../../domain/parties/index.ts';
import type { ApiKey } from '../interfaces.ts';

/** API keys: `rlk_` and 256 random bits. Only the hash is kept; the key is shown once, when it is made. */

const mark = 'rlk_';
export const looksLikeApiKey = (text: string): boolean => /^rlk_[A-Za-z0-9_-]{43}$/.test(text);
export const hashApiKey = (secret: string): string => createHash('sha256').update(secret).digest('hex');

interface ApiKeyRow {
  readonly id: string;
  readonly name: string;
  readonly prefix: string;
  readonly permissions: string[];
  readonly created_at: Date;
  readonly last_used_at: Date | null;
  readonly revoked_at: Date | null;
}

const instant = (date: Date | null): string | null => (date === null ? null : instantFromMillis(date.getTime()));

/** A permission that this version no longer knows allows nothing. */
export const permissionsIn = (words: readonly string[]): Permission[] => words.flatMap((word) => Permission.safeParse(word).data ?? []);

const toApiKey = (row: ApiKeyRow): ApiKey => ({
  id: row.id,
  name: row.name,
  prefix: row.prefix,
  permissions: permissionsIn(row.permissions),
  createdAt: instantFromMillis(row.created_at.getTime()),
  lastUsedAt: instant(row.last_used_at),
  revokedAt: instant(row.revoked_at),
});

const columns = 'id, name, prefix, permissions, created_at, last_used_at, revoked_at';

export async function createApiKey(
  pool: Pool,
  key: { organisation: string; user: string; name: string; permissions: readonly Permission[] },
): Promise<ApiKey & { secret: string }> {
  const secret = mark + randomBytes(32).toString('base64url');
  const { rows } = await pool.query<ApiKeyRow>(
    `insert into auth.api_key (id, organisation, user_id, name, prefix, hash, permissions) values ($1, $2, $3, $4, $5, $6, $7) returning ${columns}`,
    [`key_${randomUUID()}`, key.organisation, key.user, key.name, secret.slice(0, mark.length + 6), hashApiKey(secret), key.permissions],
  );
  return { ...toApiKey(rows[0]!), secret };
}

export async function listApiKeys(pool: Pool, organisation: string): Promise<ApiKey[]> {
  const { rows } = await pool.query<ApiKeyRow>(`select ${columns} from auth.api_key where organisation = $1 order by created_at desc, id`, [organisation]);
  return rows.map(toApiKey);
}

/** Ends a key. A key that already ended keeps the instant of its first end. */
export async function revokeApiKey(pool: Pool, organisation: string, id: string): Promise<ApiKey> {
  const { rows } = await pool.query<ApiKeyRow>(
    `update auth.api_key set revoked_at = coalesce(revoked_at, now()) where organisation = $1 and id = $2 returning ${columns}`,
    [organisation, id],
  );
  if (rows[0] === undefined) throw new Refusal('absent', 'not-found', 'no such API key');
  return toApiKey(rows[0]);
}
