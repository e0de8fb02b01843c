import { Refusal } from '../../domain/basics/index.ts';
import type { Cell, Sheet, Spreadsheets } from '../interfaces.ts';
import { writeCsv } from './csv.ts';
import { writeWorkbook } from './xlsx.ts';

/** More than a person reads, less than a spreadsheet takes (2^20 rows). */
export const maxRows = 200_000;
export const maxBytes = 64 * 1024 * 1024;

const mediaTypes = { csv: 'text/csv; charset=utf-8', xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' };

export const spreadsheets: Spreadsheets = {
  write: async (workbook) => {
    let rows = 0;
    const counted = (sheet: Sheet): Sheet => ({ ...sheet, rows: bounded(sheet.rows, () => (rows += 1)) });
    const sheets = workbook.sheets.map(counted);
    const chunks = workbook.format === 'csv' ? writeCsv({ ...workbook, sheets }) : writeWorkbook({ ...workbook, sheets });
    return { bytes: await collect(chunks), mediaType: mediaTypes[workbook.format], rows };
  },
};

/** The same rows, as long as they are not too many. */
async function* bounded(rows: Sheet['rows'], count: () => void): AsyncGenerator<readonly Cell[]> {
  let seen = 0;
  for await (const row of rows) {
    seen += 1;
    if (seen > maxRows) throw new Refusal('rule', 'export-too-long', `more than ${maxRows} rows match: narrow the filters; nothing was written`, { maxRows });
    count();
    yield row;
  }
}

async function collect(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const held: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    if (bytes > maxBytes)
      throw new Refusal('rule', 'export-too-large', `the file would be larger than ${maxBytes} bytes: narrow the filters; nothing was written`, { maxBytes });
    held.push(chunk);
  }
  return Buffer.concat(held, bytes);
}
