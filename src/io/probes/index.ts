export { openProbes, type ProbesForTests } from './probes.ts';
export { isForbiddenAddress } from './forbidden-address.ts';
