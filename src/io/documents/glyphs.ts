import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const fontFolder = dirname(createRequire(import.meta.url).resolve('@expo-google-fonts/noto-sans-sc/package.json'));

/** The typeface of every document, regular and bold: Noto Sans SC, which covers GB 18030's common characters and Latin. */
export const fontFiles = ['400Regular/NotoSansSC_400Regular.ttf', '700Bold/NotoSansSC_700Bold.ttf'].map((file) => join(fontFolder, file));

let known: readonly Uint8Array[] | null = null;

/** Whether both weights of the typeface can draw the character `codePoint`. */
export function hasGlyph(codePoint: number): boolean {
  known ??= fontFiles.map((file) => readCoverage(readFileSync(file)));
  return known.every((drawn) => ((drawn[codePoint >> 3] ?? 0) >> (codePoint & 7)) % 2 === 1);
}

/** Which characters a TrueType font draws, one bit per code point, from its `cmap` table (OpenType 1.9, format 12: 32-bit groups; format 4 otherwise). */
function readCoverage(font: Buffer): Uint8Array {
  const cmap = tableOffset(font, 'cmap');
  const drawn = new Uint8Array(0x110000 >> 3);
  for (let i = 0; i < font.readUInt16BE(cmap + 2); i += 1) {
    const subtable = cmap + font.readUInt32BE(cmap + 4 + i * 8 + 4);
    const format = font.readUInt16BE(subtable);
    if (format === 12) markGroups(font, subtable, drawn);
    if (format === 4) markSegments(font, subtable, drawn);
  }
  return drawn;
}

function tableOffset(font: Buffer, tag: string): number {
  for (let i = 0; i < font.readUInt16BE(4); i += 1) {
    const entry = 12 + i * 16;
    if (font.toString('latin1', entry, entry + 4) === tag) return font.readUInt32BE(entry + 8);
  }
  throw new Error(`the font has no table ${tag}`);
}

function markGroups(font: Buffer, subtable: number, drawn: Uint8Array): void {
  for (let i = 0; i < font.readUInt32BE(subtable + 12); i += 1) {
    const group = subtable + 16 + i * 12;
    const [from, to, glyph] = [font.readUInt32BE(group), font.readUInt32BE(group + 4), font.readUInt32BE(group + 8)];
    for (let code = from; code <= to; code += 1) if (glyph + code - from !== 0) mark(drawn, code);
  }
}

function markSegments(font: Buffer, subtable: number, drawn: Uint8Array): void {
  const doubledCount = font.readUInt16BE(subtable + 6);
  for (let i = 0; i < doubledCount; i += 2) {
    const end = font.readUInt16BE(subtable + 14 + i);
    const startAt = subtable + 16 + doubledCount + i;
    const delta = font.readUInt16BE(startAt + doubledCount);
    const rangeAt = startAt + 2 * doubledCount;
    const range = font.readUInt16BE(rangeAt);
    const start = font.readUInt16BE(startAt);
    for (let code = start; code <= end && code < 0xffff; code += 1) {
      const glyph = range === 0 ? (code + delta) & 0xffff : font.readUInt16BE(rangeAt + range + 2 * (code - start));
      if (glyph !== 0) mark(drawn, code);
    }
  }
}

function mark(drawn: Uint8Array, code: number): void {
  drawn[code >> 3]! |= 1 << (code & 7);
}
