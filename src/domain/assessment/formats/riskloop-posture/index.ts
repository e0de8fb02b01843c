export { postureFormat, riskloopPosture } from './riskloop-posture.ts';
