import { offline, problemOf } from './problem.ts';
import type { Address } from './request.ts';

/** Fetches a file and hands it to the browser as a download. Throws a Problem when the server made none, so that the page can explain it. */
export async function download(path: Address, body?: unknown): Promise<void> {
  const asked: RequestInit = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
  const response = await fetch(path, { ...asked, credentials: 'same-origin' }).catch(() => {
    throw offline();
  });
  if (!response.ok) throw await problemOf(response);
  save(await response.blob(), nameOf(response.headers.get('content-disposition')));
}

/** The name that the server gave: `filename*=UTF-8''…`. */
const nameOf = (disposition: string | null): string => decodeURIComponent(/filename\*=UTF-8''([^;]+)/.exec(disposition ?? '')?.[1] ?? 'riskloop');

function save(file: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
