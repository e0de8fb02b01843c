import type { Peril } from '../catalogue/index.ts';
import type { Exposure, FirmProfile } from '../parties/index.ts';
import type { ThreatFacts, ThreatOutlook } from '../threats/index.ts';
import { Severity, type Finding } from './finding.ts';
import type { AssessmentParameters } from './parameters.ts';
import { hostOf, placeAsset, type Placement, type Scope } from './scope.ts';
import { recogniseSignals, type Signal } from './signals.ts';

type Numbers = AssessmentParameters['values'];

/** A finding with all that its weight rests on; made once and reused by every what-if. */
export interface PlacedFinding extends Placement {
  readonly finding: Finding;
  readonly counts: boolean;
  readonly signals: readonly Signal[];
  readonly threat: ThreatFacts;
  readonly weaknesses: readonly Weakness[];
}

/**
 * One term of the noisy-or before repeats are merged: one CVE, one check or one condition in one group of assets. Either `share` is q_i itself,
 * or `relativeRisk` gives it once the ceiling is known.
 */
export interface Weakness {
  readonly key: string;
  readonly asset: string;
  readonly share: number;
  readonly relativeRisk: number | null;
  readonly exposureFactor: number;
  readonly perils: readonly Peril[] | null;
}

/**
 * The firm's daily repair rate r = (a0 + D) / (b0 + E) under a gamma prior whose median time to repair is `findings.repair-prior-median-days`
 * (methods §2.3, step 1). D closed findings and E open days come from the firm; unknown leaves the prior.
 */
export function repairRatePerDay(repairs: FirmProfile['repairs'], numbers: Numbers): number {
  const priorCount = numbers['findings.repair-prior-count'];
  const priorDays = (priorCount * numbers['findings.repair-prior-median-days']) / Math.LN2;
  return (priorCount + (repairs?.closed ?? 0)) / (priorDays + (repairs?.openDays ?? 0));
}

/** Days for which a finding of today is expected to stay open within the next year: T = (1 − e^(−365 r)) / r (methods §2.3, step 2). */
export const expectedOpenDays = (ratePerDay: number): number => -Math.expm1(-365 * ratePerDay) / ratePerDay;

/** Probability over `days` from a probability over 30: 1 − (1 − p)^(days/30) (methods §2.3, step 3; FIRST defines EPSS over 30 days). */
export const probabilityWithin = (days: number, within30: number): number => 1 - (1 - within30) ** (days / 30);

