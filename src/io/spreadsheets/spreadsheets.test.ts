import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import readExcel, { readSheet } from 'read-excel-file/node';
import { describe, expect, it } from 'vitest';
import type { Cell, Sheet, Workbook } from '../interfaces.ts';
import { spreadsheets } from './index.ts';

const columns: Sheet['columns'] = [
  { title: { zh: '企业', en: 'Firm' }, kind: 'text' },
  { title: { zh: '保费', en: 'Premium' }, kind: 'money' },
  { title: { zh: '时间', en: 'At' }, kind: 'instant' },
  { title: { zh: '日期', en: 'Day' }, kind: 'day' },
  { title: { zh: '置信度', en: 'Confidence' }, kind: 'share' },
  { title: { zh: '通过', en: 'Passed' }, kind: 'flag' },
  { title: { zh: '次数', en: 'Times' }, kind: 'integer' },
];
const row: Cell[] = ['示例云帆', { currency: 'CNY', minor: 639_979 }, '2026-11-28T01:02:03Z', '2026-11-28', 0.625, true, 3];

const book = (format: 'csv' | 'xlsx', rows: Sheet['rows'], more: Partial<Workbook> = {}): Workbook => ({
  format,
  language: 'zh',
  about: [[{ zh: '导出人', en: 'Exported by' }, '甲']],
  madeAt: '2026-11-28T01:00:00Z',
  sheets: [{ name: { zh: '报价列表', en: 'quotes' }, columns, rows }],
  ...more,
});

const made = async (workbook: Workbook): Promise<Buffer> => Buffer.from((await spreadsheets.write(workbook)).bytes);
const texts = (rows: readonly string[]): Workbook => ({
  ...book(
    'xlsx',
    rows.map((text) => [text]),
  ),
  sheets: [{ name: { zh: '文', en: 'text' }, columns: columns.slice(0, 1), rows: rows.map((text) => [text]) }],
});

/** What is known to be run by one spreadsheet or another: OWASP's list, its blanks and full-width cousins, and ways to leave a field. */
const dangerous = [
  '=1+1',
  "=cmd|'/C calc'!A0",
  '+1+1',
  "-2+3+cmd|'/C calc'!A0",
  "@SUM(1+1)*cmd|'/C calc'!A0",
  '\t=1+1',
  '\r=1+1',
  '\n=1+1',
  ' =1+1',
  '\u00A0=1+1',
  '\u200B=1+1',
  '＝1+1',
  '＋1',
  '－1',
  '＠SUM(1)',
  '=HYPERLINK("http://127.0.0.1/?"&A1,"open")',
  '=IMPORTXML(CONCAT("http://127.0.0.1/",A1),"//a")',
  '",=1+1,"',
  ';=1+1',
  'a\r\n=1+1',
  '-',
];

describe('a workbook', () => {
  it('is read back by another program as it was written: texts, exact amounts, moments, shares', async () => {
    const [heads, first] = await readSheet(await made(book('xlsx', [row])));

    expect(heads).toEqual(['企业', '保费（元）', '时间（北京时间）', '日期', '置信度', '通过', '次数']);
    expect(first!.slice(0, 2)).toEqual(['示例云帆', 6399.79]);
    expect((first![2] as unknown as Date).toISOString()).toBe('2026-11-28T09:02:03.000Z');
    expect((first![3] as unknown as Date).toISOString()).toBe('2026-11-28T00:00:00.000Z');
    expect(first!.slice(4)).toEqual([0.625, '是', 3]);
  });

  it('has its heads in the language asked for, with their units', async () => {
    const [heads] = await readSheet(await made(book('xlsx', [row], { language: 'en' })));

    expect(heads!.slice(0, 3)).toEqual(['Firm', 'Premium (CNY)', 'At (Beijing time)']);
  });

  it('keeps a number a number among words', async () => {
    const prose: Sheet['columns'] = [{ title: { zh: '内容', en: 'Value' }, kind: 'prose' }];
    const { unpacked } = await parts(await made({ ...book('xlsx', []), sheets: [{ name: { zh: '概览', en: 'Overview' }, columns: prose, rows: [[17.8]] }] }));

    expect(unpacked).toContain('<c r="A2" s="0"><v>17.8</v></c>');
  });

  it('says on its last sheet what it is', async () => {
    const sheets = await readExcel(await made(book('xlsx', [row])));

    expect(sheets.map(({ sheet }) => sheet)).toEqual(['报价列表', '说明']);
    expect(sheets[1]!.data[1]).toEqual(['导出人', '甲']);
  });

  it('holds every text as a text, whatever is in it', async () => {
    const read = await readSheet(await made(texts(dangerous)), { trim: false });

    expect(read.slice(1).map(([text]) => text)).toEqual(dangerous);
  });

  it('holds no formula and no link out', async () => {
    const { unpacked } = await parts(await made(texts(dangerous)));

    expect(unpacked).not.toMatch(/<f>|<f |externalLink|<hyperlink|<dde/i);
    expect(unpacked.match(/s="4" t="inlineStr"/g)!.length).toBe(dangerous.length - 3);
  });

  it('keeps any text whole that a spreadsheet can hold', async () => {
    const plain = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }).filter((text) => !/[\p{Cc}\p{Cs}\uFFFE\uFFFF]|_x[0-9A-Fa-f]{4}_/u.test(text));

    await fc.assert(
      fc.asyncProperty(fc.array(plain, { minLength: 1, maxLength: 20 }), async (rows) => {
        const read = await readSheet(await made(texts(rows)), { trim: false });
        expect(read.slice(1).map(([text]) => text)).toEqual(rows);
      }),
      { numRuns: 40, seed: 20261128 },
    );
  });

  it('writes an amount in another currency as text with its code', async () => {
    const [, first] = await readSheet(await made(book('xlsx', [['甲', { currency: 'JPY', minor: -1234 }]])));

    expect(first![1]).toBe('JPY -1234');
  });

  it('has the same bytes each time', async () => {
    expect((await made(book('xlsx', [row]))).equals(await made(book('xlsx', [row])))).toBe(true);
  });

  it('cuts what no cell can hold, and says so', async () => {
    const [, first] = await readSheet(await made(texts(['长'.repeat(40_000)])));

    expect((first![0] as string).length).toBeLessThanOrEqual(32_767);
    expect(first![0]).toMatch(/… \(40000\)$/);
  });
});

