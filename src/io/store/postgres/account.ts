import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { Refusal } from '../../../domain/basics/index.ts';

/** The account that the database server runs as; empty when it is the account of this process. */
export type Account = { readonly uid: number; readonly gid: number } | { readonly uid?: undefined; readonly gid?: undefined };

/** Postgres refuses to run as root: then it runs as the owner of an existing cluster, else as `postgres` or `nobody`. */
export function databaseAccount(cluster: string): Account {
  if (process.getuid?.() !== 0) return {};
  return ownerOf(cluster) ?? named('postgres') ?? named('nobody') ?? noAccount();
}

function ownerOf(folder: string): Account | null {
  const stat = statSync(folder, { throwIfNoEntry: false });
  return stat && stat.uid !== 0 ? { uid: stat.uid, gid: stat.gid } : null;
}

function named(user: string): Account | null {
  const uid = spawnSync('id', ['-u', user]);
  const gid = spawnSync('id', ['-g', user]);
  return uid.status === 0 && gid.status === 0 ? { uid: Number(uid.stdout), gid: Number(gid.stdout) } : null;
}

function noAccount(): never {
  throw new Refusal(
    'unavailable',
    'no-database-account',
    'running as root, and neither an account `postgres` nor `nobody` exists to run the database as. 当前以 root 运行，而系统中没有可用来运行数据库的 postgres 或 nobody 账户。',
  );
}

/** Whether the account that the database would run as can enter the folder. */
export function databaseCanReach(folder: string): boolean {
  const account = databaseAccount(folder);
  if (account.uid === undefined) return true;
  return spawnSync('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], { ...account, cwd: '/' }).status === 0;
}
