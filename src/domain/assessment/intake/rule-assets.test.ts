import { describe, expect, it } from 'vitest';
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

describe('a host that the declared assets cover', () => {
  const own = [
    { name: '198.51.100.0/24', exposure: 'internet' as const },
    { name: '10.90.1.4', exposure: 'internal' as const },
  ];

  it.each([
    ['another name', { is: 'same-as', own: '10.90.1.4' }],
    ['another exposure', { is: 'own', exposure: 'internal' }],
  ] as const)('is not given %s', (_, ruling) =>
    expect(() => requireOwnAssets({ '198.51.100.66': ruling }, own)).toThrow(
      expect.objectContaining({ code: 'asset-declared-already', facts: expect.objectContaining({ declared: '198.51.100.0/24' }) }),
    ),
  );

  it('may be declared once more by its very name, which changes nothing', () =>
    expect(() => requireOwnAssets({ '10.90.1.4': { is: 'own', exposure: 'internet' } }, own)).not.toThrow());

  it('is told from one that is only ruled to be an own asset', () => {
    const rulings = { '203.0.113.9': { is: 'same-as', own: '10.90.1.4' } } as const;
    const seen = listSeenAssets([finding('host', '203.0.113.9', '203.0.113.9'), finding('host', '198.51.100.66', '198.51.100.66')], [], own, rulings);
    expect(Object.fromEntries(seen.map(({ name, declared: covered }) => [name, covered]))).toEqual({ '203.0.113.9': false, '198.51.100.66': true });
  });
});
