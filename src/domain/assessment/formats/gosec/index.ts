export { gosec } from './gosec.ts';
