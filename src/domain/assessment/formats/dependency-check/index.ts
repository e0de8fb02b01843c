export { dependencyCheck } from './dependency-check.ts';
