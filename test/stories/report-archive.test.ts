import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parse } from 'yaml';
import { expect, test } from 'vitest';
import { zipOf } from '../sites/zip.ts';
import { checkout, useWholeSystem } from '../world.ts';

interface Report {
  readonly id: string;
  readonly name: string;
  readonly state: 'reading' | 'read' | 'refused';
  readonly format: string | null;
  readonly findings: number | null;
  readonly refusal: { readonly code: string; readonly detail: string } | null;
}

const system = useWholeSystem();
const profile = parse(readFileSync(join(checkout, 'content', 'demo', 'firms', 'shop', 'profile.yaml'), 'utf8')) as object;
const demo = (name: string): Buffer => readFileSync(join(checkout, 'content', 'demo', 'reports', 'shop', name));
let cookie = '';

async function begin(): Promise<string> {
  cookie = await system.enter('one@example.com');
  return ((await system.as(cookie, { method: 'POST', url: '/api/assessments', payload: { firm: profile } })).json() as { id: string }).id;
}

async function send(assessment: string, name: string, bytes: Buffer): Promise<number> {
  const head = `--b\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: application/octet-stream\r\n\r\n`;
  const payload = Buffer.concat([Buffer.from(head), bytes, Buffer.from('\r\n--b--\r\n')]);
  return (
    await system.as(cookie, {
      method: 'POST',
      url: `/api/assessments/${assessment}/reports`,
      payload,
      headers: { 'content-type': 'multipart/form-data; boundary=b' },
    })
  ).statusCode;
}

const reportsOf = async (assessment: string): Promise<Report[]> =>
  ((await system.as(cookie, { url: `/api/assessments/${assessment}` })).json() as { reports: Report[] }).reports;

async function readReports(assessment: string): Promise<Report[]> {
  for (const deadline = Date.now() + 30_000; ; await wait(200)) {
    const reports = await reportsOf(assessment);
    if (reports.every(({ state }) => state !== 'reading')) return reports;
    if (Date.now() > deadline) throw new Error('a report was not read within 30 s');
  }
}

test('an archive becomes a report for each member, and goes with all of them', async () => {
  const assessment = await begin();
  const archive = zipOf([
    { name: '七月/zap.xml', content: demo('zap.xml'), flags: 0x800 },
    { name: 'nuclei.jsonl', content: demo('nuclei.jsonl') },
  ]);
  expect(await send(assessment, 'july.zip', archive)).toBe(202);

  const reports = await readReports(assessment);
  expect(reports.map(({ name, state, format }) => [name, state, format])).toEqual([
    ['july.zip', 'read', 'archive'],
    ['july.zip › 七月/zap.xml', 'read', 'zap'],
    ['july.zip › nuclei.jsonl', 'read', 'nuclei'],
  ]);
  expect(reports.slice(1).every(({ findings }) => findings! > 0)).toBe(true);

  await system.as(cookie, { method: 'DELETE', url: `/api/assessments/${assessment}/reports/${reports[0]!.id}` });
  expect(await reportsOf(assessment)).toEqual([]);
  expect(((await system.as(cookie, { url: `/api/assessments/${assessment}/findings` })).json() as { total: number }).total).toBe(0);
}, 60_000);

test('an archive with one member that cannot be read is refused whole, naming the member', async () => {
  const assessment = await begin();
  const archive = zipOf([
    { name: 'zap.xml', content: demo('zap.xml') },
    { name: 'holiday.txt', content: 'no report at all' },
  ]);
  await send(assessment, 'mixed.zip', archive);

  const reports = await readReports(assessment);
  expect(reports).toHaveLength(1);
  expect(reports[0]).toMatchObject({ name: 'mixed.zip', state: 'refused', refusal: { code: 'unknown-scanner-format' } });
  expect(reports[0]!.refusal!.detail).toContain('`holiday.txt`');
  expect(((await system.as(cookie, { url: `/api/assessments/${assessment}/findings` })).json() as { total: number }).total).toBe(0);
}, 60_000);
