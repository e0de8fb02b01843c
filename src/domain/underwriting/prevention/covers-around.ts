import type { RequestedCover } from '../../catalogue/index.ts';

/** Covers to choose from around the asked one: it comes first, then half and double its limit, then five times its retention. */
export function coversAround(cover: RequestedCover): RequestedCover[] {
  const scaled = (by: number): RequestedCover => ({
    ...cover,
    limitMinor: Math.round(cover.limitMinor * by),
    lines: cover.lines.map((line) => ({ ...line, subLimitMinor: Math.round(line.subLimitMinor * by) })),
  });
  return [cover, scaled(0.5), scaled(2), { ...cover, retentionMinor: 5 * cover.retentionMinor }];
}
