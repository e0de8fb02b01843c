import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, readdirSync, rmSync, writeSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { formats, readScannerReport, type ScannerReport } from '../src/domain/assessment/index.ts';
import { Refusal } from '../src/domain/basics/index.ts';
import { ReportReader } from '../src/io/reading/index.ts';

/*
 * How fast scanner reports are read, one JSON line per format: the largest file of that format at hand (the samples, and the reference data beside the checkout where
 * they are), read over and over for a while. Beside it, on the same bytes in the same run:
 *   peer   the importer of @mitre/hdf-converters for that format, where it has one. It is no dependency (over 100 MB): install it in a folder of your own and name
 *          the folder in RISKLOOP_PEERS. The ratio counts findings of ours against controls of theirs for the time of one read, so `times` compares whole reads.
 *   limit  the language's own JSON.parse, which checks nothing and keeps everything.
 * The last line is a Nessus export of 100 MB through the process that reads uploads, with the peak of that process's memory.
 */

const now = '2026-11-22T00:00:00Z';
const millisEach = 400;
const print = (line: Record<string, unknown>): void => console.log(JSON.stringify({ bench: 'reading', ...line }));
const round1 = (x: number): number => Math.round(x * 10) / 10;

const samples = fileURLToPath(new URL('../src/domain/assessment/formats/', import.meta.url));
const reference = fileURLToPath(new URL('../../shared/data/', import.meta.url));

const filesBelow = (folder: string): string[] =>
  !existsSync(folder)
    ? []
    : readdirSync(folder, { withFileTypes: true, recursive: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name));

/** The report in a file; null when it is none. */
function readOrNull(bytes: Uint8Array): ScannerReport | null {
  try {
    return readScannerReport([bytes], { now });
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}

interface Input {
  readonly bytes: Uint8Array;
  readonly report: ScannerReport;
}

/** The file with the most findings of each format. */
function inputs(): Map<string, Input> {
  const best = new Map<string, Input>();
  const paths = [
    ...filesBelow(samples).filter((path) => path.includes('/samples/')),
    ...filesBelow(join(reference, 'scanners')),
    ...filesBelow(join(reference, 'sbom')),
  ];
  for (const path of paths) {
    const bytes = new Uint8Array(readFileSync(path));
    const report = readOrNull(bytes);
    if (report !== null && report.findings.length > (best.get(report.format)?.report.findings.length ?? -1)) best.set(report.format, { bytes, report });
  }
  return best;
}

/** Milliseconds of one call, after a warm-up; null when the first call throws. */
function millisOf(run: () => unknown): number | null {
  try {
    run();
  } catch {
    return null;
  }
  for (const end = performance.now() + millisEach / 4; performance.now() < end;) run();
  const start = performance.now();
  let calls = 0;
  for (; performance.now() - start < millisEach; calls++) run();
  return (performance.now() - start) / calls;
}

type Converter = new (text: string) => { toHdf(): unknown };

/** Importers of hdf-converters by format; some take the text as it is, all answer with `toHdf`. */
const converterOf: Readonly<Record<string, string>> = {
  asff: 'ASFFResults',
  burp: 'BurpSuiteMapper',
  cyclonedx: 'CycloneDXSBOMResults',
  'dependency-track': 'DependencyTrackMapper',
  gosec: 'GosecMapper',
  grype: 'AnchoreGrypeMapper',
  nessus: 'NessusResults',
  nikto: 'NiktoMapper',
  prisma: 'PrismaMapper',
  sarif: 'SarifMapper',
  'secure-score': 'MsftSecureScoreMapper',
  snyk: 'SnykResults',
  trufflehog: 'TrufflehogResults',
  zap: 'ZapMapper',
};

function peers(): Readonly<Record<string, Converter>> | null {
  const folder = process.env['RISKLOOP_PEERS'];
  if (folder === undefined) return null;
  return createRequire(join(folder, 'package.json'))('@mitre/hdf-converters') as Record<string, Converter>;
}

const isJson = (text: string): boolean => /^\s*[[{]/.test(text);

function benchFormat(id: string, { bytes, report }: Input, converters: Readonly<Record<string, Converter>> | null): void {
  const text = new TextDecoder().decode(bytes);
  const Converter = converters?.[converterOf[id] ?? ''];
  const ours = millisOf(() => readScannerReport([bytes], { now }))!;
  const peer = Converter === undefined ? null : millisOf(() => new Converter(text).toHdf());
  const limit = isJson(text) ? millisOf(() => JSON.parse(text)) : null;
  print({
    format: id,
    kilobytes: Math.round(bytes.length / 1000),
    findings: report.findings.length,
    findingsPerSecond: Math.round((1000 * report.findings.length) / ours),
    megabytesPerSecond: round1(bytes.length / ours / 1000),
    peer: converters === null ? 'not looked for' : Converter === undefined ? 'none' : peer === null ? 'refuses the file' : 'hdf-converters',
    timesPeer: peer === null ? null : round1(peer / ours),
    shareOfParse: limit === null ? null : Math.round((100 * limit) / ours) / 100,
  });
}

/** One item of an invented Nessus export. */
const nessusItem = (n: number): string =>
  `<ReportItem port="${n % 65536}" svc_name="www" protocol="tcp" severity="${n % 5}" pluginID="${10_000 + (n % 900)}" pluginName="Invented check ${n % 900}" pluginFamily="General"><cve>CVE-2024-${10_000 + (n % 900)}</cve><cvss3_base_score>7.5</cvss3_base_score><description>${'What it means. '.repeat(20)}</description><solution>Repair it.</solution><plugin_output>seen on try ${n}</plugin_output></ReportItem>\n`;

function writeLargeNessus(path: string, megabytes: number): void {
  const file = openSync(path, 'w');
  writeSync(file, '<?xml version="1.0" ?><NessusClientData_v2><Report name="large"><ReportHost name="192.0.2.1"><HostProperties/>');
  for (let n = 0, bytes = 0; bytes < megabytes * 1e6; n++) {
    if (n % 50_000 === 49_999) writeSync(file, `</ReportHost><ReportHost name="192.0.2.${2 + ((n / 50_000) | 0)}"><HostProperties/>`);
    bytes += writeSync(file, nessusItem(n));
  }
  writeSync(file, '</ReportHost></Report></NessusClientData_v2>');
  closeSync(file);
}

/** The most memory that a process ever held, MiB, where the system tells. */
const peakOf = (pid: number): number | null =>
  existsSync(`/proc/${pid}/status`) ? Math.round(Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024) : null;

async function benchLarge(megabytes: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'riskloop-bench-'));
  const path = join(folder, 'large.nessus');
  writeLargeNessus(path, megabytes);
  const reader = new ReportReader({ millis: 120_000 });
  const pid = (await reader.warm())!;
  const idle = peakOf(pid);
  const start = performance.now();
  const { findings } = await reader.read(path, { now });
  const seconds = (performance.now() - start) / 1000;
  print({
    format: 'nessus',
    case: 'large',
    megabytes,
    findings: findings.length,
    seconds: round1(seconds),
    findingsPerSecond: Math.round(findings.length / seconds),
    peakMegabytesOfReader: peakOf(pid),
    idleMegabytesOfReader: idle,
  });
  await reader.close();
  rmSync(folder, { recursive: true });
}

const converters = peers();
const files = inputs();
for (const { id } of formats) benchFormat(id, files.get(id)!, converters);
await benchLarge(100);
