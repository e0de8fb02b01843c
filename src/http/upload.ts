import type { MultipartFile } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import type { ReceivedFile } from '../app/operation.ts';
import { Refusal } from '../domain/basics/index.ts';
import type { DoorParts } from './door.ts';

const maxNameBytes = 255;

/** Streams the one part `file` of a multipart body into the store. Its name is kept as data; where it lies depends on its content alone. */
export async function takeFile(request: FastifyRequest, { files, limits }: Pick<DoorParts, 'files' | 'limits'>): Promise<ReceivedFile> {
  const part = await firstPart(request, limits.uploadBytes);
  if (part === undefined || part.fieldname !== 'file') {
    part?.file.resume();
    throw new Refusal('bad-input', 'file-missing', 'the body must have one part with the name `file`');
  }
  let brokenOff = false;
  part.file.once('error', () => (brokenOff = true));
  const kept = await files.keep(part.file, limits.uploadBytes).catch((error: unknown) => {
    throw brokenOff ? malformed() : error;
  });
  return { ...kept, name: plainName(part.filename) };
}

/** The reader of multipart bodies reports a malformed one by plain errors; it touches nothing but the request. */
async function firstPart(request: FastifyRequest, uploadBytes: number): Promise<MultipartFile | undefined> {
  const limits = { fileSize: uploadBytes + 1, files: 1, fields: 0, parts: 1, headerPairs: 20 };
  return request.file({ limits, throwFileSizeLimit: false }).catch(() => {
    throw malformed();
  });
}

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
