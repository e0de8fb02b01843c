import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { useDatabase } from '../../test/postgres.ts';
import { personOf, runnerOver } from '../../test/runner.ts';
import { firm } from '../../test/cases/assessment-world.ts';
import type { Finding, ScannerReport } from '../domain/assessment/index.ts';
import { Refusal, stableId } from '../domain/basics/index.ts';
import { loadContent } from '../io/content/index.ts';
import { openQueue, type OpenQueue } from '../io/jobs/index.ts';
import { assessmentOperations } from './assessment.ts';
import { importOperations } from './imports.ts';
import type { Actor } from './operation.ts';
import type { Runner } from './run.ts';

const store = useDatabase();
const paper = loadContent({ contentDir: fileURLToPath(new URL('../../content', import.meta.url)), feedDirs: [] });
const operations = [...assessmentOperations, ...importOperations];
const named = new Map(operations.map((operation) => [operation.name, operation]));

/** What reading each file gives, by its hash; an archive is a list of member names with what each gives. */
type Given = ScannerReport | Refusal | readonly (readonly [string, ScannerReport | Refusal])[];
const given = new Map<string, Given>();
const encodings: (string | null)[] = [];
const givenAt = (path: string): ScannerReport | Refusal => given.get(path) as ScannerReport;

let queue: OpenQueue;
let runner: Runner;
beforeAll(async () => {
  queue = await openQueue(store.database, () => undefined);
  runner = runnerOver(store.database, queue, operations as never, {
    content: paper as never,
    files: { path: (hash: string) => hash, keep: async (content: unknown) => ({ hash: String(content), bytes: 2 }) } as never,
    reading: {
      sample: async () => ({ 'utf-8': '���', gb18030: '服务器' }),
      unpack: async (path) => {
        const archive = given.get(path);
        if (!Array.isArray(archive)) return null;
        const members = archive.map(([name, inside]: readonly [string, ScannerReport | Refusal]) => {
          const at = stableId('file', path, name);
          given.set(at, inside);
          return { name, path: at, content: () => at as never };
        });
        return { members, discard: () => undefined };
      },
      read: async (path, { encoding }) => {
        encodings.push(encoding ?? null);
        const found = givenAt(path);
        if (found instanceof Refusal && !(found.code === 'not-utf-8' && encoding === 'gb18030')) throw found;
        return found instanceof Refusal ? report([finding('CVE-2024-0009')]) : found;
      },
    },
  });
});
afterAll(() => queue.stop(0));
beforeEach(() => void encodings.splice(0));

type Loose = ReturnType<typeof JSON.parse>;
const ask = async (name: string, actor: Actor, input: object): Promise<Loose> => (await runner.run(named.get(name)! as never, { actor, input })).output;
const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'allowed',
    (error: unknown) => {
      if (error instanceof Refusal) return error.code;
      throw error;
    },
  );

const finding = (cve: string, host = 'www.example.com'): Finding => ({
  ...{ id: stableId('finding', cve, host), format: 'nessus', tool: 'Nessus', checkId: cve, title: `${cve} on ${host}`, cves: [cve], cwes: [], cvss: null },
  ...{ severity: 'high', toolSeverity: '3', asset: { kind: 'host', name: host, host, port: 443, service: null, version: null } },
  ...{ firstSeen: null, lastSeen: null, evidence: '', remedy: '', suppressed: false },
});
const report = (findings: Finding[], more: Partial<ScannerReport> = {}): ScannerReport => ({
  ...{ format: 'nessus', tool: 'Nessus', toolVersion: '10.8', scannedFrom: null, scannedTo: '2026-06-30T02:00:00Z', records: findings.length, findings },
  ...{ assets: [...new Set(findings.map(({ asset }) => asset.name))], cvesNamed: [] },
  ...more,
});
const unreadable = (code: string, position: string, hint: string | null = null): Refusal =>
  new Refusal('unreadable', code, `bad at ${position}; none of its content counts`, { position, hint });

