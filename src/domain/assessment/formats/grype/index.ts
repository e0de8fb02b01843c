export { grype } from './grype.ts';
