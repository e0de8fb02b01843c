import type { Workbook } from '../interfaces.ts';
import { columnHead, looksLikeFormula, settle, type Settled } from './cells.ts';

/** By this mark Excel knows that a CSV file is UTF-8; without it, Chinese becomes noise. */
const byteOrderMark = '\uFEFF';
const chunkCharacters = 64 * 1024;

/** The first sheet as CSV (RFC 4180) with a byte order mark: what is said about the file, an empty line, the heads, the rows. */
export async function* writeCsv({ sheets: [sheet], about, language }: Workbook): AsyncGenerator<Uint8Array> {
  const { columns, rows } = sheet!;
  let text = byteOrderMark;
  for (const [name, said] of about) text += line([name[language], said].map(quoted));
  if (about.length > 0) text += line([]);
  text += line(columns.map((column) => quoted(columnHead(column, language))));
  for await (const row of rows) {
    text += line(row.map((cell, index) => written(settle(cell, columns[index]!.kind, language))));
    if (text.length < chunkCharacters) continue;
    yield Buffer.from(text);
    text = '';
  }
  yield Buffer.from(text);
}

const line = (fields: readonly string[]): string => `${fields.join(',')}\r\n`;

function written(cell: Settled): string {
  if (cell.is === 'nothing') return '';
  return cell.is === 'number' ? cell.digits : quoted(cell.text);
}

/** Always in quotes, so that no separator of any country's spreadsheet splits it; what looks like a formula begins with an apostrophe, so that it is none. */
const quoted = (text: string): string => `"${(looksLikeFormula(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
