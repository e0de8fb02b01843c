export { CertificateSeen, CheckFacts, DnsSeen, Observations, PathSeen, PortSeen, TlsSeen, TlsVersion, WebSeen } from './observations.ts';
export type { Outcome, PostureRule, Verdict } from './rule.ts';
export { rules as postureRules } from './rules.ts';
export { judgePosture, PostureReport } from './report.ts';
export { knownPaths, recognisesPath, type KnownPath } from './paths.ts';
export { shortPortList } from './port-rules.ts';
