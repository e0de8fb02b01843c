export { snyk } from './snyk.ts';
