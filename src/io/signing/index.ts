export { openSigning } from './signing.ts';
