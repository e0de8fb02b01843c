import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { actorMay, nobody, type HttpDoor, type Operation } from '../app/operation.ts';
import { Refusal } from '../domain/basics/index.ts';
import { requireActor } from './caller.ts';
import type { DoorParts } from './door.ts';
import { inputReader, type RequestParts } from './input.ts';
import { takeFile } from './upload.ts';

type Served = Operation & { readonly http: HttpDoor };
type Parts = Pick<DoorParts, 'runner' | 'files' | 'limits'>;

/** The address as the router writes it: `{id}` becomes `:id`. */
export const routePattern = (path: string): string => `/api${path.replace(/\{(\w+)\}/g, ':$1')}`;

/** Serves one operation: puts its input together, carries it to the runner, sends what comes back. */
export function serveOperation(app: FastifyInstance, operation: Served, parts: Parts): void {
  const readInput = inputReader(operation.input);
  const takesVersion = hasField(operation.input, 'version');
  app.route({
    method: operation.http.method,
    url: routePattern(operation.http.path),
    config: { operation: operation.name },
    handler: async (request, reply) => {
      const actor = operation.public ? (request.actor ?? nobody) : requireActor(request);
      if (operation.http.body === 'file' && !actorMay(actor, operation.who))
        throw new Refusal('not-permitted', 'not-permitted', 'the role of this member does not allow this', { permission: operation.who });
      const key = idempotencyKey(request, operation);
      const input = await inputOf(request, { operation, readInput, takesVersion, parts });
      const { output, replayed } = await parts.runner.run(operation, { actor, input, ...(key === null ? {} : { key }) });
      if (replayed) reply.header('idempotent-replayed', 'true');
      return sendOutput(reply, operation.http, output);
    },
  });
}

function hasField(schema: z.ZodType, name: string): boolean {
  return schema instanceof z.ZodObject && name in schema.shape;
}

/** The client's own key for this request, as the runner takes it. An answer that is shown once is never kept for a repetition, so that no key is passed on for it. */
function idempotencyKey(request: FastifyRequest, { effect, shownOnce }: Operation): string | null {
  if (effect === 'read' || shownOnce === true) return null;
  const key = request.headers['idempotency-key'];
  return key === undefined ? null : String(key);
}

interface Reading {
  readonly operation: Served;
  readonly readInput: (parts: RequestParts) => Record<string, unknown>;
  readonly takesVersion: boolean;
  readonly parts: Parts;
}

async function inputOf(request: FastifyRequest, { operation, readInput, takesVersion, parts }: Reading): Promise<Record<string, unknown>> {
  const { body: form, method } = operation.http;
  if (form !== 'file' && request.isMultipart()) throw unsupportedMedia();
  if (method === 'DELETE' && request.body !== undefined)
    throw new Refusal('bad-input', 'body-not-expected', 'this request takes its fields from the address, not from a body');
  const words = { path: request.params as Record<string, string>, query: request.query as Record<string, string> };
  const input = readInput({ ...words, body: form === 'file' ? undefined : request.body });
  if (takesVersion) enterExpectedVersion(input, request.headers['if-match']);
  if (form !== 'file') return input;
  if (!request.isMultipart()) throw unsupportedMedia();
  return { ...input, file: await takeFile(request, parts) };
}

const unsupportedMedia = (): Error => Object.assign(new Error('unsupported media type'), { statusCode: 415 });

/** `If-Match: "3"` says the same as the input field `version`: change it only if it is still version 3. */
function enterExpectedVersion(input: Record<string, unknown>, header: string | undefined): void {
  if (header === undefined) return;
  const version = /^"(\d{1,15})"$/.exec(header)?.[1];
  if (version === undefined) throw new Refusal('bad-input', 'if-match-malformed', 'If-Match holds one version in quotes, as the ETag gave it');
  if (input['version'] !== undefined && input['version'] !== Number(version))
    throw new Refusal('bad-input', 'field-given-twice', 'If-Match and `version` differ', { field: 'version' });
  input['version'] = Number(version);
}

const Document = z.strictObject({ file: z.string(), mediaType: z.string(), name: z.string() });

function sendOutput(reply: FastifyReply, http: HttpDoor, output: unknown): FastifyReply {
  reply.code(http.status);
  if (http.body === 'document') return sendDocument(reply, Document.parse(output));
  const version = (output as { version?: unknown } | null)?.version;
  if (typeof version === 'number') reply.header('etag', `"${version}"`);
  return reply.type('application/json; charset=utf-8').send(JSON.stringify(output));
}

/** A document is always a download: no browser renders it within our origin. */
function sendDocument(reply: FastifyReply, { file, mediaType, name }: z.infer<typeof Document>): FastifyReply {
  return reply
    .header(
      'content-disposition',
      `attachment; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)}`,
    )
    .header('content-security-policy', "sandbox; default-src 'none'")
    .header('x-content-type-options', 'nosniff')
    .type(mediaType)
    .send(Buffer.from(file, 'base64'));
}
