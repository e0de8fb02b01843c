import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readScannerReport } from '../../domain/assessment/index.ts';
import { closeReportReader, readReportApart } from './index.ts';

const folder = mkdtempSync(join(tmpdir(), 'riskloop-reading-'));
const now = '2026-06-01T00:00:00Z';
afterAll(async () => {
  await closeReportReader();
  rmSync(folder, { recursive: true });
});

function fileWith(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const nmap = (ports: string): string =>
  `<?xml version="1.0"?><nmaprun scanner="nmap" version="7.95" start="1767225600"><host><address addr="192.0.2.1" addrtype="ipv4"/><ports>${ports}</ports></host></nmaprun>`;
const port = (number: number): string => `<port protocol="tcp" portid="${number}"><state state="open"/></port>`;

describe('reading a report apart', () => {
  it('gives the same report as reading it here', async () => {
    const report = await readReportApart(fileWith('one.xml', nmap(port(22))), { now });

    expect(report).toMatchObject({ format: 'nmap', records: 1 });
  });

  it('hands on a refusal with its code and place', async () => {
    await expect(readReportApart(fileWith('bad.xml', nmap(port(99999))), { now })).rejects.toMatchObject({
      code: 'port-out-of-range',
      facts: { element: 'port', index: 1 },
    });
  });

  it('refuses a file that is not there', async () => {
    await expect(readReportApart(join(folder, 'absent.xml'), { now })).rejects.toMatchObject({ code: 'file-not-readable' });
  });

  it('gives a large report whole and in order, though it comes in parts', async () => {
    const ports = Array.from({ length: 5_001 }, (_, i) => port(i + 1)).join('');

    const report = await readReportApart(fileWith('large.xml', nmap(ports)), { now });

    expect(report).toEqual(readScannerReport([new TextEncoder().encode(nmap(ports))], { now }));
  });

  it('refuses a report that takes too long, and reads the next one', async () => {
    const long = fileWith('long.xml', nmap(Array.from({ length: 30_000 }, (_, i) => port(i + 1)).join('')));

    await expect(readReportApart(long, { now, limits: { millis: 5 } })).rejects.toMatchObject({ code: 'report-reading-timed-out', kind: 'too-large' });
    await expect(readReportApart(fileWith('next.xml', nmap(port(80))), { now })).resolves.toMatchObject({ records: 1 });
  });

  it('refuses a report that takes too much memory', async () => {
    const big = fileWith(
      'big.jsonl',
      Array.from({ length: 120_000 }, (_, i) =>
        JSON.stringify({ 'template-id': `t${i}`, info: { name: 'n'.repeat(300), severity: 'low' }, host: `h${i}.example`, 'matched-at': `h${i}.example` }),
      ).join('\n'),
    );

    await expect(readReportApart(big, { now, limits: { memoryMb: 48 } })).rejects.toMatchObject({ code: 'report-reading-out-of-memory', kind: 'too-large' });
  });
});
