import type { paths } from './schema.d.ts';
import { offline, Problem, problemOf } from './problem.ts';

/** An address of the server with its slots filled: `/api/assessments/…/firm`. */
type Filled<P extends string> = P extends `${infer Before}{${string}}${infer After}` ? `${Before}${string}${Filled<After>}` : P;

/** An address that some operation is served at, with or without a query; any other is a compile error. */
export type Address = Filled<keyof paths & string> | `${Filled<keyof paths & string>}?${string}`;

interface Sending {
  readonly body?: unknown;
  readonly file?: File;
  /** Sent again with the same key after a lost answer, so that the act happens once. */
  readonly key?: string;
}

function bodyOf({ body, file }: Sending): BodyInit | null {
  if (file) {
    const form = new FormData();
    form.append('file', file, file.name);
    return form;
  }
  return body === undefined ? null : JSON.stringify(body);
}

function headersOf({ body, key }: Sending): Record<string, string> {
  return {
    accept: 'application/json',
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(key === undefined ? {} : { 'idempotency-key': key }),
  };
}

/** One call to the server of this origin. Throws a Problem for every answer that is not a success. */
export async function request<T>(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: Address, sending: Sending = {}): Promise<T> {
  const response = await fetch(path, { method, headers: headersOf(sending), body: bodyOf(sending), credentials: 'same-origin' }).catch(() => {
    throw offline();
  });
  if (!response.ok) throw await problemOf(response);
  const text = await response.text();
  try {
    return (text === '' ? null : JSON.parse(text)) as T;
  } catch {
    throw new Problem({ status: response.status, code: 'unreadable-answer', detail: 'the answer of the server cannot be read' });
  }
}
