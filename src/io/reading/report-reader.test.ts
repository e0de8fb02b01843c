import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readScannerReport } from '../../domain/assessment/index.ts';
import { closeReportReader, readReportApart, sampleApart } from './index.ts';

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

  it('reads a GBK file once a person has said so, and shows a piece of it under both encodings', async () => {
    const head = Buffer.from('Date,Title,CweId,Url,Severity,Description,Mitigation,Impact,References,Active,Verified\n2026-01-01,');
    const gbk = Buffer.from([0xb7, 0xfe, 0xce, 0xf1, 0xc6, 0xf7]);
    const path = join(folder, 'gbk.csv');
    writeFileSync(path, Buffer.concat([head, gbk, Buffer.from(',307,https://www.example.com/,High,Text,,,,TRUE,TRUE\n')]));

    await expect(readReportApart(path, { now })).rejects.toMatchObject({ code: 'not-utf-8', facts: { hint: 'GBK' } });
    expect(await sampleApart(path)).toEqual({
      'utf-8': expect.stringContaining('2026-01-01,\ufffd'),
      gb18030: '2026-01-01,服务器,307,https://www.example.com/,High,Text,,,,TRUE,TRUE\n',
    });
    await expect(readReportApart(path, { now, encoding: 'gb18030' })).resolves.toMatchObject({ findings: [{ title: '服务器' }] });
  });

  it('tells how far a large report is', async () => {
    const heard: { bytes: number; records: number }[] = [];
    const many = Array.from({ length: 40_000 }, (_, at) => port((at % 65_000) + 1)).join('');

    await readReportApart(fileWith('large.xml', nmap(many)), { now, tell: (progress) => void heard.push(progress) });

    expect(heard.length).toBeGreaterThan(0);
    expect(heard.at(-1)!.bytes).toBeGreaterThan(2_000_000);
  });

  it('says that a scan did not end: an nmap without its last element, and an empty file', async () => {
    const ended = nmap(port(22)).replace('</nmaprun>', '<runstats><finished time="1767225700" exit="success"/></runstats></nmaprun>');

    expect((await readReportApart(fileWith('cut.xml', nmap(port(22))), { now })).incomplete).toBe('not-finished');
    expect((await readReportApart(fileWith('failed.xml', ended.replace('success', 'error')), { now })).incomplete).toBe('not-finished');
    expect((await readReportApart(fileWith('ended.xml', ended), { now })).incomplete).toBeUndefined();
    expect(await readReportApart(fileWith('nothing', ''), { now })).toMatchObject({ incomplete: 'empty-file', findings: [] });
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
