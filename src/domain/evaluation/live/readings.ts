import type { AnswerValue, Dimension } from '../../assessment/index.ts';
import type { Design } from '../model.ts';
import type { Observation } from './history.ts';

/** The controls behind a coverage metric: one of them is enough, or all that apply are needed. */
interface Coverage {
  readonly needs: 'any' | 'all';
  readonly controls: readonly string[];
}

const coverages: Readonly<Record<string, Coverage>> = {
  'waf-or-hids-coverage': { needs: 'any', controls: ['wafCoversWebsites', 'hidsCoversServers'] },
  'waf-coverage': { needs: 'all', controls: ['wafCoversWebsites'] },
  'host-detection-coverage': { needs: 'any', controls: ['hidsCoversServers', 'edrCoversEndpoints'] },
  'situational-awareness-coverage': { needs: 'all', controls: ['situationalAwarenessRuns'] },
  'full-stack-coverage': { needs: 'all', controls: ['wafCoversWebsites', 'hidsCoversServers', 'situationalAwarenessRuns'] },
  'mfa-coverage': { needs: 'all', controls: ['mfaCoversRemoteAccess'] },
  'backup-coverage': { needs: 'all', controls: ['backupRestoreTested'] },
};

const dimensions: Readonly<Record<string, Dimension>> = {
  'score-firm-profile': 'firm',
  'score-vulnerabilities': 'vulnerabilities',
  'score-governance': 'maturity',
  'score-capability': 'capability',
  'score-operations': 'operations',
  'score-industry': 'industry',
};

/** Every control that some metric asks about, for those who record looks. */
export const controlsRead: readonly string[] = [...new Set(Object.values(coverages).flatMap(({ controls }) => controls))].sort();

/** Metrics by which firms can be split into those that had something at the start and those that had not. */
export const splittingMetrics: readonly string[] = Object.keys(coverages);

/** Metrics that are scores: two looks are comparable only under the same scoring rules. */
export const isScore = (metric: string): boolean => metric === 'score' || metric in dimensions;

/** The value of a metric at one look; null where the look is silent. A control without evidence counts as not there, one that does not apply is not counted. */
export function readMetric(metric: string, look: Observation): number | null {
  const coverage = coverages[metric];
  if (coverage !== undefined) return readCoverage(coverage, look);
  if (metric === 'score') return look.score;
  if (metric === 'severe-prevalence') return look.scannedOn === null ? null : Number(look.severeOpen.length > 0);
  const dimension = dimensions[metric];
  return dimension === undefined ? null : (look.dimensions[dimension] ?? null);
}

function readCoverage({ needs, controls }: Coverage, look: Observation): number | null {
  const said = controls.flatMap((control) => look.controls[control] ?? []).filter((value) => value !== 'not-applicable');
  if (said.length === 0) return null;
  const there = (value: AnswerValue): boolean => value === 'yes';
  return Number(needs === 'any' ? said.some(there) : said.every(there));
}

/** Whether a firm that has what the first metric asks for always has what the second asks for: the difference of their counts is then a count of firms. */
export function implies(first: string, second: string): boolean {
  const [one, other] = [coverages[first], coverages[second]];
  if (first === second || one === undefined || other === undefined) return false;
  const holdsAll = one.needs === 'all' || one.controls.length === 1;
  const shared = other.controls.filter((control) => one.controls.includes(control));
  if (other.needs === 'all') return holdsAll && shared.length === other.controls.length;
  return holdsAll ? shared.length > 0 : one.controls.every((control) => other.controls.includes(control));
}

const overLooks: readonly Design[] = ['paired', 'groups', 'did', 'staggered', 'interrupted'];

/** The designs that the system's records can carry for a metric; none when they hold nothing on it. */
export function designsFor(metric: string): readonly Design[] {
  if (metric in coverages || isScore(metric) || metric === 'severe-prevalence') return overLooks;
  if (metric === 'time-to-repair') return ['survival'];
  return metric === 'claims-frequency' ? ['groups'] : [];
}
