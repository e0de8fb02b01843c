export { osvScanner } from './osv-scanner.ts';
