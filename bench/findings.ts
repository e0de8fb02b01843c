import { fileURLToPath } from 'node:url';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { assess, scopeOf, standings, type Finding, type Reading, type ScannerReport } from '../src/domain/assessment/index.ts';
import { stableId } from '../src/domain/basics/index.ts';
import { loadContent } from '../src/io/content/index.ts';
import { openDatabase } from '../src/io/store/index.ts';
import { firm, now, outlook } from '../test/cases/assessment-world.ts';
import { noon } from '../test/runner.ts';

/*
 * A large estate: 100,000 findings of two tools over two scans each, imported into an embedded Postgres with every safety on, read back, de-duplicated into weaknesses over
 * time, and scored. `rows-only` is the limit: the same rows read back as JSON, with nothing made of them.
 */

const total = 100_000;
const print = (line: Record<string, unknown>): void => void process.stdout.write(`${JSON.stringify({ bench: 'findings', ...line })}\n`);
const paper = loadContent({ contentDir: fileURLToPath(new URL('../content', import.meta.url)), feedDirs: [] });

const severities = ['critical', 'high', 'medium', 'low', 'info'] as const;

/** Findings of a tool on 2,000 hosts; both tools name the same CVEs, so that half of all are duplicates of the other half. */
function findingsOf(format: string, count: number): Finding[] {
  return Array.from({ length: count }, (_, i) => {
    const host = `host-${i % 2000}.example.com`;
    const cve = `CVE-2024-${10_000 + Math.floor(i / 2000) * 7 + (i % 5)}`;
    return {
      ...{
        id: stableId('finding', format, cve, host),
        format,
        tool: format,
        checkId: cve,
        title: `${cve} on ${host}`,
        cves: [cve],
        cwes: [79],
        severity: severities[i % 5]!,
        toolSeverity: '',
      },
      cvss: { version: '3.1' as const, vector: null, score: 7.5 },
      asset: { kind: 'host' as const, name: host, host, port: 443, service: 'https', version: null },
      ...{ firstSeen: null, lastSeen: null, evidence: 'what the tool saw, some words long', remedy: 'install the update', suppressed: false },
    };
  });
}

const reports: Reading[] = ['nessus', 'openvas'].flatMap((format) =>
  ['2026-09-01T00:00:00Z', '2026-11-01T00:00:00Z'].map((at, i) => {
    const findings = findingsOf(format, total / 4);
    return { report: `report_${format}_${i}`, scan: { format, at, assets: [...new Set(findings.map(({ asset }) => asset.name))] }, findings };
  }),
);

async function timed<T>(step: string, work: () => Promise<T> | T): Promise<T> {
  const began = performance.now();
  const result = await work();
  const seconds = (performance.now() - began) / 1000;
  print({ step, findings: total, seconds: Number(seconds.toFixed(3)), perSecond: Math.round(total / seconds) });
  return result;
}

const home = mkdtempSync(path.join(os.tmpdir(), 'riskloop-bench-'));
chmodSync(home, 0o755);
const database = await openDatabase({ dataDir: home }, { connections: 4 });
const Body = z.strictObject({ name: z.string() });
const kind = { name: 'assessment', table: 'assessments', schema: Body, schemaVersion: 1, upgrades: {} } as const;
const view = (mode: 'read' | 'write') => ({ organisation: 'org', now: noon, mode, repeatable: false });
const whole = performance.now();
const { id } = await database.transact(view('write'), ({ records }) => records.insert(kind, { name: 'bench' }));

await timed('import', async () => {
  for (const { report, findings } of reports)
    await database.transact(view('write'), (transaction) => transaction.findings.replaceReport(id, report, { findings } as unknown as ScannerReport));
});
await timed('rows-only', () =>
  database.transact(view('read'), (transaction) => transaction.execute('select body from app.findings where org_id = $1 and assessment = $2', ['org', id])),
);
const found = await timed('read-back', () => database.transact(view('read'), (transaction) => transaction.findings.byReport(id)));
const readings = reports.map(({ report, scan }) => ({ report, scan, findings: found.get(report)! }));
const numbers = paper.assessmentBasis.parameters.values;
const standing = await timed('de-duplicate', () => standings(readings, () => [], { scope: scopeOf(firm.assets), outlook, now, numbers }));
const scans = readings.map(({ scan }) => scan);
const answers = { questionnaire: paper.assessmentBasis.questionnaire.questionnaire.id, answers: {} };
const result = await timed('score', () =>
  assess({ firm, answers, findings: standing.findings, accepted: standing.accepted, scans, outlook, now }, paper.assessmentBasis),
);
print({
  step: 'whole',
  findings: total,
  weaknesses: standing.tracked.length,
  counted: result.findings.length,
  seconds: Number(((performance.now() - whole) / 1000).toFixed(2)),
  peakMegabytes: Math.round(process.resourceUsage().maxRSS / 1024),
});

await database.close();
rmSync(home, { recursive: true, force: true });
