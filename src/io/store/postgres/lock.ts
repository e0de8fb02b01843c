import { randomUUID } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Refusal } from '../../../domain/basics/index.ts';
import { isAlive } from './postmaster.ts';

const staleMillis = 120_000;

/** Runs `work` while holding the lock file: two starts at once must not both prepare one cluster. Waits up to `waitMillis` for the other one. */
export async function withLock<T>(file: string, waitMillis: number, work: () => Promise<T>): Promise<T> {
  const mine = `${process.pid} ${randomUUID()}\n`;
  await take(file, mine, Date.now() + waitMillis);
  try {
    return await work();
  } finally {
    if (holder(file) === mine) rmSync(file, { force: true });
  }
}

async function take(file: string, mine: string, deadline: number): Promise<void> {
  while (!tryTake(file, mine)) {
    if (Date.now() > deadline)
      throw new Refusal(
        'unavailable',
        'database-start-locked',
        `another process has been starting the database for too long; if there is none, remove \`${file}\`. 另一个进程正在启动数据库；如果并没有，请删除该锁文件。`,
        { file },
      );
    removeStale(file);
    await sleep(50);
  }
}

function tryTake(file: string, mine: string): boolean {
  try {
    writeFileSync(file, mine, { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function holder(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

/** Removes the lock of a process that is gone. Moving it aside first and looking again keeps two cleaners from removing a fresh lock. */
function removeStale(file: string): void {
  const seen = holder(file);
  if (seen === null || !isStale(file, seen)) return;
  const aside = `${file}.${randomUUID()}`;
  try {
    renameSync(file, aside);
    if (holder(aside) !== seen) linkSync(aside, file);
  } catch {
    // Another cleaner was first.
  }
  rmSync(aside, { force: true });
}

function isStale(file: string, content: string): boolean {
  const written = statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
  const pid = Number.parseInt(content, 10);
  // An empty file is being written right now.
  const dead = Number.isInteger(pid) && !isAlive(pid);
  return dead || Date.now() - written > staleMillis;
}
