export { bandit } from './bandit.ts';
