export { zap } from './zap.ts';
