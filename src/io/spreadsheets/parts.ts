/** The parts of a workbook that say how its sheets hang together (ECMA-376, SpreadsheetML): only what a reader needs. */

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const officeRelations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packageNamespace = 'http://schemas.openxmlformats.org/package/2006';

/** Text inside an element or an attribute. What XML cannot hold is written as SpreadsheetML does, `_x0007_`, and a text that looks so already is kept apart from it. */
export const xml = (text: string): string =>
  text
    .replace(/\p{Cs}/gu, '\uFFFD')
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    .replace(/(?![\t\n])\p{Cc}|[\uFFFE\uFFFF]/gu, (sign) => `_x${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`)
    .replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** The name of a column: 0 is A, 26 is AA. */
export const letters = (index: number): string => (index < 26 ? '' : letters(Math.floor(index / 26) - 1)) + String.fromCharCode(65 + (index % 26));

const list = (count: number, write: (index: number) => string): string => Array.from({ length: count }, (_, index) => write(index + 1)).join('');

export const contentTypes = (sheets: number): string =>
  `${declaration}<Types xmlns="${packageNamespace}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
  '<Default Extension="xml" ContentType="application/xml"/>' +
  '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>' +
  '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>' +
  '<Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>' +
  `${list(sheets, (index) => `<Override PartName="/xl/worksheets/sheet${index}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>`)}</Types>`;

export const packageRelations =
  `${declaration}<Relationships xmlns="${packageNamespace}/relationships">` +
  `<Relationship Id="rId1" Type="${officeRelations}/officeDocument" Target="xl/workbook.xml"/>` +
  `<Relationship Id="rId2" Type="${packageNamespace}/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`;

export const coreProperties = (madeAt: string): string =>
  `${declaration}<cp:coreProperties xmlns:cp="${packageNamespace}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">` +
  `<dc:creator>Riskloop</dc:creator><dcterms:created xsi:type="dcterms:W3CDTF">${new Date(madeAt).toISOString().slice(0, 19)}Z</dcterms:created></cp:coreProperties>`;

export const workbookPart = (names: readonly string[]): string =>
  `${declaration}<workbook xmlns="${main}" xmlns:r="${officeRelations}"><sheets>` +
  `${names.map((name, index) => `<sheet name="${xml(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`).join('')}</sheets></workbook>`;

export const workbookRelations = (sheets: number): string =>
  `${declaration}<Relationships xmlns="${packageNamespace}/relationships">` +
  list(sheets, (index) => `<Relationship Id="rId${index}" Type="${officeRelations}/worksheet" Target="worksheets/sheet${index}.xml"/>`) +
  `<Relationship Id="rId${sheets + 1}" Type="${officeRelations}/styles" Target="styles.xml"/></Relationships>`;

/** Numbers of the cell formats below. `guarded` is text that Excel shows as if an apostrophe stood before it. */
export const styleOf = { number: 0, head: 1, text: 2, flag: 2, prose: 3, guarded: 4, integer: 5, share: 6, money: 7, instant: 8, day: 9 } as const;

const format = (numberFormat: number, more = ''): string =>
  `<xf numFmtId="${numberFormat}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"${more}`;

export const styles =
  `${declaration}<styleSheet xmlns="${main}">` +
  '<numFmts count="3"><numFmt numFmtId="164" formatCode="0.0%"/><numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/><numFmt numFmtId="166" formatCode="yyyy\\-mm\\-dd"/></numFmts>' +
  '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>' +
  '<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFE4E2DC"/></patternFill></fill></fills>' +
  '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>' +
  '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="10">' +
  `${format(0, '/>')}<xf numFmtId="49" fontId="1" fillId="2" borderId="0" xfId="0" applyFont="1" applyFill="1" applyAlignment="1"><alignment wrapText="1" vertical="top"/></xf>` +
  `${format(49, '/>')}${format(49, ' applyAlignment="1"><alignment wrapText="1" vertical="top"/></xf>')}${format(49, ' quotePrefix="1"/>')}` +
  `${format(1, '/>')}${format(164, '/>')}${format(4, '/>')}${format(165, '/>')}${format(166, '/>')}</cellXfs></styleSheet>`;
