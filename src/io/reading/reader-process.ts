import { closeSync, openSync, readSync } from 'node:fs';
import { readScannerReport, type ScannerReport } from '../../domain/assessment/index.ts';
import { Refusal } from '../../domain/basics/index.ts';
import { unpack } from './archives.ts';
import type { ReadingAnswer, ReadingOrder, SampleOrder, UnpackingOrder } from './order.ts';
import { sampleText } from './sample-text.ts';

/*
 * The process that reads reports, and nothing else. It holds no secrets (it is started with an empty environment) and may be killed at any moment:
 * it only reads the one file that it is told to, and writes the members of an archive under names of its own into the one folder.
 */

const chunkBytes = 64 * 1024;

/** The file's bytes in pieces, each in a buffer of its own, because a reader may keep the first. */
function* bytesOf(path: string): Generator<Uint8Array> {
  const file = openSync(path, 'r');
  try {
    for (;;) {
      const chunk = new Uint8Array(chunkBytes);
      const length = readSync(file, chunk);
      if (length === 0) return;
      yield chunk.subarray(0, length);
    }
  } finally {
    closeSync(file);
  }
}

/** Said each time that so many bytes more were read. */
const progressBytes = 2 * 1024 * 1024;

function read(order: ReadingOrder): ScannerReport {
  let bytes = 0;
  let said = 0;
  let records = 0;
  const counted = function* (): Generator<Uint8Array> {
    for (const chunk of bytesOf(order.path)) {
      bytes += chunk.length;
      if (bytes - said >= progressBytes) {
        said = bytes;
        process.send?.({ progress: { bytes, records } } satisfies ReadingAnswer);
      }
      yield chunk;
    }
  };
  return readScannerReport(counted(), { ...order, tell: (soFar) => void (records = soFar) });
}

async function answer(order: ReadingOrder | UnpackingOrder | SampleOrder): Promise<ReadingAnswer> {
  try {
    if ('unpack' in order) return { members: await unpack(order.unpack, order.into) };
    if ('sample' in order) return { sample: sampleText(bytesOf(order.sample)) };
    return { report: await withoutParts(read(order)) };
  } catch (error) {
    if (error instanceof Refusal) return { refusal: { kind: error.kind, code: error.code, message: error.message, facts: error.facts } };
    return { failure: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

/** Findings that go in one message: a message holds its content once more while it is on its way. */
const findingsInPart = 2000;

/** Sends the findings of a large report ahead, part by part; answers the rest of the report. */
async function withoutParts(report: ScannerReport): Promise<ScannerReport> {
  const { findings } = report;
  let sent = 0;
  for (; findings.length - sent > findingsInPart; sent += findingsInPart) await say({ part: findings.slice(sent, sent + findingsInPart) });
  return { ...report, findings: findings.slice(sent) };
}

/** Ends when the message has left, so that no two wait in memory. */
const say = (answer: ReadingAnswer): Promise<void> =>
  new Promise((said, fail) => process.send?.(answer, undefined, undefined, (error) => (error === null ? said() : fail(error))));

process.on('message', (order: ReadingOrder | UnpackingOrder | SampleOrder) => void answer(order).then(say));
process.on('disconnect', () => process.exit(0));
void say({ ready: true });
