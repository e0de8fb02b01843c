import { expect, test } from 'vitest';
import type { Finding } from './finding.ts';
import { judgeGate, type GateInput } from './gate.ts';
import type { PlacedFinding } from './weigh-findings.ts';

const placed = (severity: Finding['severity'], score: number): PlacedFinding =>
  ({
    finding: { id: 'finding_00000000000000000001', title: 'a flaw', severity, cvss: { version: '3.1', vector: null, score } },
    ...{ counts: true, signals: [], threat: { knownExploited: false } },
  }) as unknown as PlacedFinding;

const blockersOf = (one: PlacedFinding) =>
  judgeGate({
    ...{ score: 90, found: [one], indicators: new Map(), answers: {}, accepted: new Set() },
    profile: { passLine: 60 },
    numbers: { 'gate.severe-score': 7, 'gate.accepted-blocks': 1 },
  } as unknown as GateInput).blockers.map(({ text }) => text.en);

test('a finding that blocks by its CVSS score says so, and what the tool rated it', () => {
  expect(blockersOf(placed('low', 8.1))).toEqual(['vulnerability with CVSS 8.1 open (rated low by the tool, high or worse by CVSS): a flaw']);
  expect(blockersOf(placed('high', 8.1))).toEqual(['severe or high vulnerability open: a flaw']);
  expect(blockersOf(placed('low', 6.9))).toEqual([]);
});
