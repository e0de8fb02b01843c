import { expect, test } from 'vitest';
import type { Finding } from './finding.ts';
import { judgeGate, type GateInput } from './gate.ts';
import type { PlacedFinding } from './weigh-findings.ts';

const placed = (severity: Finding['severity'], score: number): PlacedFinding =>
  ({
    finding: {
      ...{ id: 'finding_00000000000000000001', title: 'a flaw', severity, cvss: { version: '3.1', vector: null, score } },
      asset: { kind: 'host', name: 'db.example.com', host: 'db.example.com', port: 3306 },
    },
    ...{ counts: true, signals: [], threat: { knownExploited: false } },
  }) as unknown as PlacedFinding;

const blockersOf = (...found: PlacedFinding[]) =>
  judgeGate({
    ...{ score: 90, found, indicators: new Map(), answers: {}, accepted: new Set() },
    profile: { passLine: 60 },
    numbers: { 'gate.severe-score': 7, 'gate.accepted-blocks': 1 },
  } as unknown as GateInput).blockers.map(({ text }) => text.en);

test('a finding that blocks by its CVSS score says so, and what the tool rated it', () => {
  expect(blockersOf(placed('low', 8.1))).toEqual(['vulnerability with CVSS 8.1 open (rated low by the tool, high or worse by CVSS): a flaw (db.example.com)']);
  expect(blockersOf(placed('high', 8.1))).toEqual(['severe or high vulnerability open: a flaw (db.example.com)']);
  expect(blockersOf(placed('low', 6.9))).toEqual([]);
});

test('an exposed service blocks once however many findings show it, after what is known to be exploited and what is severe', () => {
  const exposed = { ...placed('info', 0), signals: [{ id: 'exposed-database', blocks: 'always', title: { zh: '数据库暴露', en: 'database exposed' } }] };
  const again = { ...exposed, finding: { ...exposed.finding, id: 'finding_00000000000000000002' } };
  const elsewhere = { ...exposed, finding: { ...exposed.finding, id: 'finding_00000000000000000003', asset: { ...exposed.finding.asset, port: 6379 } } };
  const exploited = { ...placed('low', 2), threat: { knownExploited: true } };

  expect(blockersOf(...([exposed, again, elsewhere, placed('high', 8), exploited] as unknown as PlacedFinding[]))).toEqual([
    'known exploited vulnerability open: a flaw (db.example.com)',
    'severe or high vulnerability open: a flaw (db.example.com)',
    'database exposed: a flaw (db.example.com)',
    'database exposed: a flaw (db.example.com)',
  ]);
});
