import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { type Json, until, useSystem } from '../system.ts';

/** What is left when the server process is killed in the middle of its work. */

const demo = new URL('../../content/demo/', import.meta.url);
const profile = (): Json => parse(readFileSync(new URL('firms/shop/profile.yaml', demo), 'utf8'));

/** A report of its own for each number, so that every one is a file that was not seen before. */
const report = (n: number): Uint8Array => {
  const hosts = Array.from(
    { length: 400 },
    (_, i) =>
      `<host><status state="up"/><address addr="198.51.100.${i % 250}" addrtype="ipv4"/><ports><port protocol="tcp" portid="${1000 + n * 400 + i}"><state state="open"/><service name="http"/></port></ports></host>`,
  );
  return new TextEncoder().encode(`<?xml version="1.0"?><nmaprun scanner="nmap" version="7.94" start="1795000000">${hosts.join('')}</nmaprun>`);
};

const system = useSystem();

describe('kill -9 while reports are being read', () => {
  it('finishes every report after the restart, and nothing counts twice', async () => {
    const before = await system.enter('owner@demo.example');
    const { body: started } = await before.ask('POST', '/assessments', { firm: { ...profile(), assets: [] } });
    const path = `/assessments/${started.id}`;
    await Promise.all(Array.from({ length: 8 }, (_, n) => before.send(`${path}/reports`, `scan-${n}.xml`, report(n))));

    await system.kill();
    await system.restart();
    const after = await system.enter('owner@demo.example');
    const { body: read } = await until(
      60,
      () => after.ask('GET', path),
      ({ body }) => body.reports.every(({ state }: Json) => state === 'read'),
    );
    const { body: findings } = await after.ask('GET', `${path}/findings?limit=1000`);

    expect(read.reports).toHaveLength(8);
    expect(read.reports.map((one: Json) => one.findings)).toEqual(Array.from({ length: 8 }, () => 400));
    expect(findings.total).toBe(3200);
  }, 150_000);
});
