import { posix } from 'node:path';
import type { ReportEncoding, ScannerReport } from '../domain/assessment/index.ts';
import { Refusal } from '../domain/basics/index.ts';
import type { UnpackedArchive } from '../io/interfaces.ts';
import type { Context } from './operation.ts';

/** Why a file was not read: a stable code, what and where, and the encoding that its bytes would fit, where that is the trouble. */
export interface ReadingRefusal {
  readonly code: string;
  readonly detail: string;
  readonly position: string | null;
  readonly hint: string | null;
}

export type ReadReport = { readonly kind: 'report'; readonly read: ScannerReport } | { readonly kind: 'refused'; readonly refusal: ReadingRefusal };

/** A file that was inside an archive, kept by itself now. */
export interface ReadMember {
  readonly name: string;
  readonly hash: string;
  readonly bytes: number;
  readonly outcome: ReadReport;
}

export type ReadFile = ReadReport | { readonly kind: 'archive'; readonly members: readonly ReadMember[] };

/** A kept file and how to read it. */
interface KeptFile {
  readonly hash: string;
  readonly bytes: number;
  readonly encoding?: ReportEncoding | null;
}

const mostMemberBytes = 50 * 1024 * 1024;

/**
 * Reads a kept file apart, killable and bounded: a report, or each file of an archive. What cannot be read is part of the answer; an archive that is not safe
 * to unpack is refused as a whole. Every way in takes this one path. Throws only when the system itself is at fault.
 */
export async function readKeptFile(context: Context, file: KeptFile): Promise<ReadFile> {
  const archive = await orRefused(() => context.reading.unpack(context.files.path(file.hash)));
  if (archive !== null && 'kind' in archive) return archive;
  if (archive === null) return readReport(context, context.files.path(file.hash), file);
  try {
    return { kind: 'archive', members: await readMembers(context, archive) };
  } finally {
    archive.discard();
  }
}

async function readReport(context: Context, path: string, { bytes: total, encoding = null }: Omit<KeptFile, 'hash'>): Promise<ReadReport> {
  // A progress that cannot be told must not end the reading; the next one says more.
  const tell = ({ bytes, records }: { bytes: number; records: number }): void =>
    void context.progress({ done: bytes, total, note: String(records) }).catch(() => undefined);
  const read = await orRefused(() => context.reading.read(path, { now: context.now, encoding, tell }));
  return 'kind' in read ? read : { kind: 'report', read };
}

async function readMembers(context: Context, { members }: UnpackedArchive): Promise<ReadMember[]> {
  const read: ReadMember[] = [];
  for (const { name, path, content } of members) {
    await context.progress({ done: read.length, total: members.length, note: posix.basename(name) });
    const kept = await context.files.keep(content(), mostMemberBytes);
    read.push({ name, ...kept, outcome: await readReport(context, path, kept) });
  }
  return read;
}

/** The refusal as part of the answer, unless it is the system that failed: then the job is tried again. */
async function orRefused<T>(work: () => Promise<T>): Promise<T | (ReadReport & { kind: 'refused' })> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Refusal) || error.kind === 'unavailable') throw error;
    const { position, hint } = error.facts;
    const textOf = (fact: unknown): string | null => (fact === undefined || fact === null ? null : String(fact as string));
    return { kind: 'refused', refusal: { code: error.code, detail: error.message, position: textOf(position), hint: textOf(hint) } };
  }
}
