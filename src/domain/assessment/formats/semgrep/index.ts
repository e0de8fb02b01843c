export { semgrep } from './semgrep.ts';
