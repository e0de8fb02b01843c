export { nessus } from './nessus.ts';
