import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { fromBuffer, type Entry, type ZipFile } from 'yauzl';
import { Refusal } from '../../domain/basics/index.ts';

const maxBytes = 256 * 1024 * 1024;

/**
 * A feed's content. Feeds are kept as they came, packed or not; gzip and zip say so in their first bytes, and a zip holds the feed as its only file.
 * Throws a Refusal `feed-cut-short` when the packing is damaged, holds another number of files, or grows beyond 256 MiB.
 */
export async function unpacked(bytes: Uint8Array): Promise<Uint8Array> {
  try {
    if (bytes[0] === 0x1f && bytes[1] === 0x8b) return gunzipSync(bytes, { maxOutputLength: maxBytes });
    return bytes[0] === 0x50 && bytes[1] === 0x4b ? await onlyFile(Buffer.from(bytes)) : bytes;
  } catch {
    throw new Refusal('unreadable', 'feed-cut-short', 'the packed feed is cut short, damaged or too large');
  }
}

const openZip = promisify<Buffer, { lazyEntries: true }, ZipFile>(fromBuffer);

async function onlyFile(bytes: Buffer): Promise<Uint8Array> {
  const zip = await openZip(bytes, { lazyEntries: true });
  if (zip.entryCount !== 1) throw new Error('a packed feed holds one file');
  const entry = await new Promise<Entry>((found, failed) => {
    zip.on('entry', found).on('error', failed);
    zip.readEntry();
  });
  if (entry.uncompressedSize > maxBytes) throw new Error('the feed is too large');
  const stream = await new Promise<NodeJS.ReadableStream>((opened, failed) =>
    zip.openReadStream(entry, (error, content) => (error ? failed(error) : opened(content))),
  );
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
