export { secureScore } from './secure-score.ts';
