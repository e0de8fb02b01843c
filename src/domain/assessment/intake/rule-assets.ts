import { Refusal } from '../../basics/index.ts';
import type { DeclaredAsset } from '../../parties/index.ts';
import { readBlock } from '../addresses.ts';
import { canBeAsset, unreadableAsset } from '../declared-assets.ts';
import type { Finding } from '../finding.ts';
import type { Scan } from '../model.ts';
import { canonicalName, hostOf, placeAsset, scopeOf, type Scope } from '../scope.ts';
import type { AssetRuling } from './model.ts';

type Rulings = Readonly<Record<string, AssetRuling>>;

/**
 * The finding with its host under the name that the firm knows it by, where a person ruled that the two are the same. The asset's own name stays as the tool
 * wrote it, and so does the finding's id. The scan stays as it is: INVARIANT (a-ruling-repairs-nothing) what a scan found counts on the asset that its host is
 * ruled the same as, but a scan has looked at an asset under the name alone that it was pointed at, so that its silence resolves nothing elsewhere.
 */
export function addressFinding(finding: Finding, rulings: Rulings): Finding {
  const host = hostOf(finding.asset);
  const ruling = host === null ? undefined : rulings[host];
  return ruling?.is === 'same-as' ? { ...finding, asset: { ...finding.asset, host: canonicalName(ruling.own) } } : finding;
}

/** The firm's assets with those that a person ruled to be its own. */
export function withRuledAssets(declared: readonly DeclaredAsset[], rulings: Rulings): DeclaredAsset[] {
  const known = new Set(declared.map(({ name }) => canonicalName(name)));
  const added = Object.entries(rulings).flatMap(([name, ruling]) => (ruling.is === 'own' && !known.has(name) ? [{ name, exposure: ruling.exposure }] : []));
  return [...declared, ...added];
}

/**
 * Throws a Refusal for the first ruling that cannot stand: `asset-declared-already` for a host that the declared assets cover, which keeps its name and its
 * exposure; `asset-not-declared` where the own asset is not covered by them, or is a block of addresses; `asset-unreadable` for a block that is none.
 */
export function requireOwnAssets(rulings: Rulings, declared: readonly DeclaredAsset[]): void {
  const scope = scopeOf(declared);
  for (const [name, ruling] of Object.entries(rulings)) {
    if (ruling.is === 'own' && name.includes('/') && !canBeAsset(name)) throw unreadableAsset(name);
    if (ruling.is !== 'foreign') requireUndeclared(name, ruling, scope);
    if (ruling.is === 'same-as') requireOwn(name, ruling.own, scope);
  }
}

/** To declare once more what stands among the declared assets by this very name changes nothing, and passes. */
function requireUndeclared(name: string, ruling: AssetRuling, scope: Scope): void {
  const covering = coveringName(scope, name);
  if (covering === null || (ruling.is === 'own' && covering === name)) return;
  throw new Refusal('rule', 'asset-declared-already', `\`${name}\` is covered by the declared asset \`${covering}\` and keeps its name and exposure`, {
    ...{ field: `rulings.${name}`, asset: name, declared: covering },
  });
}

function requireOwn(name: string, asset: string, scope: Scope): void {
  const own = canonicalName(asset);
  if (!isBlock(own) && coveringName(scope, own) !== null) return;
  throw new Refusal('rule', 'asset-not-declared', `\`${name}\` cannot be the same as \`${asset}\`, which is not one of the firm's declared assets`, {
    field: `rulings.${name}`,
    asset,
  });
}

/** The declared asset that covers the host; null where none does. */
function coveringName(scope: Scope, host: string): string | null {
  const { group } = placeAsset(scope, hostNamed(canonicalName(host)));
  return group === 'undeclared' ? null : group;
}

function isBlock(name: string): boolean {
  const block = readBlock(name);
  return block !== null && block.prefix < block.bits;
}

const hostNamed = (name: string): Finding['asset'] => ({ kind: 'host', name, host: name, port: null, service: null, version: null });

/** An asset that the reports name, with where it stands. */
export interface SeenAsset {
  readonly name: string;
  readonly findings: number;
  /** The declared asset that covers it, or the one that it is ruled to be; null where it is out of scope. */
  readonly coveredBy: string | null;
  /** The firm's declared assets cover it by its own name: nothing is to be ruled upon. */
  readonly declared: boolean;
  readonly inScope: boolean;
  readonly ruling: AssetRuling | null;
}

/** Every network asset that the findings or the scans name, those out of scope first, then by number of findings. Packages and files are no network assets and always the firm's own. */
export function listSeenAssets(findings: readonly Finding[], scans: readonly Scan[], declared: readonly DeclaredAsset[], rulings: Rulings): SeenAsset[] {
  const counts = countByHost(findings, scans);
  const own = scopeOf(declared);
  const scope = scopeOf(withRuledAssets(declared, rulings));
  return [...counts]
    .map(([name, count]) => {
      const ruling = rulings[name] ?? null;
      const host = ruling?.is === 'same-as' ? canonicalName(ruling.own) : name;
      const { inScope } = placeAsset(scope, hostNamed(host));
      return { name, findings: count, ruling, inScope, coveredBy: coveringName(scope, host), declared: coveringName(own, name) !== null };
    })
    .sort((a, b) => Number(a.inScope) - Number(b.inScope) || b.findings - a.findings || (a.name < b.name ? -1 : 1));
}

function countByHost(findings: readonly Finding[], scans: readonly Scan[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { assets } of scans) for (const name of assets) if (looksLikeHost(name)) counts.set(canonicalName(name), 0);
  for (const { asset } of findings) {
    const host = hostOf(asset);
    if (host !== null) counts.set(host, (counts.get(host) ?? 0) + 1);
  }
  return counts;
}

/** How many things of one kind without a place on a network the findings name, and how many findings are on them. */
export interface SeenSoftware {
  readonly kind: Finding['asset']['kind'];
  readonly assets: number;
  readonly findings: number;
}

/** Packages, images, files and other things without a host, by kind, most findings first: the firm's own without being declared, as `placeAsset` has it. */
export function listSeenSoftware(findings: readonly Finding[]): SeenSoftware[] {
  const kinds = new Map<SeenSoftware['kind'], string[]>();
  for (const { asset } of findings) {
    if (hostOf(asset) !== null) continue;
    const names = kinds.get(asset.kind);
    if (names === undefined) kinds.set(asset.kind, [asset.name]);
    else names.push(asset.name);
  }
  return [...kinds]
    .map(([kind, names]) => ({ kind, assets: new Set(names).size, findings: names.length }))
    .sort((a, b) => b.findings - a.findings || (a.kind < b.kind ? -1 : 1));
}

/** A scan lists packages and files beside hosts; only what is written like a host or a URL is asked about. */
const looksLikeHost = (name: string): boolean =>
  /^[a-z][a-z0-9+.-]*:\/\//i.test(name) || /^[a-z0-9-]+(\.[a-z0-9-]+)+(:\d+)?$/i.test(name) || /^[0-9a-f]*:[0-9a-f:.]+$/i.test(name);
