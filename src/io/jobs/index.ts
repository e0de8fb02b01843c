export { openQueue, type OpenQueue } from './queue.ts';
