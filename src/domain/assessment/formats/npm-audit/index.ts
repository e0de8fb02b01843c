export { npmAudit } from './npm-audit.ts';
