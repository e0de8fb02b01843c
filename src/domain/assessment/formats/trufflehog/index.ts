export { trufflehog } from './trufflehog.ts';
