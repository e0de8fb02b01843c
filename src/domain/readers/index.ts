export { attribute, child, childrenNamed, textOf, XmlReader, type XmlElement } from './xml.ts';
export { JsonReader, type Json } from './json.ts';
export { CsvReader, type CsvRow } from './csv.ts';
export { cut, cvesIn, cwesIn, lines, plainText } from './words.ts';
export { decodeText, type ReportEncoding } from './decode.ts';
export { firstOf, hasKeys, member, shaped } from './shape.ts';
export { lineColumn, tooLarge, unreadable, type Position } from './unreadable.ts';
export { readInstant } from './instant.ts';
export { readingLimits, type ReadingLimits } from './limits.ts';
