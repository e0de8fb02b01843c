import { BlockList, isIPv4, isIPv6 } from 'node:net';
import ipaddr from 'ipaddr.js';

/*
 * Addresses that nothing is ever sent to, told by number and never by text. Two lists that were written apart must both let an address pass: the
 * ranges below, and the range that ipaddr.js knows the address by.
 */

/** IANA special-purpose registries for IPv4 and IPv6 (RFC 6890), by their networks. */
const networks: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.31.196.0', 24],
  ['192.52.193.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['192.175.48.0', 24],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
  ['::', 96],
  ['::ffff:0:0', 96],
  ['::ffff:0:0:0', 96],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
  ['5f00::', 16],
  ['fc00::', 7],
  ['fe80::', 9],
  ['ff00::', 8],
];

/** One list for each family: in a common one, the network of mapped addresses would hold every IPv4 address. */
const forbidden = { ipv4: new BlockList(), ipv6: new BlockList() };
for (const [network, prefix] of networks) {
  const family = network.includes(':') ? 'ipv6' : 'ipv4';
  forbidden[family].addSubnet(network, prefix, family);
}

/**
 * Whether nothing may be sent to the address. Forms that carry an IPv4 address inside an IPv6 one (mapped, compatible, translated, 6to4, Teredo) are
 * forbidden as such: no public server needs them, and each has been used to reach what lies behind a guard. What is no address is forbidden too.
 */
export function isForbiddenAddress(address: string): boolean {
  if (address.includes('%')) return true;
  if (isIPv4(address)) return forbidden.ipv4.check(address, 'ipv4') || ipaddr.parse(address).range() !== 'unicast';
  if (isIPv6(address)) return forbidden.ipv6.check(address, 'ipv6') || ipaddr.parse(address).range() !== 'unicast';
  return true;
}
