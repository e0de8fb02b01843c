export { formats } from './list.ts';
export { recogniseFormat, type Recognised } from './recognise.ts';
export { readScannerReport } from './read-report.ts';
