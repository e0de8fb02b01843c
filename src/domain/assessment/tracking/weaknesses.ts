import { stableId } from '../../basics/index.ts';
import type { Finding } from '../finding.ts';
import { hostOf } from '../scope.ts';
import { recogniseSignals } from '../signals.ts';

/** One weakness on one asset, as every tool that reports it would name it. */
export interface Weakness {
  /** Equal for equal weaknesses, and cheaper to make than the id. */
  readonly key: string;
  readonly what: string;
  readonly asset: string;
}

/** Conditions that are one weakness whatever tool sees them, on one port of one host. */
const sameForAllTools = new Set(['exposed-remote-desktop', 'exposed-file-sharing', 'exposed-database', 'exposed-telnet']);

/**
 * The weaknesses that a scanner finding reports: one for each CVE on the asset, because tools group CVEs as they like; without a CVE one for a condition
 * that all tools mean alike, else the tool's own check. A port is left out with CVEs: tools disagree on whether to name one.
 */
export function weaknessesOf(finding: Finding): Weakness[] {
  const asset = placeOf(finding);
  if (finding.cves.length > 0) return finding.cves.map((cve) => weakness(cve, asset));
  const condition = recogniseSignals(finding, 'internet').find(({ id }) => sameForAllTools.has(id));
  if (condition === undefined) return [weakness(finding.id, asset)];
  return [weakness(`${condition.id}:${finding.asset.port ?? ''}`, asset)];
}

/** Host in canonical form, or kind and name for what has no place on a network. */
const placeOf = ({ asset }: Finding): string => hostOf(asset) ?? `${asset.kind}:${asset.name.toLowerCase()}`;

const weakness = (what: string, asset: string): Weakness => ({ key: keyOf(what, asset), what, asset });

export const keyOf = (what: string, asset: string): string => `${what} ${asset}`;

/** The id by which people and records name it. */
export const weaknessId = ({ what, asset }: Pick<Weakness, 'what' | 'asset'>): string => stableId('weakness', what, asset);
