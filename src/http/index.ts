export { buildServer } from './server.ts';
export { describeApi } from './openapi.ts';
export { entrances } from './entrance.ts';
export { defaultLimits, type Limits } from './limits.ts';
export type { DoorParts, Runner } from './door.ts';
