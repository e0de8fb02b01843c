import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import type { Language } from '../../domain/basics/index.ts';
import type { Cell, Sheet, SheetColumn, Workbook } from '../interfaces.ts';
import { columnHead, looksLikeFormula, settle, type Settled } from './cells.ts';
import { contentTypes, coreProperties, letters, packageRelations, styleOf, styles, workbookPart, workbookRelations, xml } from './parts.ts';

const chunkCharacters = 64 * 1024;
/** The most that a cell of a workbook holds. */
const cellCharacters = 32_767;

const aboutName = { zh: '说明', en: 'About' };

/** A workbook: one sheet for each table, then one that says what it is. Rows are packed as they come. */
export async function* writeWorkbook(workbook: Workbook): AsyncGenerator<Uint8Array> {
  const sheets = workbook.about.length > 0 ? [...workbook.sheets, aboutSheet(workbook)] : workbook.sheets;
  const names = sheetNames(sheets, workbook.language);
  const zip = new ZipFile();
  const output = zip.outputStream as Readable;
  const mtime = new Date(workbook.madeAt);
  const add = (path: string, text: string): void => zip.addBuffer(Buffer.from(text), path, { mtime });
  add('[Content_Types].xml', contentTypes(sheets.length));
  add('_rels/.rels', packageRelations);
  add('docProps/core.xml', coreProperties(workbook.madeAt));
  add('xl/workbook.xml', workbookPart(names));
  add('xl/_rels/workbook.xml.rels', workbookRelations(sheets.length));
  add('xl/styles.xml', styles);
  sheets.forEach((sheet, index) => addRows(zip, `xl/worksheets/sheet${index + 1}.xml`, { sheet, workbook, mtime }));
  zip.on('error', (error: Error) => output.destroy(error));
  zip.end();
  for await (const chunk of output) yield chunk as Uint8Array;
}

function aboutSheet({ about, language }: Workbook): Sheet {
  const columns: SheetColumn[] = [
    { title: { zh: '项目', en: 'Item' }, kind: 'text' },
    { title: { zh: '内容', en: 'Said' }, kind: 'prose' },
  ];
  return { name: aboutName, columns, rows: about.map(([name, said]) => [name[language], said]) };
}

/** Names as a workbook takes them: at most 31 characters, none of []:*?/\, no two alike. */
function sheetNames(sheets: readonly Sheet[], language: Language): string[] {
  const names: string[] = [];
  for (const { name } of sheets) {
    const plain = name[language].replace(/[[\]:*?/\\']/g, ' ').slice(0, 28);
    names.push(names.includes(plain) ? `${plain} ${names.length + 1}` : plain);
  }
  return names;
}

function addRows(zip: ZipFile, path: string, { sheet, workbook, mtime }: { sheet: Sheet; workbook: Workbook; mtime: Date }): void {
  zip.addReadStreamLazy(path, { mtime }, (take) => {
    const stream = Readable.from(sheetPart(sheet, workbook), { objectMode: false });
    stream.on('error', (error) => zip.emit('error', error));
    take(null, stream);
  });
}

async function* sheetPart({ columns, rows }: Sheet, { language }: Workbook): AsyncGenerator<string> {
  const lastColumn = letters(columns.length - 1);
  let text = sheetHead(
    columns,
    columns.map((column) => columnHead(column, language)),
  );
  let count = 1;
  for await (const row of rows) {
    count += 1;
    text += rowPart(row, count, columns, language);
    if (text.length < chunkCharacters) continue;
    yield text;
    text = '';
  }
  yield `${text}</sheetData><autoFilter ref="A1:${lastColumn}${count}"/></worksheet>`;
}

/** The heads stay in sight, and every column can be filtered. */
function sheetHead(columns: readonly SheetColumn[], titles: readonly string[]): string {
  const widths = columns
    .map((column, index) => `<col min="${index + 1}" max="${index + 1}" width="${widthOf(column, titles[index]!)}" customWidth="1"/>`)
    .join('');
  const heads = titles.map((title, index) => textCell(`${letters(index)}1`, title, styleOf.head)).join('');
  return (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">' +
    '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>' +
    `<cols>${widths}</cols><sheetData><row r="1">${heads}</row>`
  );
}

const kindWidth = { text: 22, prose: 60, integer: 10, number: 12, share: 12, money: 18, instant: 21, day: 12, flag: 8 } as const;

/** As wide as the kind needs, and wide enough for half the head, which wraps; a Chinese character takes two places. */
function widthOf(column: SheetColumn, title: string): number {
  const head = [...title].reduce((sum, sign) => sum + (sign.codePointAt(0)! > 0x2e7f ? 2 : 1), 0);
  return Math.max(kindWidth[column.kind], Math.ceil(head / 2) + 2);
}

function rowPart(row: readonly Cell[], number: number, columns: readonly SheetColumn[], language: Language): string {
  const cells = row.map((cell, index) => cellPart(`${letters(index)}${number}`, settle(cell, columns[index]!.kind, language), columns[index]!));
  return `<row r="${number}">${cells.join('')}</row>`;
}

function cellPart(place: string, cell: Settled, { kind }: SheetColumn): string {
  if (cell.is === 'nothing') return '';
  if (cell.is === 'number') return `<c r="${place}" s="${numberStyle(kind)}"><v>${cell.digits}</v></c>`;
  if (cell.is === 'text') return textCell(place, cell.text, textStyle(cell.text, kind === 'prose'));
  return `<c r="${place}" s="${styleOf[cell.is]}"><v>${serialDay(cell.text)}</v></c>`;
}

/** A number among words stays a number: the format of text would have Excel treat it as one. */
const numberStyle = (kind: SheetColumn['kind']): number => (kind === 'text' || kind === 'prose' ? styleOf.number : styleOf[kind]);

/** A text stays a text even when somebody edits it or saves the sheet as CSV and opens that. */
function textStyle(text: string, wraps: boolean): number {
  if (looksLikeFormula(text)) return styleOf.guarded;
  return wraps ? styleOf.prose : styleOf.text;
}

const textCell = (place: string, text: string, style: number): string =>
  `<c r="${place}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${xml(shortened(text))}</t></is></c>`;

const shortened = (text: string): string =>
  text.length <= cellCharacters ? text : `${text.slice(0, cellCharacters - 40).replace(/[\uD800-\uDBFF]$/, '')}… (${text.length})`;

/** Days since 1899-12-30, as a workbook counts time; the text is what the clock on the wall says. */
function serialDay(wall: string): string {
  const millis = Date.parse(wall.length === 10 ? `${wall}T00:00:00Z` : `${wall.replace(' ', 'T')}Z`);
  return String(millis / 86_400_000 + 25_569);
}