let counter = 0;
/** Hands a file in and has it read, as the worker would. */
async function handIn(actor: Actor, id: string, gives: Given): Promise<Loose> {
  const hash = stableId('file', String((counter += 1)));
  given.set(hash, gives);
  return handInHash(actor, id, hash);
}
async function handInHash(actor: Actor, id: string, hash: string): Promise<Loose> {
  const taken = await ask('addImportFile', actor, { import: id, file: { hash, bytes: 10, name: `${hash}.nessus` } });
  if (taken.state === 'reading') await ask('readImportItem', actor, { import: id, item: taken.item });
  return { ...taken, hash };
}

async function draft(organisation: string): Promise<{ owner: Actor; assessment: string; id: string }> {
  const owner = personOf(organisation);
  const assessment = (await ask('startAssessment', owner, { firm: { ...firm, assets: [{ name: 'example.com', exposure: 'internet' }] } })).id as string;
  return { owner, assessment, id: (await ask('startImport', owner, { assessment })).id as string };
}
const confirm = async (actor: Actor, id: string): Promise<Loose> =>
  ask('confirmImport', actor, { import: id, version: (await ask('getImport', actor, { import: id })).version });

describe('an import', () => {
  test('counts for nothing until it is confirmed, and then for exactly what was shown', async () => {
    const { owner, assessment, id } = await draft('org_counts');
    await handIn(owner, id, report([finding('CVE-2024-0001'), finding('CVE-2024-0002')]));
    await handIn(owner, id, report([finding('CVE-2024-0003')]));

    expect((await ask('listFindings', owner, { assessment })).total).toBe(0);
    expect((await ask('getAssessment', owner, { assessment })).reports).toEqual([]);
    const shown = await ask('reviewImport', owner, { import: id });
    expect(shown.counts).toEqual({ total: 3, fresh: 3, known: 0, reopened: 0, repeated: 0, 'out-of-scope': 0, resolved: 0 });
    expect(await confirm(owner, id)).toMatchObject({ reports: 2, findings: 3, import: { state: 'confirmed' } });

    const { findings } = await ask('listFindings', owner, { assessment });
    expect(findings.map((one: Finding) => one.id).sort()).toEqual(shown.findings.map((one: Loose) => one.finding.id).sort());
    expect((await ask('getAssessment', owner, { assessment })).reports.map((one: Loose) => [one.state, one.findings, one.submittedBy])).toEqual([
      ['read', 2, 'Wang Ceshi'],
      ['read', 1, 'Wang Ceshi'],
    ]);
  });

  test('marks a scan whose report states no date, and counts it as of its upload', async () => {
    const { owner, assessment, id } = await draft('org_undated');
    const { item } = await handIn(owner, id, report([finding('CVE-2024-0001')], { scannedTo: null }));
    await handIn(owner, id, report([finding('CVE-2024-0002')]));
    const { items } = await ask('getImport', owner, { import: id });
    const undated = items.find((one: Loose) => one.id === item);

    expect(undated.report.scan).toMatchObject({ at: undated.custody[0].at, dateAssumed: true });
    expect(items.filter((one: Loose) => one.report.scan.dateAssumed)).toHaveLength(1);
    await confirm(owner, id);
    const { reports } = await ask('getAssessment', owner, { assessment });
    expect(reports.map(({ scan }: Loose) => scan.dateAssumed ?? false).sort()).toEqual([false, true]);
  });

  test('puts a refused file into quarantine with reason, place, hash and hand, and takes the others in', async () => {
    const { owner, assessment, id } = await draft('org_quarantine');
    await handIn(owner, id, report([finding('CVE-2024-0001')]));
    const bad = await handIn(owner, id, unreadable('malformed-xml', '17:3'));

    await confirm(owner, id);

    const { items } = await ask('listQuarantine', owner, { assessment });
    expect(items).toMatchObject([
      { hash: bad.hash, by: 'Wang Ceshi', refusal: { code: 'malformed-xml', position: '17:3' }, custody: [{ act: 'received' }, { act: 'refused' }] },
    ]);
    expect((await ask('listFindings', owner, { assessment })).total).toBe(1);
  });

  test('reads each file of an archive for itself: one bad file spoils no other', async () => {
    const { owner, id } = await draft('org_archive');
    await handIn(owner, id, [
      ['a.nessus', report([finding('CVE-2024-0001')])],
      ['b.txt', unreadable('unknown-scanner-format', '1:1')],
    ]);

    const { items } = await ask('getImport', owner, { import: id });

    expect(items.map((one: Loose) => [one.state, one.archive !== null])).toEqual([
      ['unpacked', false],
      ['read', true],
      ['refused', true],
    ]);
    await ask('removeImportItem', owner, { import: id, item: items[0].id });
    expect((await ask('getImport', owner, { import: id })).items).toEqual([]);
    expect((await ask('reviewImport', owner, { import: id })).counts.total).toBe(0);
  });

  test('shows the earlier receipt of a file that was handed in before', async () => {
    const { owner, assessment, id } = await draft('org_again');
    const first = await handIn(owner, id, report([finding('CVE-2024-0001')]));
    await confirm(owner, id);
    const second = (await ask('startImport', owner, { assessment })).id as string;

    expect(await handInHash(owner, second, first.hash)).toMatchObject({ state: 'repeated', job: null });
    expect((await ask('getImport', owner, { import: second })).items[0].earlier).toMatchObject({ name: `${first.hash}.nessus`, by: 'Wang Ceshi' });
    expect(await codeOf(confirm(owner, second))).toBe('import-empty');
  });

  test('counts a file that two drafts hold once, whichever of them is confirmed or discarded', async () => {
    const { owner, assessment, id } = await draft('org_twice');
    const { hash } = await handIn(owner, id, report([finding('CVE-2024-0001')]));
    const [second, third] = [await ask('startImport', owner, { assessment }), await ask('startImport', owner, { assessment })];
    expect((await handInHash(owner, second.id, hash)).state).toBe('reading');
    expect((await ask('getImport', owner, { import: second.id })).items[0]).toMatchObject({ state: 'read', earlier: { import: id } });
    await handInHash(owner, third.id, hash);
    await handIn(owner, third.id, report([finding('CVE-2024-0002')]));

    await ask('discardImport', owner, { import: id });
    expect(await confirm(owner, second.id)).toMatchObject({ reports: 1 });
    const last = await confirm(owner, third.id);

    expect(last).toMatchObject({ reports: 1, import: { items: [{ state: 'repeated', earlier: { import: null } }, { state: 'read' }] } });
    expect((await ask('getAssessment', owner, { assessment })).reports).toHaveLength(2);
  });

  test('reads a repeated file when it is handed in again after the report that it repeats was withdrawn, and is not confirmed without', async () => {
    const { owner, assessment, id } = await draft('org_repeat');
    const first = await handIn(owner, id, report([finding('CVE-2024-0001')]));
    await confirm(owner, id);
    const next = (await ask('startImport', owner, { assessment })).id as string;
    await handInHash(owner, next, first.hash);
    const archive = await handIn(owner, next, [['a.nessus', report([finding('CVE-2024-0002')])]]);
    const { reports } = await ask('getAssessment', owner, { assessment });
    await ask('withdrawReport', owner, { assessment, report: reports[0].id });

    expect(await codeOf(confirm(owner, next))).toBe('import-repeat-gone');
    expect(await handInHash(owner, next, first.hash)).toMatchObject({ state: 'reading' });
    expect(await handInHash(owner, next, archive.hash)).toMatchObject({ state: 'unpacked' });

    expect(await confirm(owner, next)).toMatchObject({ reports: 2 });
  });

  test('links what is followed already and what two files repeat', async () => {
    const { owner, assessment, id } = await draft('org_known');
    await handIn(owner, id, report([finding('CVE-2024-0001')]));
    await confirm(owner, id);
    const next = (await ask('startImport', owner, { assessment })).id as string;
    await handIn(owner, next, report([finding('CVE-2024-0001'), finding('CVE-2024-0002')]));
    await handIn(owner, next, report([finding('CVE-2024-0002')]));

    const shown = await ask('reviewImport', owner, { import: next, only: 'known' });

    expect(shown.counts).toEqual({ total: 3, fresh: 1, known: 1, reopened: 0, repeated: 1, 'out-of-scope': 0, resolved: 0 });
    expect(shown.findings).toMatchObject([{ finding: { checkId: 'CVE-2024-0001' }, known: [stableId('weakness', 'CVE-2024-0001', 'www.example.com')] }]);
  });

  test('adds up, tells what is seen again and what is gone, and shows every finding page by page', async () => {
    const { owner, assessment, id } = await draft('org_sums');
    const on = (day: string) => ({ scannedTo: `${day}T02:00:00Z` });
    await handIn(owner, id, report([finding('CVE-2024-0001'), finding('CVE-2024-0002')], on('2026-06-01')));
    await handIn(owner, id, report([finding('CVE-2024-0002'), finding('CVE-2024-0003')], on('2026-06-02')));
    await confirm(owner, id);
    const next = (await ask('startImport', owner, { assessment })).id as string;
    const found = ['0001', '0002', '0004', '0005'].map((number) => finding(`CVE-2024-${number}`));
    await handIn(owner, next, report([...found, finding('CVE-2024-0004', '192.0.2.7')], on('2026-06-03')));
    await handIn(owner, next, report([finding('CVE-2024-0005')], on('2026-06-03')));

    const { counts } = await ask('reviewImport', owner, { import: next });
    const pages = [];
    for (let offset = 0; offset < 8; offset += 2) pages.push(await ask('reviewImport', owner, { import: next, offset, limit: 2 }));

    expect(counts).toEqual({ total: 6, fresh: 2, known: 1, reopened: 1, repeated: 1, 'out-of-scope': 1, resolved: 1 });
    const { total, resolved, ...standings } = counts;
    expect(Object.values<number>(standings).reduce((sum, count) => sum + count, 0)).toBe(total);
    expect(resolved).toBe(1);
    expect(pages.map(({ findings }: Loose) => findings.length)).toEqual([2, 2, 2, 0]);
    expect(new Set(pages.flatMap(({ findings }: Loose) => findings.map((one: Loose) => `${one.item} ${one.finding.id}`))).size).toBe(6);
  });

  test('lists what is out of scope, and takes a ruling on whose it is', async () => {
    const { owner, assessment, id } = await draft('org_scope');
    await handIn(owner, id, report([finding('CVE-2024-0001', '192.0.2.7'), finding('CVE-2024-0002', '192.0.2.8'), finding('CVE-2024-0003', '192.0.2.9')]));
    const before = await ask('reviewImport', owner, { import: id });
    expect(before.counts['out-of-scope']).toBe(3);

    const { version } = await ask('getImport', owner, { import: id });
    const rulings = {
      '192.0.2.7': { is: 'same-as', own: 'www.example.com' },
      '192.0.2.8': { is: 'own', exposure: 'internal' },
      '192.0.2.9': { is: 'foreign' },
    };
    await ask('ruleImportAssets', owner, { import: id, version, rulings });
    expect((await ask('reviewImport', owner, { import: id })).counts['out-of-scope']).toBe(1);
    await confirm(owner, id);

    const { findings } = await ask('listFindings', owner, { assessment });
    const placed = Object.fromEntries(findings.map((one: Loose) => [one.checkId, [one.asset.name, one.asset.host, one.inScope]]));
    expect(placed).toEqual({
      'CVE-2024-0001': ['192.0.2.7', 'www.example.com', true],
      'CVE-2024-0002': ['192.0.2.8', '192.0.2.8', true],
      'CVE-2024-0003': ['192.0.2.9', '192.0.2.9', false],
    });
    const after = await ask('getAssessment', owner, { assessment });
    expect(after.firm.assets).toContainEqual({ name: '192.0.2.8', exposure: 'internal' });
    expect(after.reports[0].scan.assets).not.toContain('www.example.com');
  });

  test('refuses a ruling that names an asset which the firm has not declared', async () => {
    const { owner, id } = await draft('org_ruling');
    const rulings = { '192.0.2.7': { is: 'same-as', own: 'www.example.org' } };
    expect(await codeOf(ask('ruleImportAssets', owner, { import: id, version: 1, rulings }))).toBe('asset-not-declared');
  });

  test('a host ruled to be an own asset brings findings to it, and by its silence repairs nothing there', async () => {
    const { owner, assessment, id } = await draft('org_silent');
    await handIn(owner, id, report([finding('CVE-2024-0001')]));
    await confirm(owner, id);
    const next = (await ask('startImport', owner, { assessment })).id as string;
    await handIn(owner, next, report([finding('CVE-2024-0002', '203.0.113.9')], { scannedTo: '2026-07-01T02:00:00Z' }));
    const { version } = await ask('getImport', owner, { import: next });
    await ask('ruleImportAssets', owner, { import: next, version, rulings: { '203.0.113.9': { is: 'same-as', own: 'www.example.com' } } });

    expect((await ask('reviewImport', owner, { import: next })).counts).toMatchObject({ fresh: 1, resolved: 0 });
    await confirm(owner, next);

    const { findings } = await ask('listFindings', owner, { assessment });
    expect(findings.map((one: Loose) => [one.checkId, one.asset.host]).sort()).toEqual([
      ['CVE-2024-0001', 'www.example.com'],
      ['CVE-2024-0002', 'www.example.com'],
    ]);
  });

  test('refuses a ruling on a host that was declared meanwhile, also when it is confirmed', async () => {
    const { owner, assessment, id } = await draft('org_declared');
    await handIn(owner, id, report([finding('CVE-2024-0001', '198.51.100.66')]));
    const { version } = await ask('getImport', owner, { import: id });
    const rulings = { '198.51.100.66': { is: 'same-as', own: 'www.example.com' } };
    await ask('ruleImportAssets', owner, { import: id, version, rulings });
    const stored = await ask('getAssessment', owner, { assessment });
    const assets = [...stored.firm.assets, { name: '198.51.100.0/24', exposure: 'internet' }];
    await ask('saveFirm', owner, { assessment, version: stored.version, firm: { ...stored.firm, assets } });

    expect(await codeOf(ask('ruleImportAssets', owner, { import: id, version: version + 1, rulings }))).toBe('asset-declared-already');
    expect(await codeOf(confirm(owner, id))).toBe('asset-declared-already');
    expect((await ask('getImport', owner, { import: id })).state).toBe('draft');
  });

  test('has a file read again in the encoding that a person chose', async () => {
    const { owner, id } = await draft('org_encoding');
    const { item } = await handIn(owner, id, unreadable('not-utf-8', '2:5', 'GBK'));
    expect((await ask('getImport', owner, { import: id })).items[0].refusal).toMatchObject({ code: 'not-utf-8', hint: 'GBK' });
    expect((await ask('sampleImportItem', owner, { import: id, item })).samples[1]).toEqual({ encoding: 'gb18030', text: '服务器' });

    await ask('chooseImportEncoding', owner, { import: id, item, encoding: 'gb18030' });
    await ask('readImportItem', owner, { import: id, item });

    expect(encodings).toEqual([null, 'gb18030']);
    const { items } = await ask('getImport', owner, { import: id });
    expect(items[0]).toMatchObject({ state: 'read', refusal: null, report: { findings: 1 } });
    expect(items[0].custody.map((one: Loose) => one.act)).toEqual(['received', 'refused', 'encoding-chosen', 'read']);
  });

  test('keeps the last try of an encoding, however many there were, and reads a file once for each', async () => {
    const { owner, id } = await draft('org_tries');
    const { item } = await handIn(owner, id, unreadable('malformed-xml', '2:5'));
    const choose = (encoding: string) => ask('chooseImportEncoding', owner, { import: id, item, encoding });
    const readNow = () => ask('readImportItem', owner, { import: id, item });
    for (let i = 0; i < 60; i += 1) {
      await choose(i % 2 === 0 ? 'gb18030' : 'utf-8');
      await readNow();
    }

    const { job } = (await choose('gb18030')).items[0];
    expect((await choose('gb18030')).items[0].job).toBe(job);
    expect(await readNow()).toMatchObject({ state: 'refused' });
    expect(await readNow()).toMatchObject({ state: 'gone' });
    const { items } = await ask('getImport', owner, { import: id });
    expect(items[0].custody.map(({ act }: Loose) => act)).toEqual(['received', 'refused', 'encoding-chosen', 'refused']);
  });

  test('is confirmed once when two people confirm at once; the second learns who was first', async () => {
    const { owner, assessment, id } = await draft('org_race');
    await handIn(owner, id, report([finding('CVE-2024-0001')]));
    const { version } = await ask('getImport', owner, { import: id });
    const colleague = personOf('org_race', { user: 'colleague', name: 'Li Ceshi' });

    const ended = await Promise.allSettled([owner, colleague].map((actor) => ask('confirmImport', actor, { import: id, version })));

    expect(ended.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const lost = ended.find((one) => one.status === 'rejected') as PromiseRejectedResult;
    expect(lost.reason).toMatchObject({ code: 'import-ended', kind: 'conflict' });
    const won = ended[0]!.status === 'fulfilled' ? owner : colleague;
    expect(lost.reason.facts.name).toBe(won.name);
    expect((await ask('getAssessment', owner, { assessment })).reports).toHaveLength(1);
  });

  test('is not confirmed while a file is read, nor after it was discarded, nor on top of a change', async () => {
    const { owner, assessment, id } = await draft('org_not');
    given.set('slow', report([finding('CVE-2024-0001')]));
    const { item } = await ask('addImportFile', owner, { import: id, file: { hash: 'slow', bytes: 1, name: 'slow' } });
    expect(await codeOf(confirm(owner, id))).toBe('import-still-reading');
    await ask('readImportItem', owner, { import: id, item });
    expect(await codeOf(ask('confirmImport', owner, { import: id, version: 1 }))).toBe('changed-meanwhile');

    await ask('discardImport', owner, { import: id });

    expect(await codeOf(confirm(owner, id))).toBe('import-ended');
    expect((await ask('reviewImport', owner, { import: id })).counts.total).toBe(0);
    expect((await ask('listFindings', owner, { assessment })).total).toBe(0);
    expect(await ask('readImportItem', owner, { import: id, item })).toEqual({ state: 'gone', findings: 0 });
  });

  test('is seen and touched by its own organisation only', async () => {
    const { owner, assessment, id } = await draft('org_mine');
    const { item } = await handIn(owner, id, report([finding('CVE-2024-0001')]));
    const stranger = personOf('org_other');
    const file = { hash: 'x', bytes: 1, name: 'x' };

    for (const [name, input] of [
      ['getImport', { import: id }],
      ['reviewImport', { import: id }],
      ['sampleImportItem', { import: id, item }],
      ['addImportFile', { import: id, file }],
      ['removeImportItem', { import: id, item }],
      ['ruleImportAssets', { import: id, version: 1, rulings: {} }],
      ['confirmImport', { import: id, version: 1 }],
      ['discardImport', { import: id }],
      ['startImport', { assessment }],
      ['listQuarantine', { assessment }],
      ['listImports', { assessment }],
    ] as const)
      expect([name, await codeOf(ask(name, stranger, input))]).toEqual([name, 'not-found']);
    expect((await ask('getImport', owner, { import: id })).state).toBe('draft');
  });
});

test('a scan that did not end brings its findings and proves nothing absent', async () => {
  const { owner, assessment, id } = await draft('org_cut');
  await handIn(owner, id, report([finding('CVE-2024-0001'), finding('CVE-2024-0002')]));
  await confirm(owner, id);
  const next = (await ask('startImport', owner, { assessment })).id as string;
  await handIn(owner, next, report([finding('CVE-2024-0001')], { incomplete: 'not-finished', scannedTo: '2026-07-01T02:00:00Z' }));
  expect((await ask('getImport', owner, { import: next })).items[0].report.incomplete).toBe('not-finished');

  await confirm(owner, next);

  expect((await ask('listFindings', owner, { assessment })).total).toBe(2);
});