/** Places, recognises and weighs every finding, in the order of their ids. A finding that several reports hold is taken once, as seen last, the graver where they were seen together. */
export function placeFindings(findings: readonly Finding[], scope: Scope, outlook: ThreatOutlook, openDays: number, numbers: Numbers): PlacedFinding[] {
  const latest = new Map<string, Finding>();
  for (const finding of findings) latest.set(finding.id, laterOf(latest.get(finding.id), finding, numbers));
  const sorted = [...latest.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  return sorted.map((finding) => placeFinding(finding, scope, outlook, openDays, numbers));
}

function laterOf(known: Finding | undefined, next: Finding, numbers: Numbers): Finding {
  if (known === undefined) return next;
  const rank = (finding: Finding): string =>
    `${finding.lastSeen ?? ''}|${9 - Severity.options.indexOf(finding.severity)}|${scoreOf(finding, numbers).toFixed(1).padStart(4, '0')}|${finding.suppressed ? 0 : 1}|${finding.title}`;
  return rank(next) > rank(known) ? next : known;
}

function placeFinding(finding: Finding, scope: Scope, outlook: ThreatOutlook, openDays: number, numbers: Numbers): PlacedFinding {
  const placement = placeAsset(scope, finding.asset);
  const recognised = recogniseSignals(finding, placement.exposure);
  const threats = finding.cves.map((cve) => outlook.of(cve));
  const weaknesses = weaknessesOf({ finding, placement, recognised, threats, openDays, numbers });
  const counts = placement.inScope && !finding.suppressed;
  return { ...placement, finding, counts, signals: recognised, threat: worstThreat(threats), weaknesses };
}

interface Weighing {
  readonly finding: Finding;
  readonly placement: Placement;
  readonly recognised: readonly Signal[];
  readonly threats: readonly ThreatFacts[];
  readonly openDays: number;
  readonly numbers: Numbers;
}

function weaknessesOf(weighing: Weighing): Weakness[] {
  const risky = weighing.recognised.filter((signal) => signal.relativeRisk !== null);
  const vulnerabilities = weighing.finding.cves.map((cve, i) => vulnerability(weighing, cve, weighing.threats[i]!));
  const conditions = risky.map((signal) => condition(weighing, signal));
  const rest = vulnerabilities.length + conditions.length === 0 ? [unlistedWeakness(weighing)] : [];
  return [...vulnerabilities, ...conditions, ...rest].filter(({ share, relativeRisk }) => share > 0 || relativeRisk !== null);
}

/** p_i of a CVE: its EPSS, raised to the floors for known exploitation (methods §2.3, step 3). */
function exploitation(threat: ThreatFacts, numbers: Numbers, unscored: number): number {
  const listed = threat.knownExploited ? numbers['findings.known-exploited-floor'] : 0;
  const ransomware = threat.knownRansomware ? numbers['findings.known-ransomware-floor'] : 0;
  return Math.max(threat.epss ?? unscored, listed, ransomware);
}

function vulnerability(weighing: Weighing, cve: string, threat: ThreatFacts): Weakness {
  const { numbers, finding } = weighing;
  return term(weighing, cve, exploitation(threat, numbers, numbers[`findings.unscored.${finding.severity}`]));
}

/** A weakness without a CVE and without a published relative risk, such as a flaw in the firm's own web application: a prior by severity takes the place of EPSS. */
const unlistedWeakness = (weighing: Weighing): Weakness =>
  term(weighing, `${weighing.finding.format}/${weighing.finding.checkId}`, weighing.numbers[`findings.unscored.${weighing.finding.severity}`]);

/** q_i = c · x_i · e_i · s_i (methods §2.3, step 4). */
function term({ finding, placement, openDays, numbers }: Weighing, what: string, within30: number): Weakness {
  const exposureFactor = exposureFactorOf(placement.exposure, numbers);
  const share = findingShare({ within30, openDays, exposureFactor, score: scoreOf(finding, numbers) }, numbers);
  return { key: `${what}@${placement.group}`, asset: assetKey(finding), share, relativeRisk: null, exposureFactor, perils: null };
}

function condition({ finding, placement, numbers }: Weighing, signal: Signal): Weakness {
  return {
    key: `${signal.id}@${placement.group}`,
    asset: assetKey(finding),
    share: 0,
    relativeRisk: numbers[signal.relativeRisk!],
    exposureFactor: exposureFactorOf(placement.exposure, numbers),
    perils: signal.perils,
  };
}

/** One finding's part: probability within 30 days, days open, exposure factor and CVSS base score in; q_i in [0, 1] out. */
export function findingShare(finding: { within30: number; openDays: number; exposureFactor: number; score: number }, numbers: Numbers): number {
  const severity = Math.min(1, Math.max(numbers['findings.severity-least'], (finding.score - 4) / 6));
  return numbers['findings.conversion'] * probabilityWithin(finding.openDays, finding.within30) * finding.exposureFactor * severity;
}

/** q_j of a condition with a published relative risk: (RR − 1) / (V_max − 1), at most 1 (methods §2.3, step 4). */
export const conditionShare = (relativeRisk: number, ceiling: number): number => Math.min(1, (relativeRisk - 1) / (ceiling - 1));

/** CVSS base score as recorded, else the prior for the severity. */
export const scoreOf = (finding: Finding, numbers: Numbers): number => finding.cvss?.score ?? numbers[`findings.score.${finding.severity}`];

const exposureFactorOf = (exposure: Exposure, numbers: Numbers): number => numbers[`findings.exposure.${exposure}`];

const assetKey = ({ asset }: Finding): string => hostOf(asset) ?? `${asset.kind}:${asset.name}`;

function worstThreat(threats: readonly ThreatFacts[]): ThreatFacts {
  return threats.reduce<ThreatFacts>(
    (worst, next) => ({
      knownExploited: worst.knownExploited || next.knownExploited,
      knownRansomware: worst.knownRansomware || next.knownRansomware,
      listedOn: worst.listedOn === null || (next.listedOn !== null && next.listedOn < worst.listedOn) ? next.listedOn : worst.listedOn,
      epss: next.epss === null ? worst.epss : Math.max(worst.epss ?? 0, next.epss),
    }),
    { knownExploited: false, knownRansomware: false, listedOn: null, epss: null },
  );
}
