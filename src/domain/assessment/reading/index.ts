export {
  attribute,
  child,
  childrenNamed,
  CsvReader,
  cvesIn,
  cwesIn,
  decodeText,
  firstOf,
  handOnRecords,
  hasKeys,
  JsonReader,
  readAtOnce,
  lines,
  member,
  plainText,
  readingLimits,
  readInstant,
  shaped,
  textOf,
  unreadable,
  XmlReader,
  type CsvRow,
  type Json,
  type Position,
  type ReadingLimits,
  type ReportEncoding,
  type XmlElement,
} from '../../readers/index.ts';
export { cvssOf, readScore, scoreOfVector } from './cvss.ts';
export { compareSeverity, severityOf, severityOfScore, severityOfWeakness, unratedSeverity } from './severity.ts';
export { hostOf, readPort } from './host.ts';
export { packageAsset, readPurl } from './package.ts';
export { ReportGatherer, assetTitle, unnamedAsset, type Observation } from './gather.ts';
export type { Extent } from '../finding.ts';
export type { CsvDialect, Dialect, Format, JsonDialect, XmlDialect } from './format.ts';
