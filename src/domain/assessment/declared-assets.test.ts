import { expect, it } from 'vitest';
import { canBeAsset, requireReadableAssets } from './declared-assets.ts';

it.each([
  'example.com',
  '*.example.com',
  'printer',
  'https://www.example.com:8443/a',
  '203.0.113.9',
  '203.0.113.0/24',
  '2001:db8::/32',
  '2001:db8::1',
  '例子.cn',
])('takes %s for an asset', (name) => {
  expect(canBeAsset(name)).toBe(true);
});

it.each(['198.51.100.0/33', '2001:db8::/129', 'example.com/24', '300.1.2.3', '1.2.3', ' ', '2001:db8::g', '10.0.0.0/8/8', 'a b'])(
  'does not take `%s` for one',
  (name) => {
    expect(canBeAsset(name)).toBe(false);
  },
);

it('refuses at its line each declared asset that can hold nothing', () => {
  const assets = ['example.com', '198.51.100.0/33', '256.1.1.1'].map((name) => ({ name, exposure: 'internet' as const }));

  expect(() => requireReadableAssets({ assets })).toThrow(
    expect.objectContaining({
      code: 'asset-unreadable',
      facts: { asset: '198.51.100.0/33' },
      faults: [expect.objectContaining({ path: 'firm.assets.1.name' }), expect.objectContaining({ path: 'firm.assets.2.name' })],
    }),
  );
});
