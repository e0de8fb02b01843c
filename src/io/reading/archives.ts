import { closeSync, createReadStream, createWriteStream, openSync, readSync } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { openPromise, type Entry, type ZipFile } from 'yauzl';
import { Refusal, type Facts } from '../../domain/basics/index.ts';
import type { ArchiveMember } from './order.ts';

/** What an archive may hold. Beyond the first MiB a member may be at most `ratio` times the size it has in the archive. */
export const archiveLimits = {
  members: 2_000,
  totalBytes: 200 * 1024 * 1024,
  memberBytes: 50 * 1024 * 1024,
  ratio: 100,
  ratioFromBytes: 1024 * 1024,
  nameBytes: 255,
} as const;

/**
 * Unpacks a zip or gz file into the empty folder `into`, under names of our own; null when the file is neither. The kind is told from its first bytes.
 * Throws a Refusal and then the folder holds nothing of use: `archive-damaged`, `archive-encrypted`, `archive-too-large`, `archive-path-forbidden`,
 * `archive-link-forbidden`, `archive-nested`, `archive-names-collide`, `archive-members-overlap`, `archive-empty`.
 */
export async function unpack(path: string, into: string): Promise<ArchiveMember[] | null> {
  const kind = kindOf(firstBytes(path));
  if (kind === 'zip') return unpackZip(path, into);
  return kind === 'gz' ? [await unpackGz(path, into)] : null;
}

function firstBytes(path: string): Buffer {
  const file = openSync(path, 'r');
  try {
    const head = Buffer.alloc(8);
    return head.subarray(0, readSync(file, head));
  } finally {
    closeSync(file);
  }
}

/** Archives by their signature. Kinds that are not unpacked are known too, because inside another archive they are nested ones. */
function kindOf(head: Buffer): 'zip' | 'gz' | 'other' | null {
  if (/^504b(0304|0506|0708)/.test(head.toString('hex'))) return 'zip';
  if (head[0] === 0x1f && head[1] === 0x8b) return 'gz';
  return /^(526172211a07|377abcaf271c|fd377a585a00|425a68|28b52ffd)/.test(head.toString('hex')) ? 'other' : null;
}

function refuse(kind: 'unreadable' | 'too-large', code: string, what: string, facts: Facts = {}): never {
  throw new Refusal(kind, code, `${what}; none of its content counts`, { position: null, ...facts });
}

interface Planned {
  readonly entry: Entry;
  readonly name: string;
}

/** Everything that the directory says is judged before the first byte is unpacked. */
async function unpackZip(path: string, into: string): Promise<ArchiveMember[]> {
  const zip = await damagedUnless(openPromise(path, { lazyEntries: true, autoClose: false, decodeStrings: false, validateEntrySizes: true }));
  // An error between two questions is told again at the next one; unheard it would end the process.
  zip.on('error', () => undefined);
  try {
    const planned = await readDirectory(zip);
    requireApart(planned);
    const members: ArchiveMember[] = [];
    for (const one of planned) members.push(await unpackEntry(zip, one, join(into, String(members.length + 1))));
    return members.length > 0 ? members : refuse('unreadable', 'archive-empty', 'the archive holds no file');
  } finally {
    zip.close();
  }
}

async function damagedUnless<T>(work: Promise<T>): Promise<T> {
  return work.catch((error: unknown) =>
    error instanceof Refusal || isDisk(error) ? Promise.reject(error as Error) : refuse('unreadable', 'archive-damaged', 'the archive is damaged or cut off'),
  );
}

const isDisk = (error: unknown): boolean => ['ENOSPC', 'EDQUOT', 'EIO', 'EMFILE'].includes((error as NodeJS.ErrnoException).code ?? '');

async function readDirectory(zip: ZipFile): Promise<Planned[]> {
  if (zip.entryCount > archiveLimits.members)
    refuse('too-large', 'archive-too-large', `the archive has more than ${archiveLimits.members} members`, { limit: archiveLimits.members });
  const planned: Planned[] = [];
  const names = new Set<string>();
  let total = 0;
  for (let i = 0; i < zip.entryCount; i += 1) {
    const entry = await damagedUnless(nextEntry(zip));
    if (entry === null) break;
    const name = requireFit(entry);
    if (name === null) continue;
    requireNew(names, name);
    total += entry.uncompressedSize;
    if (total > archiveLimits.totalBytes)
      refuse('too-large', 'archive-too-large', `the archive unpacks to more than ${archiveLimits.totalBytes} bytes`, {
        member: name,
        limit: archiveLimits.totalBytes,
      });
    planned.push({ entry, name });
  }
  return planned;
}

/** The next entry of the directory; null at its end. */
function nextEntry(zip: ZipFile): Promise<Entry | null> {
  return new Promise((resolve, reject) => {
    const settle = (end: () => void): void => {
      zip.off('entry', found).off('end', ended).off('error', failed);
      end();
    };
    const found = (entry: Entry): void => settle(() => resolve(entry));
    const ended = (): void => settle(() => resolve(null));
    const failed = (error: Error): void => settle(() => reject(error));
    zip.on('entry', found).on('end', ended).on('error', failed);
    zip.readEntry();
  });
}

