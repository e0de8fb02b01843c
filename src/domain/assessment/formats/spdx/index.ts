export { spdx } from './spdx.ts';
