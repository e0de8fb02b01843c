export { sshAudit } from './ssh-audit.ts';
