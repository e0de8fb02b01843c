export { riskloopPosture } from './riskloop-posture.ts';
