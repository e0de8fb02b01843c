import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import type { Finding, ScannerReport } from '../src/domain/assessment/index.ts';
import { stableId } from '../src/domain/basics/index.ts';
import type { View } from '../src/io/interfaces.ts';
import { openQueue } from '../src/io/jobs/index.ts';
import { asOwner, openDatabase } from '../src/io/store/index.ts';
import { Note, declare, noon, notes, personOf, runnerOver } from '../test/runner.ts';

/*
 * What the frame around an operation costs, on an embedded Postgres with every safety on. `bare-insert` is the limit: the same row as one statement,
 * without history, walls, journal or idempotency. `ratio` compares with it at the same number of callers. Callers of one organisation wait for
 * each other's line in its journal; those of several do not.
 */

const home = mkdtempSync(path.join(os.tmpdir(), 'riskloop-bench-'));
chmodSync(home, 0o755);
const database = await openDatabase({ dataDir: home }, { connections: 16 });
const queue = await openQueue(database, () => undefined);

const note = { insurer: 'x', words: 'a note of some length, as a person would write it' };
const view = (mode: View['mode']): View => ({ organisation: 'org', now: noon, mode, repeatable: false });
const write = declare('write', Note, z.string(), async ({ records }, input) => (await records.insert(notes, input)).id, { effect: 'money' });
const read = declare('read', z.strictObject({ id: z.string() }), z.string(), async ({ records }, { id }) => (await records.get(notes, id)).body.words, {
  effect: 'read',
});
const enqueue = declare('enqueue', Note, z.string(), ({ jobs }, input) => jobs.enqueue('write', input));
const runner = runnerOver(database, queue, [write, read, enqueue]);
const actor = personOf('org');

const print = (line: Record<string, unknown>): void => void process.stdout.write(`${JSON.stringify({ bench: 'store', ...line })}\n`);

/** Answer times in milliseconds of `callers` that call one after the other for `millis`. */
async function timesOf(work: () => Promise<unknown>, callers: number, millis: number): Promise<{ times: number[]; seconds: number }> {
  const times: number[] = [];
  const start = performance.now();
  const call = async (): Promise<void> => {
    while (performance.now() - start < millis) {
      const began = performance.now();
      await work();
      times.push(performance.now() - began);
    }
  };
  await Promise.all(Array.from({ length: callers }, call));
  return { times, seconds: (performance.now() - start) / 1000 };
}

/** Calls a second and 99th percentile of each path. The paths take turns in short slices, so that other work on the machine slows all of them alike; the first round warms up. */
async function compare(
  paths: Readonly<Record<string, () => Promise<unknown>>>,
  callers: number,
): Promise<Record<string, { perSecond: number; p99Millis: number }>> {
  const sums = Object.fromEntries(Object.keys(paths).map((path) => [path, { times: [] as number[], seconds: 0 }]));
  for (let round = 0; round < 7; round += 1) {
    for (const [path, work] of Object.entries(paths)) {
      const slice = await timesOf(work, callers, 350);
      if (round === 0) continue;
      sums[path]!.times.push(...slice.times);
      sums[path]!.seconds += slice.seconds;
    }
  }
  return Object.fromEntries(
    Object.entries(sums).map(([path, { times, seconds }]) => [path, { perSecond: Math.round(times.length / seconds), p99Millis: percentile(times, 0.99) }]),
  );
}

const percentile = (times: readonly number[], share: number): number => Number(times.toSorted((a, b) => a - b)[Math.floor(times.length * share)]!.toFixed(1));

await asOwner(database.ownerUrl, (owner) =>
  owner.query('create table shared.bare (id bigint generated always as identity primary key, org_id text, body jsonb); grant insert on shared.bare to app_rw'),
);
const stored = await database.transact(view('write'), ({ records }) => records.insert(notes, note));
const body = JSON.stringify(note);
let key = 0;

const paths: Readonly<Record<string, () => Promise<unknown>>> = {
  'bare-insert': () => database.pool.query('insert into shared.bare (org_id, body) values ($1, $2)', ['org', body]),
  'record-insert': () => database.transact(view('write'), ({ records }) => records.insert(notes, note)),
  'operation-write': () => runner.run(write, { actor, input: note, key: `k${(key += 1)}` }),
  'operation-write-8-organisations': () => runner.run(write, { actor: personOf(`org-${(key += 1) % 8}`), input: note, key: `k${key}` }),
  'operation-enqueue': () => runner.run(enqueue, { actor, input: note }),
  'operation-read': () => runner.run(read, { actor, input: { id: stored.id } }),
};

for (const callers of [1, 8]) {
  const measured = await compare(paths, callers);
  for (const [path, one] of Object.entries(measured))
    print({ path, callers, ...one, ratio: Number((one.perSecond / measured['bare-insert']!.perSecond).toFixed(2)) });
}

const finding = (at: number): Finding => ({
  ...{
    id: stableId('finding', at),
    format: 'nessus',
    tool: 'T',
    checkId: String(at),
    title: 'weak',
    cves: ['CVE-2024-0001'],
    cwes: [],
    cvss: null,
    severity: 'high',
    toolSeverity: '3',
  },
  ...{
    asset: { kind: 'host', name: `h${at}`, host: `h${at}`, port: 22, service: null, version: null },
    firstSeen: null,
    lastSeen: null,
    evidence: 'e'.repeat(200),
    remedy: '',
    suppressed: false,
  },
});
const findings = Array.from({ length: 20_000 }, (_, at) => finding(at));
const report: ScannerReport = {
  format: 'nessus',
  tool: 'T',
  toolVersion: null,
  scannedFrom: null,
  scannedTo: null,
  records: findings.length,
  findings,
  assets: [],
  cvesNamed: [],
};
const assessment = await database.transact(view('write'), ({ records }) => records.insert({ ...notes, name: 'assessment', table: 'assessments' }, note));

async function timed(path: string, items: number, work: () => Promise<unknown>): Promise<void> {
  const start = performance.now();
  await work();
  print({ path, items, perSecond: Math.round(items / ((performance.now() - start) / 1000)) });
}

await timed('findings-save', findings.length, () =>
  database.transact(view('write'), (transaction) => transaction.findings.replaceReport(assessment.id, 'r', report)),
);
await timed('findings-load', findings.length, () => database.transact(view('read'), (transaction) => transaction.findings.all(assessment.id)));
const { lines } = await database.transact(view('read'), ({ journal }) => journal.verify());
await timed('journal-verify', lines, () => database.transact(view('read'), ({ journal }) => journal.verify()));

await queue.stop(0);
await database.close();
rmSync(home, { recursive: true, force: true });
