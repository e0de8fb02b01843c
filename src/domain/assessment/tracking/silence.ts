import { inRanges, type Finding } from '../finding.ts';
import { canonicalName, hostOf } from '../scope.ts';
import type { Looker } from './track.ts';

/**
 * What a later report of the same format says of a finding that it does not name: that it is gone (`proof`); that it may be gone, which takes the firm's own word as well (`hint`), because
 * the tool ran chosen checks, the report has no date, or no list tells which package or file it looked at; or nothing at all (null).
 */
export type Silence = 'proof' | 'hint' | null;

/** Reads the silence of a scan that ran to its end. */
export function silenceOn(looker: Looker, finding: Pick<Finding, 'asset' | 'checkId'>): Silence {
  const { scan } = looker.reading;
  if (scan.incomplete !== undefined) return null;
  if (!lookedAt(looker, finding)) return hostOf(finding.asset) === null ? 'hint' : null;
  if (!lookedFor(looker, finding)) return null;
  return scan.dateAssumed || scan.extent?.chosen ? 'hint' : 'proof';
}

/** Of several findings of one weakness: the weakest word on any of them. */
export const weakest = (silences: readonly Silence[]): Silence => (silences.includes(null) ? null : silences.includes('hint') ? 'hint' : 'proof');

/** Whether the scan looked at the place: by host, or by the name of a package, file, image or resource, whole or the part of it. */
function lookedAt({ places }: Looker, { asset }: Pick<Finding, 'asset'>): boolean {
  const host = hostOf(asset);
  if (host !== null) return places.has(canonicalName(host));
  const whole = asset.part === undefined ? asset.name : asset.name.slice(0, -asset.part.length);
  return places.has(`:${asset.name.toLowerCase()}`) || places.has(`:${whole.toLowerCase()}`);
}

/** Whether it looked for this: its port was asked for and is closed now, or still open and the check ran again; without ports, the check ran. */
function lookedFor({ reading: { scan }, open }: Looker, { asset, checkId }: Pick<Finding, 'asset' | 'checkId'>): boolean {
  const { ports, checks } = scan.extent ?? {};
  const ran = checks === undefined || checks.includes(checkId) || checks.includes(checkId.split('/')[0]!);
  if (ports === undefined || asset.port === null) return ran;
  return inRanges(ports[asset.protocol ?? 'tcp'], asset.port) && (ran || !open.has(portOf(asset)!));
}

/** A port of a host, by which the open ones of a scan are found; null for what has none. */
export function portOf(asset: Finding['asset']): string | null {
  const host = hostOf(asset);
  return host === null || asset.port === null ? null : `${host} ${asset.protocol ?? 'tcp'} ${asset.port}`;
}
