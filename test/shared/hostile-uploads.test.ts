import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parse } from 'yaml';
import { expect, test } from 'vitest';
import { checkout, useWholeSystem } from '../world.ts';
import { boundMillis, hostileCorpus } from './hostile-corpus.ts';
import { describeShared } from './shared-data.ts';

interface Report {
  readonly id: string;
  readonly name: string;
  readonly state: 'reading' | 'read' | 'refused';
  readonly refusal: { readonly code: string; readonly detail: string } | null;
}

const profile = parse(readFileSync(join(checkout, 'content', 'demo', 'firms', 'shop', 'profile.yaml'), 'utf8')) as object;

/** Sends each hostile file where scanner reports go in, and waits for what the worker makes of it. */
describeShared('hostile files sent as scanner reports', () => {
  const system = useWholeSystem();
  const { folder, cases } = hostileCorpus();
  const files = cases.filter(({ id }) => /^[XJI]/.test(id) || ['Z01', 'Z04', 'Z13', 'Z14'].includes(id));
  let cookie = '';
  let assessment = '';

  async function send(name: string, bytes: Buffer): Promise<{ status: number; body: string }> {
    const head = `--b\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: application/octet-stream\r\n\r\n`;
    const payload = Buffer.concat([Buffer.from(head), bytes, Buffer.from('\r\n--b--\r\n')]);
    const answer = await system.as(cookie, {
      method: 'POST',
      url: `/api/assessments/${assessment}/reports`,
      payload,
      headers: { 'content-type': 'multipart/form-data; boundary=b' },
    });
    return { status: answer.statusCode, body: answer.body };
  }

  async function reportsNow(): Promise<Report[]> {
    return ((await system.as(cookie, { url: `/api/assessments/${assessment}` })).json() as { reports: Report[] }).reports;
  }

  test('are taken in or refused at once, never with a failure', async () => {
    cookie = await system.enter('one@example.com');
    const started = await system.as(cookie, { method: 'POST', url: '/api/assessments', payload: { firm: profile } });
    expect(started.statusCode, started.body).toBe(201);
    assessment = (started.json() as { id: string }).id;

    for (const { id, file } of files) {
      const began = performance.now();
      const { status, body } = await send(file, readFileSync(join(folder, file)));
      expect([202, 400, 413, 422], `${id} ${body}`).toContain(status);
      expect(performance.now() - began, id).toBeLessThan(boundMillis);
    }
  }, 120_000);

  test('are read or refused as a whole, none stays unread, and the refusal says why without saying what is inside', async () => {
    const deadline = performance.now() + 100_000;
    let reports = await reportsNow();
    while (reports.some(({ state }) => state === 'reading') && performance.now() < deadline) {
      await wait(500);
      reports = await reportsNow();
    }

    expect(reports.filter(({ state }) => state === 'reading').map(({ name }) => name)).toEqual([]);
    const wronglyRead = reports.filter(
      ({ state, name }) => state === 'read' && !/accepted|ignored|or 415/.test(cases.find(({ file }) => file === name)!.expect),
    );
    expect(wronglyRead.map(({ name }) => name)).toEqual([]);
    for (const { state, refusal, name } of reports) {
      if (state !== 'refused') continue;
      expect(refusal!.code, name).toMatch(/^[a-z0-9-]+$/);
      expect(refusal!.detail, name).not.toMatch(/root:|node_modules|\.ts:|internal-error/);
    }
  }, 120_000);

  test('left the system able to serve', async () => {
    expect((await system.app.inject({ url: '/readyz' })).statusCode).toBe(200);
    expect((await reportsNow()).length).toBeGreaterThan(20);
  });
});
