import type { Format } from '../reading/index.ts';
import { nmap } from './nmap/index.ts';

/** Every scanner format that is read here. The order decides where a file would fit two of them: the stricter stands first. */
export const formats: readonly Format[] = [nmap];
