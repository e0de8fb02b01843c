import { expect, test } from 'vitest';
import { z } from 'zod';
import { useDatabase } from '../../../test/postgres.ts';
import type { Finding, ScannerReport } from '../../domain/assessment/index.ts';
import { stableId } from '../../domain/basics/index.ts';
import type { RecordKind, Transaction } from '../interfaces.ts';

const world = useDatabase();
const files: RecordKind<z.ZodUnknown> = { name: 'assessment', table: 'assessments', schema: z.unknown(), schemaVersion: 1, upgrades: {} };
const as = <T>(work: (transaction: Transaction) => Promise<T>): Promise<T> =>
  world.database.transact({ organisation: 'org', now: '2026-07-01T00:00:00Z', mode: 'write', repeatable: false }, work);
const start = async (): Promise<string> => (await as(({ records }) => records.insert(files, {}))).id;

const finding = (name: string, more: Partial<Finding> = {}): Finding => ({
  ...{
    id: stableId('finding', name),
    format: 'nessus',
    tool: 'T',
    checkId: name,
    title: name,
    cves: ['CVE-2024-0001', 'CVE-2024-0002'],
    cwes: [79],
    cvss: null,
    severity: 'high',
    toolSeverity: '3',
  },
  ...{
    asset: { kind: 'host', name: 'h', host: 'h', port: 22, service: null, version: null },
    firstSeen: null,
    lastSeen: null,
    evidence: '“证据” \\ \n',
    remedy: '',
    suppressed: false,
  },
  ...more,
});
const report = (...findings: Finding[]): ScannerReport => ({
  format: 'nessus',
  tool: 'T',
  toolVersion: null,
  scannedFrom: null,
  scannedTo: null,
  records: findings.length,
  findings,
  assets: ['h'],
  cvesNamed: [],
});

test('reading the same report again changes nothing', async () => {
  const assessment = await start();
  const read = report(finding('a'), finding('b'));

  await as(({ findings }) => findings.replaceReport(assessment, 'r1', read));
  const once = await as(({ findings }) => findings.all(assessment));
  await as(({ findings }) => findings.replaceReport(assessment, 'r1', read));

  expect(await as(({ findings }) => findings.all(assessment))).toEqual(once);
  expect(once).toHaveLength(2);
});

test('a finding in two reports is one, seen from the first time to the last, and accepted only when both say so', async () => {
  const assessment = await start();

  await as(async ({ findings }) => {
    await findings.replaceReport(
      assessment,
      'r1',
      report(finding('a', { firstSeen: '2026-01-02T00:00:00Z', lastSeen: '2026-01-03T00:00:00Z', suppressed: true })),
    );
    await findings.replaceReport(assessment, 'r2', report(finding('a', { firstSeen: '2026-01-01T00:00:00Z', lastSeen: '2026-01-02T00:00:00Z' })));
  });

  const all = await as(({ findings }) => findings.all(assessment));
  expect(all).toMatchObject([{ firstSeen: '2026-01-01T00:00:00Z', lastSeen: '2026-01-03T00:00:00Z', suppressed: false }]);
});

test('a withdrawn report takes away what only it contributed', async () => {
  const assessment = await start();
  await as(async ({ findings }) => {
    await findings.replaceReport(assessment, 'r1', report(finding('a'), finding('b')));
    await findings.replaceReport(assessment, 'r2', report(finding('b'), finding('c')));
  });

  await as(({ findings }) => findings.removeReport(assessment, 'r1'));

  const all = await as(({ findings }) => findings.all(assessment));
  expect(all.map(({ checkId }) => checkId).sort()).toEqual(['b', 'c']);
});

test('takes a report of thousands of findings', async () => {
  const assessment = await start();
  const many = Array.from({ length: 5_000 }, (_, at) => finding(`many ${at}`));

  await as(({ findings }) => findings.replaceReport(assessment, 'r1', report(...many)));

  expect(await as(({ findings }) => findings.all(assessment))).toHaveLength(5_000);
});