describe('a CSV file', () => {
  it('begins with a byte order mark, says what it is, and has its heads and rows under an empty line', async () => {
    const bytes = await made(book('csv', [row]));

    expect(bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
    expect(bytes.toString('utf8').slice(1).split('\r\n').slice(0, 2)).toEqual(['"导出人","甲"', '']);
    expect(read(bytes)[2]).toEqual(['示例云帆', '6399.79', '2026-11-28 09:02:03', '2026-11-28', '0.625', '是', '3']);
  });

  it('turns every text that a spreadsheet could run into one that it shows', async () => {
    const rows = dangerous.map((text) => [text]);
    const cells = read(await made(book('csv', rows, { about: [] })))
      .slice(1)
      .map(([text]) => text!);

    for (const [index, cell] of cells.entries()) {
      expect(cell).not.toMatch(/^[\s\p{Cf}]*[=+\-@＝＋－＠]/u);
      expect([dangerous[index], `'${dangerous[index]}`]).toContain(cell);
    }
  });

  it('keeps negative numbers numbers', async () => {
    const [, first] = read(await made(book('csv', [['甲', { currency: 'CNY', minor: -5 }]], { about: [] })));

    expect(first![1]).toBe('-0.05');
  });
});

describe('a long list', () => {
  const rowOf = (index: number): Cell[] => [
    `示例企业 ${index} `.padEnd(80, '长'),
    { currency: 'CNY', minor: index },
    '2026-11-28T01:02:03Z',
    null,
    0.5,
    false,
    index,
  ];
  function* rows(count: number): Generator<Cell[]> {
    for (let index = 0; index < count; index += 1) yield rowOf(index);
  }

  it.each(['csv', 'xlsx'] as const)('of 100,000 rows is written without holding them: %s', async (format) => {
    const before = process.memoryUsage().heapUsed;
    let most = 0;
    function* watched(): Generator<Cell[]> {
      for (const one of rows(100_000)) {
        if ((one[6] as number) % 1000 === 0) most = Math.max(most, process.memoryUsage().heapUsed - before);
        yield one;
      }
    }
    const { bytes, rows: written } = await spreadsheets.write(book(format, watched()));

    expect(written).toBe(100_000);
    expect(bytes.length).toBeGreaterThan(1_000_000);
    expect(most).toBeLessThan(150 * 1024 * 1024);
  });

  it('of more than 200,000 rows is refused, and nothing is written', async () => {
    await expect(spreadsheets.write(book('csv', rows(200_001)))).rejects.toMatchObject({ code: 'export-too-long', facts: { maxRows: 200_000 } });
  });

  it('that would be larger than 64 MiB is refused', async () => {
    function* wide(): Generator<Cell[]> {
      for (let index = 0; index < 100; index += 1) yield ['x'.repeat(1024 * 1024)];
    }
    await expect(spreadsheets.write(book('csv', wide()))).rejects.toMatchObject({ code: 'export-too-large' });
  });

  it.each(['csv', 'xlsx'] as const)('that breaks off gives no file but its own error: %s', async (format) => {
    async function* broken(): AsyncGenerator<Cell[]> {
      yield rowOf(1);
      await Promise.resolve();
      throw new Error('the store went away');
    }
    await expect(spreadsheets.write(book(format, broken()))).rejects.toThrow('the store went away');
  });
});

const read = (bytes: Buffer): string[][] => parse(bytes, { bom: true, relax_column_count: true, skip_empty_lines: true });

async function parts(bytes: Buffer): Promise<{ unpacked: string }> {
  const { fromBufferPromise } = await import('yauzl');
  const zip = await fromBufferPromise(bytes, { lazyEntries: true });
  let unpacked = '';
  for await (const entry of zip.eachEntry()) {
    const stream = await zip.openReadStreamPromise(entry);
    for await (const chunk of stream) unpacked += String(chunk);
  }
  return { unpacked };
}
