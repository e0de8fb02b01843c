import { expect, it } from 'vitest';
import { listableAssets } from './listable.ts';

it('lists of the declared assets those whose ownership can be proven and that are not listed yet', () => {
  const names = [
    'Shop.example.com',
    '*.example.com',
    'shop.example.com',
    '203.0.113.9',
    '203.0.113.0/24',
    '192.168.1.9',
    'printer',
    '198.51.100.0/33',
    'api.example.com',
  ];

  const found = listableAssets(
    names.map((name) => ({ name, exposure: 'internet' as const })),
    ['api.example.com'],
  );

  expect(found).toEqual(['shop.example.com', 'example.com', '203.0.113.9']);
});
