export { cyclonedx } from './cyclonedx.ts';
