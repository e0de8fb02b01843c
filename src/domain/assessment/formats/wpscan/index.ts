export { wpscan } from './wpscan.ts';
