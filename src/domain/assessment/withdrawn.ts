import { z } from 'zod';
import { Instant, instantMillis } from '../basics/index.ts';
import type { Finding } from './finding.ts';
import { isSevere } from './gate.ts';
import type { Assessment, Scan } from './model.ts';
import type { AssessmentParameters } from './parameters.ts';
import { lookedAt, lookersOf, type Looker } from './tracking/track.ts';
import { placeOf } from './tracking/weaknesses.ts';

const mostPlaces = 200;

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
    /** Where these are, by host or by the name of the package, file, image or resource; at most 200. */
    places: z.array(z.string()).max(mostPlaces),
  })
  .meta({ id: 'WithdrawnReport' });
export type WithdrawnReport = z.infer<typeof WithdrawnReport>;

/**
 * What of a report's findings bears on whether the firm is insured: those that keep the gate shut, and severe, high or known-exploited ones on hosts that the
 * firm does not declare. `assessment` is that in which the report still counted.
 */
export function severeAmong(findings: readonly Finding[], { gate, findings: weighed }: Assessment, numbers: AssessmentParameters['values']): Finding[] {
  const blocking = new Set(gate.blockers.flatMap(({ finding }) => finding ?? []));
  const outside = new Map(weighed.flatMap((one) => (one.inScope ? [] : [[one.finding, one.knownExploited]])));
  return findings.filter((one) => blocking.has(one.id) || (outside.has(one.id) && (outside.get(one.id)! || isSevere(one, numbers))));
}

/** Where findings are, each place once. */
export const placesOf = (findings: readonly Finding[]): string[] => [...new Set(findings.map(placeOf))].sort().slice(0, mostPlaces);

/**
 * The withdrawn reports with severe findings that nothing stands in place of: no later scan of the same format that ran to its end and looked at every place
 * where these were.
 */
export function unreplacedReports(withdrawn: readonly WithdrawnReport[], scans: readonly Scan[]): WithdrawnReport[] {
  const lookers = lookersOf(scans.map((scan, at) => ({ report: String(at), scan, findings: [] })));
  return withdrawn.filter((one) => one.severe > 0 && !(lookers.get(one.format ?? '') ?? []).some((looker) => replaces(looker, one)));
}

const replaces = (looker: Looker, { scannedAt, places }: WithdrawnReport): boolean =>
  scannedAt !== null && instantMillis(looker.reading.scan.at) > instantMillis(scannedAt) && places.every((place) => lookedAt(looker, place));
