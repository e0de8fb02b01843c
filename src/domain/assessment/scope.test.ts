import { describe, expect, it } from 'vitest';
import { readAddress, readBlock, blockHolds } from './addresses.ts';
import type { Asset } from './finding.ts';
import { coveredShare, placeAsset, scopeOf } from './scope.ts';

const asset = (host: string | null, kind: Asset['kind'] = 'host', name = host ?? 'left-pad'): Asset => ({
  kind,
  name,
  host,
  port: null,
  service: null,
  version: null,
});

const scope = scopeOf([
  { name: 'example.com', exposure: 'internet' },
  { name: 'vpn.example.com', exposure: 'partner' },
  { name: '10.0.0.0/8', exposure: 'internal' },
  { name: '10.9.0.0/16', exposure: 'isolated' },
  { name: '2001:db8::/32', exposure: 'internet' },
]);

describe('the scope of a firm', () => {
  it.each([
    ['www.example.com', 'internet'],
    ['EXAMPLE.com.', 'internet'],
    ['vpn.example.com', 'partner'],
    ['a.vpn.example.com', 'partner'],
    ['10.1.2.3', 'internal'],
    ['10.9.2.3', 'isolated'],
    ['2001:db8::1', 'internet'],
  ])('holds %s as %s, by the most specific declaration', (host, exposure) => {
    expect(placeAsset(scope, asset(host))).toMatchObject({ inScope: true, exposure });
  });

  it.each(['example.com.evil.net', 'notexample.com', '11.0.0.1', '2001:db9::1', '::ffff:11.0.0.1'])('does not hold %s', (host) => {
    expect(placeAsset(scope, asset(host)).inScope).toBe(false);
  });

  it('finds the host in an address of a page', () => {
    expect(placeAsset(scope, asset(null, 'url', 'https://user@www.example.com:8443/a?b=vpn.example.com')).exposure).toBe('internet');
    expect(placeAsset(scope, asset(null, 'url', 'https://[2001:db8::7]:8443/')).inScope).toBe(true);
  });

  it('holds what has no place on a network, as internal', () => {
    expect(placeAsset(scope, asset(null, 'package'))).toEqual({ inScope: true, exposure: 'internal', group: 'software' });
  });

  it('holds everything when nothing was declared, and presumes private addresses internal', () => {
    const open = scopeOf([]);

    expect(placeAsset(open, asset('203.0.113.9'))).toMatchObject({ inScope: true, exposure: 'internet' });
    expect(placeAsset(open, asset('192.168.1.9'))).toMatchObject({ inScope: true, exposure: 'internal' });
    expect(placeAsset(open, asset('printer'))).toMatchObject({ inScope: true, exposure: 'internal' });
  });

  it('is covered by the share of declared assets that a fresh scan looked at', () => {
    expect(coveredShare(scope, [{ assets: ['www.example.com', '10.1.2.3', 'elsewhere.net'], freshness: 1 }])).toBeCloseTo(2 / 5);
    expect(
      coveredShare(scope, [
        { assets: ['www.example.com'], freshness: 0.5 },
        { assets: ['example.com'], freshness: 0.8 },
      ]),
    ).toBeCloseTo(0.8 / 5);
    expect(coveredShare(scope, [])).toBe(0);
  });
});

describe('an address', () => {
  it.each(['1.2.3', '1.2.3.4.5', '256.1.1.1', '01.2.3.4', '1:2:3', '::1::2', '12345::', 'example.com', '', ':', '1.2.3.4::'])('is not `%s`', (text) => {
    expect(readAddress(text)).toBeNull();
  });

  it('is the same however it is written', () => {
    expect(readAddress('2001:db8:0:0:0:0:0:1')).toEqual(readAddress('2001:DB8::1'));
    expect(readAddress('::ffff:192.0.2.1')).toEqual(readAddress('192.0.2.1'));
  });

  it('lies in a block when the first bits agree', () => {
    expect(blockHolds(readBlock('192.0.2.128/25')!, readAddress('192.0.2.127')!)).toBe(false);
    expect(blockHolds(readBlock('192.0.2.128/25')!, readAddress('192.0.2.128')!)).toBe(true);
    expect(blockHolds(readBlock('0.0.0.0/0')!, readAddress('203.0.113.1')!)).toBe(true);
    expect(blockHolds(readBlock('::/0')!, readAddress('203.0.113.1')!)).toBe(false);
    expect(readBlock('10.0.0.0/33')).toBeNull();
  });
});
