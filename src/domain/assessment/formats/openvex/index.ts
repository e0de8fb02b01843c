export { openvex } from './openvex.ts';
