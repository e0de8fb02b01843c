/** What went wrong, as the server says it (RFC 9457), or as the portal knows it when no answer came (`offline`, status 0). */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly errors: readonly { path: string; message: string }[];
  readonly instance: string | null;

  constructor(parts: {
    status: number;
    code: string;
    detail: string;
    facts?: Record<string, unknown>;
    errors?: { path: string; message: string }[];
    instance?: string | null;
  }) {
    super(parts.detail);
    this.name = 'Problem';
    this.status = parts.status;
    this.code = parts.code;
    this.facts = parts.facts ?? {};
    this.errors = parts.errors ?? [];
    this.instance = parts.instance ?? null;
  }
}

/** No answer came: the network or the server is away. What was typed is kept by the form. */
export const offline = (): Problem => new Problem({ status: 0, code: 'offline', detail: 'no answer from the server' });

const listOfErrors = (value: unknown): { path: string; message: string }[] =>
  Array.isArray(value)
    ? value.flatMap((one: Record<string, unknown>) => [{ path: String(one.path ?? one.field ?? ''), message: String(one.message ?? one.detail ?? '') }])
    : [];

/** Reads the body of an answer that is not a success; a body that is no problem document still gives a Problem with the status. */
export async function problemOf(response: Response): Promise<Problem> {
  const body = (await response.json().catch(() => ({}))) as Record<string, unknown>;
  return new Problem({
    status: response.status,
    code: typeof body.code === 'string' ? body.code : `status-${response.status}`,
    detail: typeof body.detail === 'string' ? body.detail : typeof body.message === 'string' ? body.message : response.statusText,
    facts: (body.facts as Record<string, unknown> | undefined) ?? {},
    errors: listOfErrors(body.errors),
    instance: typeof body.instance === 'string' ? body.instance : response.headers.get('x-request-id'),
  });
}
