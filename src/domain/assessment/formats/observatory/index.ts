export { observatory } from './observatory.ts';
