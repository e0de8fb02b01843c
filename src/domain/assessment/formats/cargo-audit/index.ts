export { cargoAudit } from './cargo-audit.ts';
