export { trivy } from './trivy.ts';
