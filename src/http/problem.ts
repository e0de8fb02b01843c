import { z } from 'zod';
import { Refusal, type RefusalKind } from '../domain/basics/index.ts';

/** The one shape of every error answer: RFC 9457 problem details with our stable `code`. */
export const Problem = z
  .strictObject({
    type: z.string().describe('urn:riskloop:problem: and the code'),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.string().describe('stable, kebab-case; the portal translates by it'),
    instance: z.string().describe('urn:uuid: and the request id, the same as in the log'),
    facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).describe('slots of the translated message'),
    errors: z.array(z.strictObject({ path: z.string(), code: z.string(), message: z.string() })).describe('every wrong field'),
  })
  .meta({ id: 'Problem' });
export type Problem = z.infer<typeof Problem>;

/** The only place where a kind of refusal becomes an HTTP status. */
const statusOf: Readonly<Record<RefusalKind, number>> = {
  'bad-input': 400,
  unauthenticated: 401,
  'not-permitted': 403,
  absent: 404,
  conflict: 409,
  'too-large': 413,
  unreadable: 422,
  rule: 422,
  'too-many': 429,
  unavailable: 503,
};

const titles: Readonly<Record<number, string>> = {
  400: 'The request is malformed',
  401: 'Nobody is signed in',
  403: 'Not permitted',
  404: 'Not found',
  405: 'Method not allowed',
  406: 'Not acceptable',
  408: 'The request took too long',
  409: 'In conflict with what happened before',
  412: 'Changed meanwhile',
  413: 'Too large',
  414: 'The address is too long',
  415: 'Unsupported media type',
  422: 'Refused by a rule',
  429: 'Too many requests',
  431: 'The headers are too large',
  500: 'Failure',
  503: 'Unavailable for now',
};

/** What the transport itself refuses, before any of our code has seen the request. */
const transportCodes: Readonly<Record<number, string>> = {
  400: 'malformed-request',
  406: 'multipart-needed',
  408: 'request-timeout',
  413: 'body-too-large',
  414: 'address-too-long',
  415: 'unsupported-media-type',
  429: 'too-many-requests',
  431: 'headers-too-large',
};

const typeOf = (code: string): string => `urn:riskloop:problem:${code}`;
export const instanceOf = (requestId: string): string => `urn:uuid:${requestId}`;

interface Said {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly facts?: Problem['facts'];
  readonly errors?: Problem['errors'];
}

const problem = ({ status, code, detail, facts = {}, errors = [] }: Said, requestId: string): Problem => ({
  type: typeOf(code),
  title: titles[status] ?? titles[status >= 500 ? 500 : 400]!,
  status,
  detail,
  code,
  instance: instanceOf(requestId),
  facts,
  errors,
});

/** The same answer for what does not exist, what belongs to others and addresses nobody serves: byte for byte, but for the request id. */
export const notFound = (requestId: string): Problem =>
  problem({ status: 404, code: 'not-found', detail: 'there is nothing here, or it is not for this organisation' }, requestId);

/**
 * The problem that an error becomes. A Refusal says its code and facts; the transport's own refusals get a code by status; everything
 * else is a failure of ours and says nothing but that.
 */
export function problemOf(error: unknown, requestId: string): Problem {
  if (error instanceof Refusal) return ofRefusal(error, requestId);
  const status = transportStatus(error);
  if (status === null) return problem({ status: 500, code: 'failure', detail: 'something failed here; it is recorded under this request id' }, requestId);
  return problem({ status, code: transportCodes[status] ?? 'malformed-request', detail: titles[status] ?? titles[400]! }, requestId);
}

function ofRefusal(refusal: Refusal, requestId: string): Problem {
  if (refusal.kind === 'absent') return notFound(requestId);
  return problem(
    {
      status: statusOf[refusal.kind],
      code: refusal.code,
      detail: refusal.message,
      facts: { ...refusal.facts },
      errors: refusal.faults.map((fault) => ({ ...fault })),
    },
    requestId,
  );
}

function transportStatus(error: unknown): number | null {
  const status = (error as { statusCode?: unknown } | null)?.statusCode;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : null;
}

/** The problem of a method that the address does not serve. */
export const methodNotAllowed = (requestId: string): Problem =>
  problem({ status: 405, code: 'method-not-allowed', detail: 'this address does not serve that method' }, requestId);

/** A conflict that the caller asked to hear of by If-Match. */
export const preconditionFailed = (conflict: Problem): Problem => ({ ...conflict, status: 412, title: titles[412]! });
