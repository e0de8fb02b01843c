import { createServer, Socket, type AddressInfo, type Server } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { nameServerOf } from '../../../test/sites/sites.ts';
import { readAssetName } from '../../domain/assessment/index.ts';
import { Refusal } from '../../domain/basics/index.ts';
import { isForbiddenAddress, openProbes } from './index.ts';

/** Spellings of loopback, of metadata services and of networks inside, as they are used to get past guards. */
const spellings = [
  ...[
    '127.0.0.1',
    '127.0.0.2',
    '127.1',
    '127.0.1',
    '127.255.255.254',
    '2130706433',
    '0x7f000001',
    '0x7f.1',
    '0x7f.0x0.0x0.0x1',
    '0177.0.0.1',
    '0177.1',
    '017700000001',
    '127.0.0.1.',
  ],
  ...[
    '0',
    '0.0.0.0',
    '0.0.0.1',
    'localhost',
    'LOCALHOST',
    'localhost.',
    'a.localhost',
    '127.0.0.1:80',
    '127.0.0.1/',
    'user@127.0.0.1',
    '127.0.0.1#.example.com',
    '127。0。0。1',
    '１２７.０.０.１',
    '①②⑦.0.0.1',
  ],
  ...[
    '::1',
    '[::1]',
    '0:0:0:0:0:0:0:1',
    '::',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '[::ffff:7f00:1]',
    '::127.0.0.1',
    '::7f00:1',
    '64:ff9b::7f00:1',
    '64:ff9b::127.0.0.1',
    '64:ff9b:1::7f00:1',
    '2002:7f00:1::',
    '2001:0:7f00:1::',
    '::ffff:0:127.0.0.1',
    '0:0:0:0:0:ffff:7f00:0001',
    '::1%lo',
    'fe80::1%eth0',
  ],
  ...[
    '10.0.0.1',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '100.64.0.1',
    '100.127.255.255',
    '169.254.169.254',
    '0xa9fea9fe',
    '2852039166',
    '::ffff:169.254.169.254',
    '64:ff9b::a9fe:a9fe',
    '198.18.0.1',
    '192.0.0.170',
    '224.0.0.1',
    '239.255.255.255',
    '240.0.0.1',
    '255.255.255.255',
  ],
  ...['fc00::1', 'fd00:ec2::254', 'fe80::1', 'fec0::1', 'ff02::1', '2001:db8::1', '100::1', '::ffff:10.0.0.1', '::10.0.0.1', '2002:a00:1::1'],
];

/** Names whose records lead inside: all of them, or only one among public ones. */
const names = {
  'inside.example.com': { a: ['127.0.0.1'] },
  'metadata.example.com': { a: ['169.254.169.254'] },
  'mixed.example.com': { a: ['93.184.215.14', '10.0.0.7'] },
  'six.example.com': { aaaa: ['::1'] },
  'mapped.example.com': { aaaa: ['::ffff:7f00:1'] },
  'translated.example.com': { aaaa: ['64:ff9b::7f00:1'] },
  'half.example.com': { a: ['93.184.215.14'], aaaa: ['fd00::1'] },
};

const nameServer = nameServerOf({
  a: Object.fromEntries(Object.entries(names).flatMap(([name, found]) => ('a' in found ? [[name, found.a]] : []))),
  aaaa: Object.fromEntries(Object.entries(names).flatMap(([name, found]) => ('aaaa' in found ? [[name, found.aaaa]] : []))),
});

let listener: Server;
let port = 0;
let arrived = 0;
beforeAll(async () => {
  listener = createServer((socket) => {
    arrived += 1;
    socket.destroy();
  });
  port = await new Promise<number>((resolve) =>
    listener.listen({ port: 0, host: '::', ipv6Only: false }, () => resolve((listener.address() as AddressInfo).port)),
  );
});
afterAll(() => new Promise((resolve) => listener.close(resolve)));

/** No packet leaves, even when the guard under test is broken: only this file's own listener on 127.0.0.1 can be reached. */
const dial = Socket.prototype.connect as (this: Socket, ...to: unknown[]) => Socket;
const dialled = vi.spyOn(Socket.prototype, 'connect').mockImplementation(function (this: Socket, ...to: unknown[]) {
  return to[0] === port && to[1] === '127.0.0.1' ? dial.apply(this, to) : this.destroy(new Error('this test has no network'));
} as typeof Socket.prototype.connect);
afterEach(() => dialled.mockClear());
afterAll(() => dialled.mockRestore());

const probes = () => openProbes({ nameServer, ports: { http: port, https: port, list: [port] }, nmap: null });
const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'carried out',
    (error: unknown) => (error instanceof Refusal ? error.code : String(error)),
  );

describe('a forbidden target', () => {
  test('is spelled in more than sixty ways here', () => {
    expect(new Set(spellings).size + Object.keys(names).length).toBeGreaterThanOrEqual(70);
  });

  test.each([...new Set(spellings), ...Object.keys(names)])('%s: nothing is sent when it is checked as an asset', async (spelling) => {
    const code = await codeOf(
      (async () => {
        const { name, kind } = readAssetName(spelling);
        const addresses = await probes().resolve(name);
        await probes().check({
          asset: { name, kind },
          addresses,
          methodClass: 'gentle',
          ratePerSecond: 10,
          requireMaySend: async () => undefined,
          progress: async () => undefined,
        });
      })(),
    );

    expect(['asset-name-invalid', 'target-forbidden', 'name-not-resolved']).toContain(code);
    expect(dialled).not.toHaveBeenCalled();
    expect(arrived).toBe(0);
  });

  test.each([...new Set(spellings), ...Object.keys(names)])('%s: nothing is sent when its proof is looked for', async (spelling) => {
    const code = await codeOf(probes().lookForProof({ method: 'file', name: spelling }));

    expect(['target-forbidden', 'name-not-resolved']).toContain(code);
    expect(dialled).not.toHaveBeenCalled();
  });

  test.each([...new Set(spellings)])('%s: nothing is sent even when it slipped in among the addresses', async (spelling) => {
    const { stoppedBy, connections } = await probes().check({
      ...{ asset: { name: '203.0.113.9', kind: 'address' as const }, addresses: [spelling], methodClass: 'gentle', ratePerSecond: 10 },
      requireMaySend: async () => undefined,
      progress: async () => undefined,
    });

    expect({ stoppedBy, connections }).toEqual({ stoppedBy: 'target-forbidden', connections: 0 });
    expect(dialled).not.toHaveBeenCalled();
  });
});

describe('the listener of this test', () => {
  test('counts what arrives', async () => {
    await new Promise((resolve) => new Socket().connect(port, '127.0.0.1').once('close', resolve));

    expect(arrived).toBe(1);
    expect(dialled).toHaveBeenCalled();
  });
});

describe('a public address', () => {
  test.each(['93.184.215.14', '8.8.8.8', '114.114.114.114', '223.5.5.5', '2606:2800:21f:cb07:6820:80da:af6b:8b2c', '2400:3200::1'])(
    '%s is not forbidden',
    (address) => {
      expect(isForbiddenAddress(address)).toBe(false);
    },
  );
});
