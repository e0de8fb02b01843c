export { gitleaks } from './gitleaks.ts';
