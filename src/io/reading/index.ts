export { closeReportReader, readReportApart, sampleApart, unpackApart } from './read-apart.ts';
export { ReportReader, type ReadingBudget } from './report-reader.ts';
