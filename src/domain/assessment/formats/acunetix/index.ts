export { acunetix } from './acunetix.ts';
