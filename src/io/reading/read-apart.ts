import { createReadStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ScannerReport } from '../../domain/assessment/index.ts';
import { Refusal } from '../../domain/basics/index.ts';
import type { UnpackedArchive } from '../interfaces.ts';
import type { TextSample } from './order.ts';
import { readingBudget, ReportReader, type ReadingBudget, type ReadOptions } from './report-reader.ts';

let shared: ReportReader | null = null;

/**
 * Reads a scanner report in a process that can be killed, shared and kept warm unless `limits` ask for a budget of their own.
 * Throws a Refusal: what the reader refuses, `file-not-readable`, `report-too-large` before anything is opened, or one of the reader's own.
 */
export async function readReportApart(path: string, options: ReadOptions & { readonly limits?: Partial<ReadingBudget> }): Promise<ScannerReport> {
  const { bytes } = options.limits?.content ?? readingBudget.content;
  refuseUnfit(path, bytes);
  if (options.limits === undefined) return (shared ??= new ReportReader()).read(path, options);
  const own = new ReportReader(options.limits);
  try {
    return await own.read(path, options);
  } finally {
    await own.close();
  }
}

/**
 * Unpacks an archive of reports (zip, gz) in the same process, into a folder that lives until `discard`; null when the file is no archive.
 * Throws a Refusal that names the member which is not fit; then nothing is left.
 */
export async function unpackApart(path: string): Promise<UnpackedArchive | null> {
  const into = mkdtempSync(join(tmpdir(), 'riskloop-archive-'));
  const discard = (): void => rmSync(into, { recursive: true, force: true });
  try {
    const members = await (shared ??= new ReportReader()).unpack(path, into);
    if (members !== null) return { members: members.map((member) => ({ ...member, content: () => createReadStream(member.path) })), discard };
  } catch (error) {
    discard();
    throw error;
  }
  discard();
  return null;
}

/** A piece of the file as UTF-8 and as GB 18030, read in the same process. */
export const sampleApart = (path: string): Promise<TextSample> => (shared ??= new ReportReader()).sample(path);

/** Ends the shared process. Nothing needs it: an idle process ends with the program. */
export async function closeReportReader(): Promise<void> {
  await shared?.close();
  shared = null;
}

function refuseUnfit(path: string, bytes: number): void {
  const file = statSync(path, { throwIfNoEntry: false });
  if (file === undefined || !file.isFile()) throw new Refusal('bad-input', 'file-not-readable', `there is no file \`${path}\``, { position: null });
  if (file.size > bytes)
    throw new Refusal('too-large', 'report-too-large', `the file is over ${bytes} bytes; none of its content counts`, { position: null, limit: bytes });
}
