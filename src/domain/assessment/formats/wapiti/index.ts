export { wapiti } from './wapiti.ts';
