export { riskloopPostureGentle } from './riskloop-posture-gentle.ts';
