import { unreadable, type Position } from '../../readers/index.ts';

/** Host and port of a URL or of `host:port`, as written; both null when the text holds neither. */
export function hostOf(text: string): { host: string | null; port: number | null } {
  const match = /^(?:[a-z][a-z0-9+.-]*:\/\/)?(?:[^/?#@\s]*@)?(\[[0-9a-f:.]+\]|[^:/?#\s[\]]+)(?::(\d{1,5}))?(?:[/?#]|$)/i.exec(text.trim());
  if (match === null) return { host: null, port: null };
  const port = match[2] === undefined ? schemePort(text) : Number(match[2]);
  return { host: match[1]!.replace(/^\[|\]$/g, '').slice(0, 255), port: port !== null && port <= 65535 ? port : null };
}

const schemePort = (text: string): number | null => (/^https:/i.test(text.trim()) ? 443 : /^http:/i.test(text.trim()) ? 80 : null);

/**
 * A port number from a report, 0 to 65535; null for an empty text. Refuses anything else as `port-out-of-range`: a report with an impossible
 * port was changed by hand or by a faulty tool, and then nothing in it can be trusted.
 */
export function readPort(text: string, position: Position, facts: { element: string; index: number }): number | null {
  if (text === '') return null;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (port <= 65535) return port;
  throw unreadable('port-out-of-range', `port \`${text.slice(0, 40)}\` of ${facts.element} ${facts.index} is not between 0 and 65535`, position, {
    ...facts,
    port: text.slice(0, 40),
  });
}
