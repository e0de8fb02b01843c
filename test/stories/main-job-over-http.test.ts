import { randomUUID } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { assess } from '../../src/cli/assess.ts';
import { loadContent } from '../../src/io/content/index.ts';
import { type Json, type Visitor, documented, until, useSystem } from '../system.ts';

/** The main job at the HTTP door of a whole system: reports → assessment → quote → policy. */

const demo = new URL('../../content/demo/', import.meta.url);
const yaml = (path: string): Json => parse(readFileSync(new URL(path, demo), 'utf8'));
const reportsOf = (folder: string) =>
  readdirSync(new URL(`reports/${folder}/`, demo), { withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.md'))
    .map(({ name }) => name);
const readReport = (folder: string, name: string): Uint8Array => new Uint8Array(readFileSync(new URL(`reports/${folder}/${name}`, demo)));
async function readPapers(visitor: Visitor): Promise<Json[]> {
  const { body } = await visitor.ask('GET', '/papers');
  const now = new Date().toISOString();
  return body.papers.map(({ id, hash }: Json) => ({ document: id, hash, openedAt: now, acceptedAt: now }));
}

const system = useSystem();

async function assessDemoFirm(visitor: Visitor, folder: string, as: object = {}): Promise<string> {
  const started = await visitor.ask('POST', '/assessments', { firm: { ...yaml(`firms/${folder}/profile.yaml`), ...as } });
  const { id, version } = started.body;
  await visitor.ask('PUT', `/assessments/${id}/answers`, { version, answers: await documented(visitor, id, yaml(`firms/${folder}/answers.yaml`)) });
  for (const name of reportsOf(folder)) await visitor.send(`/assessments/${id}/reports`, name, readReport(folder, name));
  return id;
}

const allRead = (visitor: Visitor, assessment: string) =>
  until(
    30,
    () => visitor.ask('GET', `/assessments/${assessment}`),
    ({ body }) => body.reports.every(({ state }: Json) => state !== 'reading'),
  );

async function assessOnCommandLine(firm: string, folders: readonly string[], at: string): Promise<Json> {
  const content = loadContent({ contentDir: fileURLToPath(new URL('..', demo)), feedDirs: [fileURLToPath(new URL('threats', demo))] });
  const pathOf = (path: string): string => fileURLToPath(new URL(path, demo));
  const reports = folders.flatMap((folder) => reportsOf(folder).flatMap((name) => ['--report', pathOf(`reports/${folder}/${name}`)]));
  let printed = '';
  await assess(['--profile', pathOf(`firms/${firm}/profile.yaml`), '--answers', pathOf(`firms/${firm}/answers.yaml`), ...reports, '--json'], {
    stdout: (text) => void (printed += text),
    stderr: () => undefined,
    clock: () => at,
    content: () => Promise.resolve(content as never),
  });
  return JSON.parse(printed);
}

async function quoteFor(visitor: Visitor, assessment: string, folder: string): Promise<Json> {
  const submission = await visitor.ask('POST', '/submissions', { assessment, cover: yaml(`firms/${folder}/package.yaml`), insurer: null });
  expect(submission.body.code ?? 'submitted').toBe('submitted');
  return (await visitor.ask('POST', `/submissions/${submission.body.id}/quotes`, {})).body;
}

describe('the main job', () => {
  it('leads from scanner reports to a policy with its documents and a balanced journal', async () => {
    const owner = await system.enter('owner@demo.example');
    const underwriter = await system.enter('underwriter@demo.example');

    const assessment = await assessDemoFirm(owner, 'advisory', { name: '示例首次投保咨询有限公司', creditCode: null });
    const { body: read } = await allRead(owner, assessment);
    const quote = await quoteFor(owner, assessment, 'advisory');
    const policy = await owner.ask('POST', `/quotes/${quote.id}/bind`, { acceptances: await readPapers(owner) }, { 'idempotency-key': randomUUID() });
    const schedule = await owner.ask('GET', `/policies/${policy.body.id}/schedule?language=zh`);
    const postings = await underwriter.ask('GET', `/policies/${policy.body.id}/postings`);

    expect(read.reports.map(({ state }: Json) => state)).toEqual(['read', 'read', 'read']);
    expect(quote.quote.outcome).toBe('quoted');
    expect(policy.status).toBe(201);
    expect(policy.body.policy.premium.total.minor).toBe(quote.quote.worksheet.premium.total);
    expect(new TextDecoder().decode(schedule.bytes.slice(0, 5))).toBe('%PDF-');
    expect(postings.body.postings.length).toBeGreaterThan(1);
    expect(postings.body.postings.reduce((sum: number, { amountMinor }: Json) => sum + amountMinor, 0)).toBe(0);
  }, 60_000);

  it('refuses at the gate, and opens it when the repaired firm is scanned again, with a person looking at what was withdrawn', async () => {
    const owner = await system.enter('clinic@demo.example');
    const assessment = await assessDemoFirm(owner, 'clinic');
    const { body: before } = await allRead(owner, assessment);
    const refused = await owner.ask('POST', `/assessments/${assessment}/price`, { cover: yaml('firms/clinic/package.yaml') });

    for (const { id } of before.reports) await owner.ask('DELETE', `/assessments/${assessment}/reports/${id}`);
    for (const name of reportsOf('clinic/after-repair')) await owner.send(`/assessments/${assessment}/reports`, name, readReport('clinic/after-repair', name));
    const { body: after } = await allRead(owner, assessment);

    expect(before.result.gate.passed).toBe(false);
    expect(refused.body.outcome).toBe('declined');
    expect(refused.body.reasons.map(({ code }: Json) => code)).toContain('known-exploited-open');
    expect(after.result.gate.blockers.filter(({ finding }: Json) => finding !== null)).toEqual([]);
    expect(after.result.score).toBeGreaterThan(before.result.score);
    const { quote } = await quoteFor(owner, assessment, 'clinic');
    expect([quote.outcome, ...quote.reasons.map(({ code }: Json) => code)]).toEqual(['referred', 'severe-report-withdrawn']);
  }, 60_000);

  it('says of reports from before and after a repair what the command line says of them', async () => {
    const owner = await system.enter('owner@demo.example');
    const assessment = await assessDemoFirm(owner, 'clinic');
    for (const name of reportsOf('clinic/after-repair')) await owner.send(`/assessments/${assessment}/reports`, name, readReport('clinic/after-repair', name));
    const { body } = await allRead(owner, assessment);

    const said = await assessOnCommandLine('clinic', ['clinic', 'clinic/after-repair'], body.result.at);

    expect(said.gate).toEqual(body.result.gate);
    expect(said.score).toBe(body.result.score);
    expect(said.gate.blockers.length).toBeLessThan(8);
  }, 60_000);

  it('binds once, however many bind at the same time, and the losers are told which policy it is', async () => {
    const owner = await system.enter('software@demo.example');
    const { body: list } = await owner.ask('GET', '/assessments');
    const quote = await quoteFor(owner, list.items[0].id, 'software');

    const papers = await readPapers(owner);
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => owner.ask('POST', `/quotes/${quote.id}/bind`, { acceptances: papers }, { 'idempotency-key': randomUUID() })),
    );
    const { body: policies } = await owner.ask('GET', '/policies');

    const won = answers.filter(({ status }) => status === 201);
    const lost = answers.filter(({ status }) => status === 409);
    expect([won.length, lost.length]).toEqual([1, 7]);
    expect(new Set(lost.map(({ body }) => body.code))).toEqual(new Set(['already-bound']));
    expect(new Set(lost.map(({ body }) => body.facts.policy))).toEqual(new Set([won[0]!.body.id]));
    expect(policies.items.filter(({ quote: of }: Json) => of === quote.id)).toHaveLength(1);
  }, 60_000);

  it('binds only the latest quote of a submission', async () => {
    const owner = await system.enter('water@demo.example');
    const assessment = await assessDemoFirm(owner, 'advisory', { name: '示例未投保咨询有限公司', creditCode: '91330200MA0000YYAR' });
    await allRead(owner, assessment);
    const first = await quoteFor(owner, assessment, 'advisory');
    const { body: second } = await owner.ask('POST', `/submissions/${first.submission}/quotes`, {});

    const early = await owner.ask('POST', `/quotes/${first.id}/bind`, { acceptances: await readPapers(owner) }, { 'idempotency-key': randomUUID() });
    const late = await owner.ask('POST', `/quotes/${second.id}/bind`, { acceptances: await readPapers(owner) }, { 'idempotency-key': randomUUID() });
    const again = await owner.ask('POST', `/submissions/${first.submission}/quotes`, {});

    expect([early.body.code, late.status, again.body.code]).toEqual(['move-not-allowed', 201, 'move-not-allowed']);
  }, 60_000);

  it('repeats the answer when the same bind is sent again with its key', async () => {
    const owner = await system.enter('shop@demo.example');
    const { body: quotes } = await owner.ask('GET', '/quotes');
    const bind = () => owner.ask('POST', `/quotes/${quotes.items[0].id}/bind`, body, { 'idempotency-key': 'one-and-the-same' });
    const body = { acceptances: await readPapers(owner) };

    const [first, second] = [await bind(), await bind()];

    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.body).toEqual(first.body);
  });

  it('shows a foreign record exactly as one that does not exist', async () => {
    const mine = await system.enter('advisory@demo.example');
    const other = await system.enter('water@demo.example');
    const { body: own } = await mine.ask('GET', '/assessments');

    const foreign = await other.ask('GET', `/assessments/${own.items[0].id}`);
    const absent = await other.ask('GET', '/assessments/assessment_00000000-0000-7000-8000-000000000000');

    expect(foreign.status).toBe(404);
    expect({ ...foreign.body, instance: '' }).toEqual({ ...absent.body, instance: '' });
  });
});
