export { readReportApart, closeReportReader } from './read-apart.ts';
export { ReportReader, type ReadingBudget } from './report-reader.ts';
