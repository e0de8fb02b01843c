import type { DeclaredAsset, Exposure } from '../parties/index.ts';
import { blockHolds, isPrivateAddress, readAddress, readBlock, type Address, type AddressBlock } from './addresses.ts';
import type { Asset } from './finding.ts';

/** Where a finding sits: whether it is the firm's, how it can be reached, and which group of assets it shares its repair with. */
export interface Placement {
  readonly inScope: boolean;
  readonly exposure: Exposure;
  readonly group: string;
}

interface DeclaredName {
  readonly asset: DeclaredAsset;
  readonly name: string;
  readonly block: AddressBlock | null;
}

/** The firm's declared assets, ready to be asked. */
export interface Scope {
  readonly declared: readonly DeclaredName[];
}

/** Prepares the declared assets of a firm; none declared means that everything is in scope. */
export const scopeOf = (assets: readonly DeclaredAsset[]): Scope => ({
  declared: assets.map((asset) => ({ asset, name: canonicalName(asset.name), block: readBlock(canonicalName(asset.name)) })),
});

/** Whether a declared name is an address or a network of the internet; of a network that is not wholly private it is so. A host name says nothing. */
export function isPublicPlace(declared: string): boolean {
  const block = readBlock(canonicalName(declared));
  return block !== null && !isPrivateAddress(block);
}

/**
 * Places the asset of a finding. A declared domain covers its sub-domains, a CIDR block its addresses; the most specific declaration wins.
 * Assets without a host (packages, files, images) are always the firm's own and count as internal. Where nothing is declared, a private
 * address or a bare host name counts as internal and everything else as reachable from the internet.
 */
export function placeAsset(scope: Scope, asset: Asset): Placement {
  const host = hostOf(asset);
  if (host === null) return { inScope: true, exposure: 'internal', group: 'software' };
  const match = mostSpecific(scope, host);
  if (match !== null) return { inScope: true, exposure: match.asset.exposure, group: match.name };
  return { inScope: scope.declared.length === 0, exposure: presumedExposure(host), group: 'undeclared' };
}

/** Host name or address of a finding's asset in canonical form; null for what has no place on a network. */
export function hostOf(asset: Asset): string | null {
  if (asset.host !== null && asset.host !== '') return canonicalName(asset.host);
  if (asset.kind === 'host' || asset.kind === 'url') return canonicalName(asset.name);
  return null;
}

/**
 * How much of what the firm declared the scans have seen, in [0, 1]: for each declared asset the greatest freshness of a scan that looked at
 * it, averaged. Where nothing is declared, the greatest freshness of any scan.
 */
export function coveredShare(scope: Scope, scans: readonly { assets: readonly string[]; freshness: number }[]): number {
  if (scope.declared.length === 0) return Math.max(0, ...scans.map(({ freshness }) => freshness));
  const covered = new Map<DeclaredName, number>();
  for (const { assets, freshness } of scans) {
    for (const name of assets) markCovered(scope, covered, canonicalName(name), freshness);
  }
  return [...covered.values()].reduce((sum, share) => sum + share, 0) / scope.declared.length;
}

function markCovered(scope: Scope, covered: Map<DeclaredName, number>, host: string, freshness: number): void {
  const address = readAddress(host);
  for (const declared of scope.declared) {
    if (holds(declared, host, address)) covered.set(declared, Math.max(covered.get(declared) ?? 0, freshness));
  }
}

function mostSpecific(scope: Scope, host: string): DeclaredName | null {
  const address = readAddress(host);
  const matches = scope.declared.filter((declared) => holds(declared, host, address));
  return matches.reduce<DeclaredName | null>((best, next) => (best === null || specificity(next) > specificity(best) ? next : best), null);
}

const specificity = ({ block, name }: DeclaredName): number => block?.prefix ?? name.length;

function holds(declared: DeclaredName, host: string, address: Address | null): boolean {
  if (declared.block !== null) return address !== null && blockHolds(declared.block, address);
  return address === null && (host === declared.name || host.endsWith(`.${declared.name}`));
}

/**
 * How an asset is presumed to be reached while nobody said: a private address, or block of them, a bare host name and a name under an internal suffix from
 * inside, everything else from the internet. `host` is in canonical form.
 */
export function presumedExposure(host: string): Exposure {
  const address = readBlock(host);
  if (address !== null) return isPrivateAddress(address) ? 'internal' : 'internet';
  return host.includes('.') && !/\.(local|lan|internal|intranet|corp)$/.test(host) ? 'internet' : 'internal';
}

/** Lower case, without scheme, path, port, credentials, wildcard, brackets and closing dot. */
export function canonicalName(text: string): string {
  const name = text.trim().toLowerCase();
  const block = readBlock(name);
  if (block !== null) return name;
  const authority = name.replace(/^[a-z][a-z0-9+.-]*:\/\//, '').split(/[/?#]/)[0]!;
  const host = authority.slice(authority.lastIndexOf('@') + 1);
  const bracketed = /^\[([^\]]+)\]/.exec(host);
  if (bracketed) return bracketed[1]!;
  return readAddress(host) !== null ? host : host.replace(/:\d*$/, '').replace(/^\*\./, '').replace(/\.$/, '');
}
