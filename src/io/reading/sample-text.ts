import type { TextSample } from './order.ts';

/** Characters shown of each reading. */
const shown = 600;
const before = 200;

/**
 * The place of a file where its encoding shows, read as UTF-8 and as GB 18030: around the first byte beyond ASCII, the beginning where there is none.
 * A person who sees both knows which one holds words.
 */
export function sampleText(chunks: Iterable<Uint8Array>): TextSample {
  const window = aroundFirstForeign(chunks);
  const as = (encoding: string): string => new TextDecoder(encoding).decode(window).slice(0, shown);
  return { 'utf-8': as('utf-8'), gb18030: as('gb18030') };
}

function aroundFirstForeign(chunks: Iterable<Uint8Array>): Uint8Array {
  let tail: Uint8Array = new Uint8Array(0);
  for (const chunk of chunks) {
    const joined = Buffer.concat([tail, chunk]);
    const at = joined.findIndex((byte) => byte > 0x7f);
    if (at >= 0) return joined.subarray(lineStart(joined, at), at + shown * 3);
    tail = joined.subarray(Math.max(0, joined.length - before));
  }
  return tail;
}

/** The start of the line, or a little before: ASCII all the way, so that no character is cut. */
function lineStart(bytes: Buffer, at: number): number {
  const breaks = bytes.lastIndexOf(0x0a, at);
  return Math.max(breaks + 1, at - before);
}
