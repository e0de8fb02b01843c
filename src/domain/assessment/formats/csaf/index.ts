export { csaf } from './csaf.ts';
