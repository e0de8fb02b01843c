export { kubeBench } from './kube-bench.ts';
