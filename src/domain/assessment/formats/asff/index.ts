export { asff } from './asff.ts';