/** The member's name when it is to be unpacked, null for folders and what macOS adds; throws when it makes the archive unfit. */
function requireFit(entry: Entry): string | null {
  const name = nameOf(entry);
  const facts = { member: name };
  if (Buffer.byteLength(name) > archiveLimits.nameBytes || /[\p{Cc}]/u.test(name))
    refuse('unreadable', 'archive-path-forbidden', `the name of member \`${name.slice(0, 100)}\` is too long or holds control characters`, {
      member: name.slice(0, 100),
    });
  if (/^([/\\]|[a-z]:)/i.test(name) || name.split(/[/\\]/).includes('..'))
    refuse('unreadable', 'archive-path-forbidden', `member \`${name}\` leads out of the archive`, facts);
  const type = (entry.externalFileAttributes >>> 16) & 0o170000;
  if (![0, 0o100000, 0o040000].includes(type)) refuse('unreadable', 'archive-link-forbidden', `member \`${name}\` is a link or a device`, facts);
  if ((entry.generalPurposeBitFlag & 1) !== 0) refuse('unreadable', 'archive-encrypted', `member \`${name}\` is encrypted`, facts);
  if (/[/\\]$/.test(name) || /^__MACOSX\/|(^|\/)\.DS_Store$/.test(name)) return null;
  if (entry.uncompressedSize > archiveLimits.memberBytes)
    refuse('too-large', 'archive-too-large', `member \`${name}\` is larger than ${archiveLimits.memberBytes} bytes`, {
      ...facts,
      limit: archiveLimits.memberBytes,
    });
  requireRatio(entry.uncompressedSize, entry.compressedSize, name);
  return name;
}

function requireRatio(unpacked: number, packed: number, name: string): void {
  if (unpacked <= archiveLimits.ratioFromBytes || unpacked <= packed * archiveLimits.ratio) return;
  refuse('too-large', 'archive-too-large', `member \`${name}\` unpacks to more than ${archiveLimits.ratio} times its size`, {
    member: name,
    limit: archiveLimits.ratio,
  });
}

/** Bit 11 says UTF-8. Without it, names are in whatever the maker's machine used: here UTF-8 when they are valid, else GB 18030 as Chinese Windows writes. */
function nameOf({ fileNameRaw, generalPurposeBitFlag }: Entry): string {
  const decoded = (encoding: string): string | null => {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(fileNameRaw);
    } catch {
      return null;
    }
  };
  const name = decoded('utf-8') ?? ((generalPurposeBitFlag & 0x800) === 0 ? decoded('gb18030') : null);
  return name ?? refuse('unreadable', 'archive-path-forbidden', 'the name of a member is in no known encoding');
}

/** Two names that one file system would take for the same are one too many. */
function requireNew(names: Set<string>, name: string): void {
  const folded = name.normalize('NFC').toLowerCase().replaceAll('\\', '/');
  if (names.has(folded)) refuse('unreadable', 'archive-names-collide', `two members have the name \`${name}\``, { member: name });
  names.add(folded);
}

/** Members that share bytes unpack to far more than the archive holds (zip bombs of the overlapping kind). 30 bytes is the least that stands before a member. */
function requireApart(planned: readonly Planned[]): void {
  const sorted = [...planned].sort((a, b) => a.entry.relativeOffsetOfLocalHeader - b.entry.relativeOffsetOfLocalHeader);
  let end = 0;
  for (const { entry, name } of sorted) {
    if (entry.relativeOffsetOfLocalHeader < end)
      refuse('unreadable', 'archive-members-overlap', `member \`${name}\` shares its bytes with another`, { member: name });
    end = entry.relativeOffsetOfLocalHeader + 30 + entry.compressedSize;
  }
}

async function unpackEntry(zip: ZipFile, { entry, name }: Planned, path: string): Promise<ArchiveMember> {
  const stream = await namedDamage(name, zip.openReadStreamPromise(entry));
  await namedDamage(name, pipeline(stream, bounded(archiveLimits.memberBytes, name, null), createWriteStream(path, { flags: 'wx', mode: 0o600 })));
  requireNotNested(path, name);
  return { name, path };
}

const namedDamage = <T>(name: string, work: Promise<T>): Promise<T> =>
  work.catch((error: unknown) =>
    error instanceof Refusal || isDisk(error)
      ? Promise.reject(error as Error)
      : refuse('unreadable', 'archive-damaged', `member \`${name}\` is damaged or not of the size that it claims`, { member: name }),
  );

function requireNotNested(path: string, name: string): void {
  if (kindOf(firstBytes(path)) !== null) refuse('unreadable', 'archive-nested', `member \`${name}\` is an archive itself`, { member: name });
}

/** Lets bytes through up to the limits; `packed` is the size in the archive where only the unpacking tells the size. */
function bounded(most: number, name: string, packed: number | null): Transform {
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      try {
        if (bytes > most) refuse('too-large', 'archive-too-large', `member \`${name}\` is larger than ${most} bytes`, { member: name, limit: most });
        if (packed !== null) requireRatio(bytes, packed, name);
        done(null, chunk);
      } catch (error) {
        done(error as Error);
      }
    },
  });
}

async function unpackGz(path: string, into: string): Promise<ArchiveMember> {
  const name = await gzName(path);
  const target = join(into, '1');
  const packed = (await stat(path)).size;
  await namedDamage(
    name,
    pipeline(createReadStream(path), createGunzip(), bounded(archiveLimits.memberBytes, name, packed), createWriteStream(target, { flags: 'wx', mode: 0o600 })),
  );
  requireNotNested(target, name);
  return { name, path: target };
}

/** The name that stands in the header (RFC 1952 §2.3.1), where it is plain and there. */
async function gzName(path: string): Promise<string> {
  const file = await open(path, 'r');
  try {
    const head = Buffer.alloc(10 + 256);
    const { bytesRead } = await file.read(head, 0, head.length, 0);
    const named = (head[3]! & 0x08) !== 0 && (head[3]! & 0x04) === 0;
    const end = head.indexOf(0, 10);
    const name = named && end > 10 && end < bytesRead ? head.subarray(10, end).toString('latin1') : '';
    return /^[\w .()-]{1,200}$/.test(name) ? name : 'report';
  } finally {
    await file.close();
  }
}
