import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Place, Reach } from './reach.ts';

/** Where nmap is installed; null when it is not. */
export function findNmap(path = process.env['PATH'] ?? ''): string | null {
  const runnable = (file: string): boolean => {
    try {
      accessSync(file, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  };
  return (
    path
      .split(delimiter)
      .filter(Boolean)
      .map((folder) => join(folder, 'nmap'))
      .find(runnable) ?? null
  );
}

const reportBytes = 4 * 1024 * 1024;
const totalMillis = 120_000;

/**
 * Lets nmap connect to the ports of one address and name the services, and answers its XML report; null when it failed. It gets the checked address,
 * no name, so that it resolves nothing itself. Every second the live facts are asked again, and a no ends it.
 */
export async function runNmap(
  file: string,
  reach: Reach,
  place: Place,
  options: { ports: readonly number[]; ratePerSecond: number },
): Promise<Uint8Array | null> {
  await reach.turn(place.address);
  const six = place.address.includes(':') ? ['-6'] : [];
  const pace = ['--max-rate', String(options.ratePerSecond), '--max-retries', '1', '--host-timeout', `${totalMillis / 1000}s`];
  const child = spawn(file, [...six, '-sT', '-sV', '--version-light', '-Pn', '-n', ...pace, '-p', options.ports.join(','), '-oX', '-', place.address], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: {},
  });
  const parts: Buffer[] = [];
  let bytes = 0;
  let refused: unknown = null;
  const stop = (why: unknown): void => {
    refused ??= why;
    child.kill('SIGKILL');
  };
  const watch = setInterval(() => void reach.turn(place.address).catch(stop), 1000);
  const timer = setTimeout(() => child.kill('SIGKILL'), totalMillis);
  child.stdout.on('data', (part: Buffer) => {
    bytes += part.length;
    if (bytes > reportBytes) child.kill('SIGKILL');
    else parts.push(part);
  });
  const code = await new Promise<number | null>((resolve) => child.once('error', () => resolve(null)).once('close', resolve));
  clearInterval(watch);
  clearTimeout(timer);
  if (refused !== null) throw refused;
  return code === 0 ? new Uint8Array(Buffer.concat(parts)) : null;
}
