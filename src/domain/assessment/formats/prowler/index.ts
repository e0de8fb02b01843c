export { prowler } from './prowler.ts';
