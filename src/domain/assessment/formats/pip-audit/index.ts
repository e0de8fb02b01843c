export { pipAudit } from './pip-audit.ts';
