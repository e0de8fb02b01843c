export { sslyze } from './sslyze.ts';
