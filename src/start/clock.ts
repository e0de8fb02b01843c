import { instantFromMillis, type Instant } from '../domain/basics/index.ts';

export const systemClock = (): Instant => instantFromMillis(Date.now());
