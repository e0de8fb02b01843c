import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';

/** What a running server's `postmaster.pid` says: line 1 is the process, line 4 the port. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
}

/** Whether the process exists and is no zombie (a zombie still answers signal 0, and holds nothing). */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  return !/^State:\s+[ZX]/m.test(procFile(pid, 'status') ?? '');
}

/** The server of the cluster, or null when none runs. A pid file left by a server that is gone is removed. */
export function runningPostmaster(cluster: string): Postmaster | null {
  const file = path.join(cluster, 'postmaster.pid');
  const read = readPostmaster(file);
  if (read === null) return null;
  if (isAlive(read.pid) && isServerOf(read.pid, cluster)) return read;
  rmSync(file, { force: true });
  return null;
}

function readPostmaster(file: string): Postmaster | null {
  try {
    const lines = readFileSync(file, 'utf8').split('\n');
    return { pid: Number(lines[0]), port: Number(lines[3] ?? 0) };
  } catch {
    return null;
  }
}

/** Process ids are used again: the command line tells our server from a stranger, where the system shows it. */
function isServerOf(pid: number, cluster: string): boolean {
  const command = procFile(pid, 'cmdline');
  return command === null || command.includes(cluster);
}

function procFile(pid: number, name: string): string | null {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    return null;
  }
}
