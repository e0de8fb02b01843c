import type { Multipart } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import type { ReceivedFile } from '../app/operation.ts';
import { Refusal } from '../domain/basics/index.ts';
import type { DoorParts } from './door.ts';

const maxNameBytes = 255;

/** Streams the one part `file` of a multipart body into the store. Its name is kept as data; where it lies depends on its content alone. */
export async function takeFile(request: FastifyRequest, { files, limits }: Pick<DoorParts, 'files' | 'limits'>): Promise<ReceivedFile> {
  const parts = partsOf(request, limits.uploadBytes);
  const part = await nextPart(parts);
  if (part?.type !== 'file' || part.fieldname !== 'file') {
    drain(part);
    throw new Refusal('bad-input', 'file-missing', 'the body must have one part with the name `file`');
  }
  let brokenOff = false;
  part.file.once('error', () => (brokenOff = true));
  const kept = await files.keep(part.file, limits.uploadBytes).catch((error: unknown) => {
    throw brokenOff ? malformed() : error;
  });
  await requireEnd(parts);
  return { ...kept, name: plainName(part.filename) };
}

type Parts = AsyncIterator<Multipart>;

/** One part is taken and a second one is let in, so that it can be refused instead of being passed over in silence. */
function partsOf(request: FastifyRequest, uploadBytes: number): Parts {
  const options = { limits: { fileSize: uploadBytes + 1, files: 2, fields: 2, parts: 3, headerPairs: 20 }, throwFileSizeLimit: false };
  try {
    return request.parts(options)[Symbol.asyncIterator]();
  } catch {
    throw malformed();
  }
}

/** The reader of multipart bodies reports a malformed one by plain errors; it touches nothing but the request. */
async function nextPart(parts: Parts): Promise<Multipart | undefined> {
  const next = await parts.next().catch((error: unknown) => {
    throw isTooMany(error) ? severalParts() : malformed();
  });
  return next.done === true ? undefined : next.value;
}

async function requireEnd(parts: Parts): Promise<void> {
  const more = await nextPart(parts);
  if (more === undefined) return;
  drain(more);
  throw severalParts();
}

const isTooMany = (error: unknown): boolean => /^FST_(PARTS|FILES|FIELDS)_LIMIT$/.test((error as { code?: string }).code ?? '');

const severalParts = (): Refusal =>
  new Refusal('bad-input', 'one-file-at-a-time', 'the body has more than one part; every file is sent by a request of its own');

const drain = (part: Multipart | undefined): void => void (part?.type === 'file' && part.file.resume());

const malformed = (): Refusal => new Refusal('bad-input', 'malformed-multipart', 'the multipart body is malformed or ends too early');

/** The last part of the name that was sent, without control characters, cut to what file systems allow. */
export function plainName(sent: string): string {
  const last = sent.split(/[/\\]/).at(-1) ?? '';
  const visible = last.replace(/[\p{Cc}\p{Surrogate}]/gu, '').trim();
  return cutToBytes(visible, maxNameBytes) || 'unnamed';
}

function cutToBytes(text: string, max: number): string {
  let kept = '';
  for (const character of text) {
    if (Buffer.byteLength(kept + character) > max) break;
    kept += character;
  }
  return kept;
}
