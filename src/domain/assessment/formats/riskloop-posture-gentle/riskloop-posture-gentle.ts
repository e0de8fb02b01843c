import { postureFormat } from '../riskloop-posture/index.ts';

/** The report of our own posture check, of what only a gentle check looks at. */
export const riskloopPostureGentle = postureFormat('riskloop-posture-gentle', 'gentle', {
  zh: '闭环保资产体检（温和主动）',
  en: 'Riskloop posture check, gentle part',
});
