import { readdirSync, readFileSync } from 'node:fs';
import { formats, readScannerReport } from '../src/domain/assessment/index.ts';

/*
 * How fast scanner reports are read, in this process. One JSON line per format: its samples read over and over for a while; then one line for a
 * Nessus export of 100 MB that is made while it is read, with the peak of the heap, which shows that memory does not follow the file.
 */

const now = '2026-06-01T00:00:00Z';
const samplesFolder = new URL('../src/domain/assessment/formats/', import.meta.url);

const print = (line: Record<string, unknown>): void => console.log(JSON.stringify(line));

function benchFormat(id: string, millis: number): void {
  const folder = new URL(`${id}/samples/`, samplesFolder);
  const samples = readdirSync(folder).map((name) => new Uint8Array(readFileSync(new URL(name, folder))));
  let files = 0;
  let bytes = 0;
  let findings = 0;
  const start = performance.now();
  while (performance.now() - start < millis) {
    for (const sample of samples) {
      findings += readScannerReport([sample], { now }).findings.length;
      bytes += sample.length;
      files++;
    }
  }
  const seconds = (performance.now() - start) / 1000;
  print({
    bench: 'reading',
    format: id,
    findingsPerSecond: Math.round(findings / seconds),
    filesPerSecond: Math.round(files / seconds),
    megabytesPerSecond: round1(bytes / seconds / 1e6),
  });
}

const round1 = (x: number): number => Math.round(x * 10) / 10;

/** A Nessus export with as many invented items as fill `megabytes`, in chunks of 64 KiB. */
function* largeNessus(megabytes: number, seen: { bytes: number }): Generator<Uint8Array> {
  const encoder = new TextEncoder();
  const item = (n: number): string =>
    `<ReportItem port="${n % 65536}" svc_name="www" protocol="tcp" severity="${n % 5}" pluginID="${10_000 + (n % 900)}" pluginName="Invented check ${n % 900}" pluginFamily="General"><cve>CVE-2024-${10_000 + (n % 900)}</cve><cvss3_base_score>7.5</cvss3_base_score><description>${'What it means. '.repeat(20)}</description><solution>Repair it.</solution><plugin_output>seen on try ${n}</plugin_output></ReportItem>\n`;
  let text = '<?xml version="1.0" ?><NessusClientData_v2><Report name="large"><ReportHost name="192.0.2.1"><HostProperties/>';
  for (let n = 0; seen.bytes < megabytes * 1e6; n++) {
    if (n % 50_000 === 49_999) text += `</ReportHost><ReportHost name="192.0.2.${(n / 50_000) | 0}"><HostProperties/>`;
    text += item(n);
    if (text.length < 65_536) continue;
    seen.bytes += text.length;
    yield encoder.encode(text);
    text = '';
  }
  yield encoder.encode(`${text}</ReportHost></Report></NessusClientData_v2>`);
}

function benchLarge(megabytes: number): void {
  const seen = { bytes: 0 };
  const start = performance.now();
  const report = readScannerReport(largeNessus(megabytes, seen), { now });
  const seconds = (performance.now() - start) / 1000;
  print({
    bench: 'reading-large',
    format: 'nessus',
    megabytes: Math.round(seen.bytes / 1e6),
    findings: report.findings.length,
    findingsPerSecond: Math.round(report.findings.length / seconds),
    megabytesPerSecond: round1(seen.bytes / seconds / 1e6),
    peakResidentMegabytes: Math.round(process.resourceUsage().maxRSS / 1024),
  });
}

for (const { id } of formats) benchFormat(id, 300);
benchLarge(100);
