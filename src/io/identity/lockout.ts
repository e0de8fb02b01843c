import { createHash } from 'node:crypto';
import type { Pool } from 'pg';
import { signInRules } from '../../domain/parties/index.ts';

const { maxFailures, lockMinutes } = signInRules;

/** Who tries to sign in and from where: failures are counted for the two together, so that nobody can lock another person out from afar. */
export interface Attempt {
  readonly account: string;
  readonly address: string;
}

const accountHash = (account: string): string => createHash('sha256').update(account).digest('hex');

/**
 * Counts an attempt as failed before its password is looked at, so that attempts made at the same moment cannot pass the limit together.
 * Answers the minutes left when the account is locked from this address, else null. A success afterwards calls `forgetAttempts`.
 */
export async function countAttempt(pool: Pool, { account, address }: Attempt): Promise<number | null> {
  const { rows } = await pool.query<{ failures: number; minutes: string }>(
    `insert into auth.sign_in_attempt as a (account, address, failures) values ($1, $2, 1)
     on conflict (account, address) do update set
       failures = case when a.last_at < now() - make_interval(mins => $3) then 1 else a.failures + 1 end,
       last_at = case when a.failures >= $4 and a.last_at >= now() - make_interval(mins => $3) then a.last_at else now() end
     returning failures, ceil(extract(epoch from last_at + make_interval(mins => $3) - now()) / 60) as minutes`,
    [accountHash(account), address, lockMinutes, maxFailures],
  );
  const { failures, minutes } = rows[0]!;
  return failures > maxFailures ? Math.max(1, Number(minutes)) : null;
}

export async function forgetAttempts(pool: Pool, { account, address }: Attempt): Promise<void> {
  await pool.query("delete from auth.sign_in_attempt where (account = $1 and address = $2) or last_at < now() - interval '1 day'", [
    accountHash(account),
    address,
  ]);
}
