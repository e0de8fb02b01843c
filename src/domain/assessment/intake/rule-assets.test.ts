import { expect, it } from 'vitest';
import type { Asset, Finding } from '../finding.ts';
import { placeAsset, scopeOf } from '../scope.ts';
import { listSeenAssets, listSeenSoftware, requireOwnAssets } from './rule-assets.ts';

const finding = (kind: Asset['kind'], name: string, host: string | null = null): Finding =>
  ({ asset: { kind, name, host, port: null, service: null, version: null } }) as Finding;
const findings = [
  finding('package', 'openssl (app:1.0)'),
  finding('package', 'openssl (app:1.0)'),
  finding('package', 'zlib (app:1.0)'),
  finding('image', 'app:1.0'),
  finding('host', 'www.example.com', 'www.example.com'),
  finding('host', 'elsewhere.net', 'elsewhere.net'),
];
const declared = [{ name: 'example.com', exposure: 'internet' as const }];

it('lists what has no place on a network by kind, all of it in scope without being declared', () => {
  const software = listSeenSoftware(findings);

  expect(software).toEqual([
    { kind: 'package', assets: 2, findings: 3 },
    { kind: 'image', assets: 1, findings: 1 },
  ]);
  const inScope = findings.filter(({ asset }) => placeAsset(scopeOf(declared), asset).inScope).length;
  const seen = listSeenAssets(findings, [], declared, {}).filter((one) => one.inScope);
  expect([...software, ...seen].reduce((sum, one) => sum + one.findings, 0)).toBe(inScope);
});

it('refuses to declare a block of addresses that is none', () => {
  expect(() => requireOwnAssets({ '198.51.100.0/33': { is: 'own', exposure: 'internet' } }, declared)).toThrow(
    expect.objectContaining({ code: 'asset-unreadable' }),
  );
  expect(() => requireOwnAssets({ '198.51.100.0/24': { is: 'own', exposure: 'internet' } }, declared)).not.toThrow();
});
