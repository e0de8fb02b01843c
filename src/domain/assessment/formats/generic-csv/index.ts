export { genericCsv } from './generic-csv.ts';
