export { readReportApart, closeReportReader } from './read-apart.ts';
export { ReportReader, readingBudget, type ReadingBudget } from './report-reader.ts';
