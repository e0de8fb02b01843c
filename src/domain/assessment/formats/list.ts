import type { Format } from '../reading/index.ts';
import { csaf } from './csaf/index.ts';
import { cyclonedx } from './cyclonedx/index.ts';
import { dependencyCheck } from './dependency-check/index.ts';
import { dependencyTrack } from './dependency-track/index.ts';
import { grype } from './grype/index.ts';
import { nessus } from './nessus/index.ts';
import { nmap } from './nmap/index.ts';
import { npmAudit } from './npm-audit/index.ts';
import { nuclei } from './nuclei/index.ts';
import { openvas } from './openvas/index.ts';
import { openvex } from './openvex/index.ts';
import { pipAudit } from './pip-audit/index.ts';
import { sarif } from './sarif/index.ts';
import { snyk } from './snyk/index.ts';
import { spdx } from './spdx/index.ts';
import { testssl } from './testssl/index.ts';
import { trivy } from './trivy/index.ts';
import { zap } from './zap/index.ts';

/** Every scanner format that is read here. The order decides where a file would fit two of them: the stricter stands first. */
export const formats: readonly Format[] = [
  csaf,
  cyclonedx,
  dependencyCheck,
  dependencyTrack,
  grype,
  nessus,
  nmap,
  npmAudit,
  nuclei,
  openvas,
  openvex,
  pipAudit,
  sarif,
  snyk,
  spdx,
  testssl,
  trivy,
  zap,
];
