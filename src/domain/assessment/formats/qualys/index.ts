export { qualys } from './qualys.ts';
