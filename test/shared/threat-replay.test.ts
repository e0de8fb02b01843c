import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { noticesDue, scopeOf, standingOf, trackFindings, type Finding, type Reading } from '../../src/domain/assessment/index.ts';
import {
  buildOutlook,
  isOtherModel,
  judgeEpss,
  judgeKev,
  notablyMoved,
  readEpss,
  readKev,
  type EpssScores,
  type KevCatalogue,
  type KevEntry,
} from '../../src/domain/threats/index.ts';
import { content } from '../cases/assessment-world.ts';
import { describeShared, sharedFolder } from './shared-data.ts';

const bytesOf = (file: string): Uint8Array => new Uint8Array(readFileSync(join(sharedFolder, 'data/vuln-intel', file)));
const textOf = (file: string): string => new TextDecoder().decode(bytesOf(file));

interface Delta {
  readonly date: string;
  readonly catalogVersion: string;
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

const deltas = (): Delta[] =>
  textOf('kev/kev_deltas.jsonl')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Delta);

/** The catalogue after a day's changes: what is added is listed on that day. */
function apply(before: KevCatalogue, { date, added, removed }: Delta): KevCatalogue {
  const entries = new Map<string, KevEntry>(before.entries);
  for (const cve of removed) entries.delete(cve);
  for (const cve of added) entries.set(cve, { cve, listedOn: date, knownRansomware: false });
  return { version: date, date, entries };
}

const finding = (cve: string): Finding => ({
  ...{
    id: `finding_${cve.replace(/\D/g, '').padStart(20, '0')}`,
    format: 'nessus',
    tool: 'Nessus',
    checkId: cve,
    title: cve,
    cves: [cve],
    cwes: [],
    cvss: null,
    severity: 'medium',
    toolSeverity: '',
  },
  asset: { kind: 'host', name: 'www.example.com', host: 'www.example.com', port: null, service: null, version: null },
  ...{ firstSeen: null, lastSeen: null, evidence: '', remedy: '', suppressed: false },
});

const scannedAt = '2025-01-28T00:00:00+08:00';
const numbers = content.assessmentBasis.parameters.values;

describeShared('the daily changes of the catalogue, replayed over findings that were there before', () => {
  const january = () => readKev([bytesOf('kev/kev_2025-01-27.csv')]);
  const june = () => readKev([bytesOf('kev/kev_2025-06-25.json')]);

  it('ends at the catalogue of June, every day accepted as following the day before', () => {
    let inForce = january();
    for (const delta of deltas()) {
      const next = apply(inForce, delta);
      expect(judgeKev(inForce, next)).toBe(delta.added.length + delta.removed.length === 0 ? 'same' : 'take');
      inForce = next;
    }

    expect([...inForce.entries.keys()].sort()).toEqual([...june().entries.keys()].sort());
  });

  it('moves every clock on the day of its listing, tells once, and moves it back where the listing was taken back', () => {
    const touched = [...new Set(deltas().flatMap(({ added, removed }) => [...added, ...removed]))];
    const reading: Reading = { report: 'report_1', scan: { format: 'nessus', at: scannedAt, assets: ['www.example.com'] }, findings: touched.map(finding) };
    const tracks = trackFindings([reading]);
    const told = new Set<string>();
    const clockedOn = new Map<string, string>();
    let kev = january();
    let taken = 0;
    for (const delta of deltas()) {
      kev = apply(kev, delta);
      const outlook = buildOutlook({ kev, epss: null });
      const tracked = tracks.map((track) => standingOf(track, [], { scope: scopeOf([]), outlook, now: `${delta.date}T20:00:00+08:00`, numbers }));
      const news = noticesDue('assessment_1', tracked, told);
      for (const { subject } of news) told.add(subject);
      const became = news.filter(({ kind }) => kind === 'became-known-exploited');
      expect(became).toHaveLength(delta.added.length);
      for (const { what, clock } of tracked.filter(({ id }) => became.some(({ weakness }) => weakness === id))) {
        expect(clock).toMatchObject({ from: 'known-exploited', days: 14 });
        clockedOn.set(what, new Date(Date.parse(clock!.startedAt) + 8 * 3_600_000).toISOString().slice(0, 10));
      }
      for (const cve of delta.removed) {
        expect(tracked.find(({ what }) => what === cve)).toMatchObject({ knownExploited: false, clock: { from: 'first-seen', days: 90 } });
        taken += 1;
      }
      expect(noticesDue('assessment_1', tracked, told)).toEqual([]);
    }

    expect(Object.fromEntries(clockedOn)).toEqual(Object.fromEntries(deltas().flatMap(({ date, added }) => added.map((cve) => [cve, date]))));
    expect(taken).toBe(deltas().reduce((sum, { removed }) => sum + removed.length, 0));
  });
});

/** The months of the series, each as one day's scores. */
function months(): EpssScores[] {
  const [header, ...rows] = textOf('epss/kev_epss_monthly_2022-10_2025-06.csv').trim().split('\n');
  const byDate = new Map<string, string[]>();
  for (const row of rows) byDate.set(row.slice(0, 10), [...(byDate.get(row.slice(0, 10)) ?? []), row]);
  return [...byDate.values()].map((lines) => readEpss([new TextEncoder().encode(`${header}\n${lines.join('\n')}\n`)]));
}

describeShared('the monthly EPSS scores from 2022 to 2025, replayed', () => {
  it('holds the new models of March 2023 and March 2025 and nothing else', () => {
    const all = months();
    const jumps = all.slice(1).flatMap((next, i) => (isOtherModel(all[i]!, next) ? [next.date] : []));

    expect(all).toHaveLength(28);
    expect(jumps).toEqual(['2023-03-27', '2025-03-28']);
  });

  it('keeps prices on the old model month after month until somebody releases the new one', () => {
    const all = months();
    const at = all.findIndex(({ date }) => date === '2023-03-27');
    const before = all[at - 1]!;

    expect(all.slice(at, at + 8).map((next) => judgeEpss(before, next))).toEqual(Array(8).fill('hold'));
    expect(judgeEpss(all[at]!, all[at + 1]!)).toBe('take');
  });

  it('refuses the month in which the sample lost a quarter of its entries', () => {
    const all = months();
    const at = all.findIndex(({ date }) => date === '2025-04-25');

    expect(() => judgeEpss(all[at - 1]!, all[at]!)).toThrow(expect.objectContaining({ code: 'feed-shrunk' }));
    expect(notablyMoved(all[at - 1]!.scores, all[at]!.scores)).toBeLessThan(0.3);
  });
});
