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
 * without history, walls, journal or idempotency. `ratio` compares with it at the same number of callers.
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

/** Calls a second and the 99th percentile in milliseconds, with `callers` at work for about `millis` after a warm-up. */
async function rate(work: (n: number) => Promise<unknown>, callers: number, millis = 2_500): Promise<{ perSecond: number; p99Millis: number }> {
  let count = 0;
  const during = async (until: number, times: number[]): Promise<void> => {
    while (performance.now() < until) {
      const start = performance.now();
      await work((count += 1));
      times.push(performance.now() - start);
    }
  };
  const all = (length: number, times: number[]): Promise<unknown> =>
    Promise.all(Array.from({ length: callers }, () => during(performance.now() + length, times)));
  await all(millis / 5, []);
  const times: number[] = [];
  const start = performance.now();
  await all(millis, times);
  const seconds = (performance.now() - start) / 1000;
  return { perSecond: Math.round(times.length / seconds), p99Millis: Number(times.sort((a, b) => a - b)[Math.floor(times.length * 0.99)]!.toFixed(1)) };
}

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
  'operation-enqueue': () => runner.run(enqueue, { actor, input: note }),
  'operation-read': () => runner.run(read, { actor, input: { id: stored.id } }),
};

for (const callers of [1, 8]) {
  let limit = 0;
  for (const [path, work] of Object.entries(paths)) {
    const measured = await rate(work, callers);
    limit ||= measured.perSecond;
    print({ path, callers, ...measured, ratio: Number((measured.perSecond / limit).toFixed(2)) });
  }
}

/** Organisations do not wait for each other's journals: eight callers of eight organisations. */
print({
  path: 'operation-write',
  callers: 8,
  organisations: 8,
  ...(await rate((n) => runner.run(write, { actor: personOf(`org-${n % 8}`), input: note, key: `m${n}` }), 8)),
});

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
