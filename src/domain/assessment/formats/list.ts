import type { Format } from '../reading/index.ts';
import { acunetix } from './acunetix/index.ts';
import { asff } from './asff/index.ts';
import { bandit } from './bandit/index.ts';
import { burp } from './burp/index.ts';
import { cargoAudit } from './cargo-audit/index.ts';
import { checkov } from './checkov/index.ts';
import { csaf } from './csaf/index.ts';
import { cyclonedx } from './cyclonedx/index.ts';
import { dependencyCheck } from './dependency-check/index.ts';
import { dependencyTrack } from './dependency-track/index.ts';
import { genericCsv } from './generic-csv/index.ts';
import { gitleaks } from './gitleaks/index.ts';
import { gosec } from './gosec/index.ts';
import { grype } from './grype/index.ts';
import { kubeBench } from './kube-bench/index.ts';
import { nessus } from './nessus/index.ts';
import { nikto } from './nikto/index.ts';
import { nmap } from './nmap/index.ts';
import { npmAudit } from './npm-audit/index.ts';
import { nuclei } from './nuclei/index.ts';
import { observatory } from './observatory/index.ts';
import { openvas } from './openvas/index.ts';
import { openvex } from './openvex/index.ts';
import { osvScanner } from './osv-scanner/index.ts';
import { pipAudit } from './pip-audit/index.ts';
import { prisma } from './prisma/index.ts';
import { prowler } from './prowler/index.ts';
import { qualys } from './qualys/index.ts';
import { riskloopPostureGentle } from './riskloop-posture-gentle/index.ts';
import { riskloopPosture } from './riskloop-posture/index.ts';
import { sarif } from './sarif/index.ts';
import { secureScore } from './secure-score/index.ts';
import { semgrep } from './semgrep/index.ts';
import { snyk } from './snyk/index.ts';
import { spdx } from './spdx/index.ts';
import { sshAudit } from './ssh-audit/index.ts';
import { sslyze } from './sslyze/index.ts';
import { testssl } from './testssl/index.ts';
import { trivy } from './trivy/index.ts';
import { trufflehog } from './trufflehog/index.ts';
import { wapiti } from './wapiti/index.ts';
import { wpscan } from './wpscan/index.ts';
import { zap } from './zap/index.ts';

/** Every scanner format that is read here. The order decides where a file would fit two of them: the stricter stands first. */
export const formats: readonly Format[] = [
  acunetix,
  asff,
  bandit,
  burp,
  cargoAudit,
  checkov,
  csaf,
  cyclonedx,
  dependencyCheck,
  dependencyTrack,
  genericCsv,
  gitleaks,
  gosec,
  grype,
  kubeBench,
  nessus,
  nikto,
  nmap,
  npmAudit,
  nuclei,
  observatory,
  openvas,
  openvex,
  osvScanner,
  pipAudit,
  prisma,
  prowler,
  qualys,
  riskloopPosture,
  riskloopPostureGentle,
  sarif,
  secureScore,
  semgrep,
  snyk,
  spdx,
  sshAudit,
  sslyze,
  testssl,
  trivy,
  trufflehog,
  wapiti,
  wpscan,
  zap,
];
