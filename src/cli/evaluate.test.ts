import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { StudyReport } from '../domain/evaluation/index.ts';
import { evaluate } from './evaluate.ts';

const folder = mkdtempSync(join(tmpdir(), 'riskloop-evaluate-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  let [out, err] = ['', ''];
  const code = await evaluate(args, { stdout: (text) => (out += text), stderr: (text) => (err += text), clock: () => '2026-07-01T00:00:00Z' });
  return { code, out, err };
}

const pilot = file('pilot.csv', `unit,before,after\n${Array.from({ length: 49 }, (_, i) => `firm ${i},${i < 2 ? 1 : 0},1`).join('\n')}\n`);

describe('riskloop evaluate', () => {
  it('prints the pilot as one JSON object in the published form', async () => {
    const { code, out } = await run('--design', 'paired', '--data', pilot, '--json');

    const report = StudyReport.parse(JSON.parse(out));
    expect(code).toBe(0);
    expect(Object.keys(JSON.parse(out) as object)).toEqual(['design', 'n', 'estimates', 'tests', 'dropped', 'words', 'caveats']);
    expect(report).toMatchObject({ design: 'paired', n: 49, dropped: [] });
    expect(report.tests[0]!.method).toBe('exact McNemar');
    expect(report.tests[0]!.p).toBeCloseTo(2 * 0.5 ** 47, 24);
  });

  it('prints a page in Chinese unless asked for English', async () => {
    expect((await run('--design', 'paired', '--data', pilot)).out).toMatch(/^该指标：之前 2\/49/);
    expect((await run('--design', 'paired', '--data', pilot, '--lang', 'en')).out).toMatch(/^The indicator: before 2\/49/);
  });

  it('speaks of the metric by its name and knows that the gate forces it', async () => {
    const { out } = await run('--design', 'paired', '--data', pilot, '--metric', 'waf-or-hids-coverage');

    expect(out).toContain('WAF 或 HIDS 覆盖率');
    expect(out).toContain('属于合规');
    expect((await run('--design', 'paired', '--data', pilot, '--metric', 'luck')).out).toContain('指标目录中没有“luck”');
  });

  it('gives the same answer for the same seed', async () => {
    const values = file('values.csv', `unit,group,value\n${Array.from({ length: 60 }, (_, i) => `u${i},${i % 2},${(i * 37) % 11}`).join('\n')}\n`);
    const args = ['--design', 'groups', '--data', values, '--json'];

    expect((await run(...args, '--seed', '7')).out).toBe((await run(...args, '--seed', '7')).out);
    expect((await run(...args, '--seed', '7')).out).toContain('seed 7');
  });

  it('lists rows with surplus cells and empty rows as not used, with line and reason', async () => {
    const table = file('surplus.csv', 'unit,before,after\na,1,2\nb,1,5,2\n,,\nc,3,4,\n\nd,2,2\n , ,\n');
    const report = StudyReport.parse(JSON.parse((await run('--design', 'paired', '--data', table, '--json')).out));

    expect(report.n).toBe(3);
    expect(report.dropped.map(({ line, code }) => [line, code])).toEqual([
      [3, 'surplus-cells'],
      [4, 'empty-row'],
      [8, 'empty-row'],
    ]);
    expect(report.caveats.find(({ code }) => code === 'rows-dropped')!.text.en).toContain('3 of 6 rows');
  });

  it('refuses a column named twice, also one that a table need not have', async () => {
    expect((await run('--design', 'survival', '--data', file('twice.csv', 'unit,group,group,time,event\na,x,y,1,1\n'))).err).toMatch(/^repeated-column/);
  });

  it('refuses control characters, in names as in numbers, and tells no endless header', async () => {
    const refused = async (content: string) => (await run('--design', 'paired', '--data', file('hostile.csv', content))).err;

    expect(await refused('unit,before,after\na,0,1\nb\0,0,1\n')).toMatch(/^not-text: .* line 3 holds the control character U\+0000/);
    expect(await refused('unit,before,after\n\u001b[2Ja,0,1\n')).toMatch(/line 2 holds the control character U\+001B/);
    expect(await refused('unit,before,after\n\u009b2Ja,0,1\n')).toMatch(/line 2 holds the control character U\+009B/);
    expect(await refused('unit,before,after\na,0,1\n\u202Eb,0,1\n')).toMatch(/line 3 holds the control character U\+202E/);
    expect((await refused('x'.repeat(1_000_000))).length).toBeLessThan(300);
    expect((await refused('x,'.repeat(100_000))).length).toBeLessThan(400);
  });

  it('reads the columns that it needs from a table with very many', async () => {
    const wide = `unit,before,after${',more'.repeat(50_000)}\n${Array.from({ length: 300 }, (_, at) => `f${at},0,1`).join('\n')}\n`;

    expect((await run('--design', 'paired', '--data', file('wide.csv', wide))).out).toContain('300/300');
  });

  it('prints the survival table with at-risk counts', async () => {
    const repairs = file('repairs.csv', 'unit,time,event\na,3,1\nb,7,1\nc,7,1\nd,14,1\ne,21,1\nf,30,0\ng,30,0\nh,45,1\n');

    const report = StudyReport.parse(JSON.parse((await run('--design', 'survival', '--data', repairs, '--json')).out));

    expect(report.table!.map(({ time, atRisk, survival }) => [time, atRisk, survival])).toEqual([
      [3, 8, 0.875],
      [7, 7, 0.625],
      [14, 5, 0.5],
      [21, 4, 0.375],
      [45, 1, 0],
    ]);
    expect(report.estimates[0]).toMatchObject({ name: 'median-time[all]', value: 14 });
  });

  it('reads a table saved by a Chinese spreadsheet program', async () => {
    const [name, rest] = [Buffer.from([0xc6, 0xf3, 0xd2, 0xb5]), (text: string) => Buffer.from(text)];
    const gbk = Buffer.concat([rest('unit,before,after\n'), name, rest('1,0,1\n'), name, rest('2,,1\n')]);
    const { out } = await run('--design', 'paired', '--data', file('gbk.csv', gbk), '--json');

    expect(JSON.parse(out)).toMatchObject({ n: 1, dropped: [{ unit: '企业2', code: 'missing-pair' }] });
  });

  it('says of too few units for any evidence that no evidence was possible', async () => {
    const one = file('one.csv', 'unit,before,after\na,10,12\n');
    const did = file('did.csv', 'unit,group,period,value\na,1,0,1\na,1,1,2\nb,0,0,1\nb,0,1,1\n');

    expect((await run('--design', 'paired', '--data', one, '--lang', 'en')).out).toContain('no evidence was possible');
    expect((await run('--design', 'did', '--data', did, '--lang', 'en')).out).toContain('no evidence was possible');
  });

  it('answers bad input with what and where, and exit code 2', async () => {
    const json = async (...args: string[]) => {
      const { code, out } = await run(...args, '--json');
      return [code, (JSON.parse(out) as { refused: { code: string } }).refused.code];
    };

    expect(await json('--design', 'guess', '--data', pilot)).toEqual([2, 'bad-usage']);
    expect(await json('--design', 'paired')).toEqual([2, 'bad-usage']);
    expect(await json('--design', 'paired', '--data', pilot, '--seed', '-1')).toEqual([2, 'bad-usage']);
    expect(await json('--design', 'paired', '--data', join(folder, 'nothing.csv'))).toEqual([2, 'file-not-found']);
    expect(await json('--design', 'did', '--data', pilot)).toEqual([2, 'missing-column']);
    expect(await json('--design', 'paired', '--data', file('empty.csv', ''))).toEqual([2, 'missing-column']);
    expect(await json('--design', 'paired', '--data', file('header.csv', 'unit,before,after\n'))).toEqual([2, 'no-usable-rows']);
    expect(await json('--design', 'paired', '--data', file('twice.csv', 'unit,before,before,after\na,1,0,1\n'))).toEqual([2, 'repeated-column']);
    expect(await json('--design', 'paired', '--data', file('quote.csv', 'unit,before,after\n"a,1,0\n'))).toEqual([2, 'not-csv']);
    expect(await json('--design', 'paired', '--data', file('binary.csv', Buffer.from([0x81, 0xff, 0x0a])))).toEqual([2, 'not-utf-8']);
    expect(await json('--design', 'paired', '--data', file('semicolons.csv', 'unit;before;after\na;0;1\n'))).toEqual([2, 'missing-column']);
  });

  it('refuses a comparison with an empty group by exit code 3', async () => {
    const { code, err } = await run('--design', 'groups', '--data', file('one.csv', 'unit,group,value\na,x,1\nb,x,0\n'));

    expect(code).toBe(3);
    expect(err).toContain('empty-group');
  });

  it('names lines as they stand in the file, after a byte order mark and blank lines', async () => {
    const { out } = await run('--design', 'paired', '--data', file('bom.csv', '\uFEFFUnit, Before ,After\r\n\r\na,0,1\r\n\r\nb,,1\r\n"c",1,1\r\n'), '--json');

    expect(StudyReport.parse(JSON.parse(out)).dropped).toMatchObject([{ line: 5, unit: 'b', code: 'missing-pair' }]);
  });
});
