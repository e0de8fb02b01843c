export { openvas } from './openvas.ts';
