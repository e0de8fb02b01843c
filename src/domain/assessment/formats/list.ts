import type { Format } from '../reading/index.ts';
import { nessus } from './nessus/index.ts';
import { nmap } from './nmap/index.ts';
import { nuclei } from './nuclei/index.ts';
import { openvas } from './openvas/index.ts';
import { sarif } from './sarif/index.ts';
import { testssl } from './testssl/index.ts';
import { trivy } from './trivy/index.ts';
import { zap } from './zap/index.ts';

/** Every scanner format that is read here. The order decides where a file would fit two of them: the stricter stands first. */
export const formats: readonly Format[] = [
  nessus,
  nmap,
  nuclei,
  openvas,
  sarif,
  testssl,
  trivy,
  zap,
];
