import { z } from 'zod';
import { Instant, instantMillis } from '../basics/index.ts';
import { Finding } from './finding.ts';
import { isSevere } from './gate.ts';
import type { Assessment, Scan } from './model.ts';
import type { AssessmentParameters } from './parameters.ts';
import { silenceOn } from './tracking/silence.ts';
import { lookersOf, type Looker } from './tracking/track.ts';

const mostSought = 50;

/** A report that was taken back: it counts for nothing, and stays listed. */
export const WithdrawnReport = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    hash: z.string(),
    /** Null, like the number of findings, for what was never read. */
    format: z.string().nullable(),
    findings: z.int().nullable(),
    scannedAt: Instant.nullable(),
    submittedAt: Instant,
    submittedBy: z.string().nullable(),
    withdrawnAt: Instant,
    withdrawnBy: z.string(),
    /** How many of its findings then kept the gate shut, or were grave and on assets not declared. */
    severe: z.int(),
    /** Where these are and which checks found them, at most 50: what a later scan has to look for to stand in its place. */
    sought: z.array(Finding.pick({ asset: true, checkId: true })).max(mostSought),
  })
  .meta({ id: 'WithdrawnReport' });
export type WithdrawnReport = z.infer<typeof WithdrawnReport>;

/**
 * What of a report's findings bears on whether the firm is insured: those that keep the gate shut, and those on hosts that the firm does not declare that would.
 * `assessment` is that in which the report still counted; one from before `blocksIfDeclared` was kept says only what is severe, high or known to be exploited.
 */
export function severeAmong(findings: readonly Finding[], { gate, findings: weighed }: Assessment, numbers: AssessmentParameters['values']): Finding[] {
  const blocking = new Set(gate.blockers.flatMap(({ finding }) => finding ?? []));
  const outside = new Map(weighed.flatMap((one) => (one.inScope ? [] : [[one.finding, one.knownExploited || one.blocksIfDeclared === true]])));
  return findings.filter((one) => blocking.has(one.id) || (outside.has(one.id) && (outside.get(one.id)! || isSevere(one, numbers))));
}

/** What a later scan has to look for. */
export const soughtOf = (findings: readonly Finding[]): WithdrawnReport['sought'] =>
  findings.slice(0, mostSought).map(({ asset, checkId }) => ({ asset, checkId }));

/**
 * The withdrawn reports with severe findings that nothing stands in place of: no later scan of the same format whose silence would prove each of them gone.
 * Where such a scan names them still, they count by themselves.
 */
export function unreplacedReports(withdrawn: readonly WithdrawnReport[], scans: readonly Scan[]): WithdrawnReport[] {
  const lookers = lookersOf(scans.map((scan, at) => ({ report: String(at), scan, findings: [] })));
  return withdrawn.filter((one) => one.severe > 0 && !(lookers.get(one.format ?? '') ?? []).some((looker) => replaces(looker, one)));
}

const replaces = (looker: Looker, { scannedAt, sought }: WithdrawnReport): boolean =>
  scannedAt !== null && instantMillis(looker.reading.scan.at) > instantMillis(scannedAt) && sought.every((one) => silenceOn(looker, one) === 'proof');
