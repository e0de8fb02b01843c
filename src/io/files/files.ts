import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { link, mkdir, open, readFile, readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Refusal } from '../../domain/basics/index.ts';
import type { Files } from '../interfaces.ts';

const abandonedMillis = 3_600_000;

/**
 * Files under `folder`, each named by the SHA-256 of its content and so kept once. A file appears under its name only when it is whole and on disk.
 * No part of a path comes from outside: names that people give are data.
 */
export async function openFiles(folder: string): Promise<Files> {
  const home = path.resolve(folder);
  const incoming = path.join(home, 'incoming');
  await mkdir(incoming, { recursive: true, mode: 0o700 });
  await removeAbandoned(incoming);
  return {
    keep: (stream, maxBytes) => keep(home, incoming, stream, maxBytes),
    path: (hash) => placeOf(home, hash),
    read: (hash, maxBytes) => read(placeOf(home, hash), maxBytes),
  };
}

async function read(place: string, maxBytes: number): Promise<Uint8Array | null> {
  const { size } = await stat(place);
  return size > maxBytes ? null : readFile(place);
}

/** What an interrupted process left half-written is of no use to anybody; what is younger may be another process's upload under way. */
async function removeAbandoned(incoming: string): Promise<void> {
  for (const name of await readdir(incoming)) {
    const half = path.join(incoming, name);
    const age = await stat(half).then(
      ({ mtimeMs }) => Date.now() - mtimeMs,
      () => 0,
    );
    if (age > abandonedMillis) await rm(half, { force: true });
  }
}

function placeOf(home: string, hash: string): string {
  if (!/^[0-9a-f]{64}$/.test(hash)) throw new Error('not a SHA-256 in lower-case hex');
  return path.join(home, hash.slice(0, 2), hash);
}

async function keep(home: string, incoming: string, stream: Readable, maxBytes: number): Promise<{ hash: string; bytes: number }> {
  const half = path.join(incoming, randomUUID());
  try {
    const measured = await write(stream, half, maxBytes);
    await settle(half, placeOf(home, measured.hash));
    return measured;
  } catch (error) {
    throw isDiskFull(error) ? new Refusal('unavailable', 'storage-full', 'there is no room to keep the file; nothing was kept') : error;
  } finally {
    await rm(half, { force: true });
  }
}

const isDiskFull = (error: unknown): boolean => error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');

async function write(stream: Readable, half: string, maxBytes: number): Promise<{ hash: string; bytes: number }> {
  const hash = createHash('sha256');
  let bytes = 0;
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes > maxBytes)
        return done(new Refusal('too-large', 'file-too-large', `the file is larger than ${maxBytes} bytes; nothing was kept`, { maxBytes }));
      hash.update(chunk);
      done(null, chunk);
    },
  });
  await pipeline(stream, measure, createWriteStream(half, { flags: 'wx', mode: 0o600 }));
  return { hash: hash.digest('hex'), bytes };
}

/** The bytes reach the disk before the name does. A file that is there already is the same file. */
async function settle(half: string, place: string): Promise<void> {
  await syncToDisk(half);
  await mkdir(path.dirname(place), { recursive: true, mode: 0o700 });
  await link(half, place).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  await syncToDisk(path.dirname(place));
}

async function syncToDisk(place: string): Promise<void> {
  const handle = await open(place, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
