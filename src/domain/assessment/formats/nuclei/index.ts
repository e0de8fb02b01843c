export { nuclei } from './nuclei.ts';
