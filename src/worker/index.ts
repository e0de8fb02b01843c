export { runDaily, startDaily, type DailyParts } from './daily.ts';
export { startWorker } from './work.ts';
