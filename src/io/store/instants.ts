import { instantFromMillis, type Instant } from '../../domain/basics/index.ts';

/** A timestamp as the driver gives it, in the form that the rest of the system uses. */
export const toInstant = (date: Date): Instant => instantFromMillis(date.getTime());
