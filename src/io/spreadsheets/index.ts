export { spreadsheets } from './write.ts';
