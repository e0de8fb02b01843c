import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';
import { readSheet } from 'read-excel-file/node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { useDatabase } from '../../test/postgres.ts';
import { Note, notes, personOf, runnerOver } from '../../test/runner.ts';
import { firm } from '../../test/cases/assessment-world.ts';
import { loadContent } from '../io/content/index.ts';
import type { Members } from '../io/interfaces.ts';
import { openQueue, type OpenQueue } from '../io/jobs/index.ts';
import { spreadsheets } from '../io/spreadsheets/index.ts';
import { exportAssessments, listAssessments, startAssessment } from './assessment.ts';
import { exportOf } from './exports.ts';
import { exportJournal, listJournal } from './journal.ts';
import { operation, type Actor } from './operation.ts';
import type { Runner } from './run.ts';

const store = useDatabase();
const content = loadContent({ contentDir: fileURLToPath(new URL('../../content', import.meta.url)), feedDirs: [] });

const writeNotes = operation({
  name: 'writeNotes',
  module: 'test',
  summary: { zh: '写', en: 'Write' },
  who: 'policy:bind',
  input: z.strictObject({ count: z.int(), words: z.string() }),
  output: z.strictObject({}),
  http: null,
  effect: 'write',
  run: async ({ records }, { count, words }) => {
    for (let index = 0; index < count; index += 1) await records.insert(notes, { insurer: 'ins', words: `${words}${index}` });
    return {};
  },
});
const listNotes = operation({
  name: 'listNotes',
  module: 'test',
  summary: { zh: '便条列表', en: 'List notes' },
  who: 'policy:read',
  input: z.strictObject({ begins: z.string().optional(), after: z.string().optional(), limit: z.int().max(200).optional() }),
  output: z.strictObject({ items: z.array(Note), next: z.string().nullable() }),
  http: { method: 'GET', path: '/notes', status: 200, body: 'json' },
  effect: 'read',
  run: async ({ records }, { begins = '', ...page }) => {
    const { items, next } = await records.list(notes, page);
    return { items: items.map(({ body }) => body).filter(({ words }) => words.startsWith(begins)), next };
  },
});
const exportNotes = exportOf(listNotes, { rows: ({ items }) => items, columns: [['text', '内容', 'Words', ({ words }) => words]] });

const members = {
  membershipsOf: async () => [{ organisation: 'firm-a', organisationName: '示例甲公司', organisationKind: 'insured', roles: ['owner'] }],
} as unknown as Members;
let queue: OpenQueue;
let runner: Runner;
beforeAll(async () => {
  queue = await openQueue(store.database, () => undefined);
  const operations = [writeNotes, listNotes, exportNotes, startAssessment, listAssessments, exportAssessments, listJournal, exportJournal];
  runner = runnerOver(store.database, queue, operations as never, { content, members, spreadsheets });
});
afterAll(() => queue.stop(0));

interface File {
  readonly file: string;
  readonly mediaType: string;
  readonly name: string;
}
const asked = async (actor: Actor, input: object, which = exportNotes): Promise<File> => (await runner.run(which, { actor, input })).output as File;
const rowsOf = (file: File): string[][] => parse(Buffer.from(file.file, 'base64'), { bom: true, relax_column_count: true, skip_empty_lines: true });
const owner = personOf('firm-a');

describe('the export of a list', () => {
  test('holds every row of every page, in the order of the list', async () => {
    await runner.run(writeNotes, { actor: owner, input: { count: 450, words: 'a' } });

    const [, ...rows] = rowsOf(await asked(owner, { format: 'csv', about: false }));

    expect(rows.map(([words]) => words)).toEqual(Array.from({ length: 450 }, (_, index) => `a${449 - index}`));
  });

  test('holds only what the filters leave, and says which they were, who asked and when', async () => {
    const file = await asked(owner, { format: 'csv', language: 'en', begins: 'a44' });
    const rows = rowsOf(file);

    expect(rows.filter(([words]) => /^a\d/.test(words!)).map(([words]) => words)).toEqual([
      'a449',
      'a448',
      'a447',
      'a446',
      'a445',
      'a444',
      'a443',
      'a442',
      'a441',
      'a440',
      'a44',
    ]);
    expect(Object.fromEntries(rows)).toMatchObject({
      List: 'List notes',
      Organisation: '示例甲公司',
      'Exported by': 'Wang Ceshi',
      'Exported at (Beijing time)': '2026-07-01 20:00:00',
      'Filter: begins': 'a44',
      Ratebook: content.ratebook.file.version,
    });
    expect(rows.flat().filter((text) => text.includes('便条') || text.includes('listNotes'))).toEqual([]);
    expect(file.name).toBe('notes-2026-07-01.csv');
  });

  test('shows another organisation nothing of it', async () => {
    expect(rowsOf(await asked(personOf('firm-b'), { format: 'csv', about: false }))).toEqual([['内容']]);
  });

  test('needs the permission of the list', async () => {
    await expect(asked(personOf('firm-a', { roles: [] }), {})).rejects.toMatchObject({ code: 'not-permitted' });
  });

  test('refuses a page and a field that the list does not have', async () => {
    await expect(asked(owner, { limit: 10 })).rejects.toMatchObject({ kind: 'bad-input' });
    await expect(asked(owner, { format: 'pdf' })).rejects.toMatchObject({ kind: 'bad-input' });
  });

  test('stands in the journal, although it changes nothing', async () => {
    await asked(owner, { format: 'xlsx', begins: 'a1' });
    const { entries } = (await runner.run(listJournal, { actor: owner, input: { limit: 1 } })).output;

    expect(entries[0]).toMatchObject({ operation: 'exportNotes', facts: { list: 'listNotes', format: 'xlsx', filters: '{"begins":"a1"}' } });
  });

  test('of the journal follows its own way of paging', async () => {
    for (let index = 0; index < 3; index += 1) await runner.run(writeNotes, { actor: owner, input: { count: 0, words: '' } });
    const [, ...rows] = rowsOf(await asked(owner, { format: 'csv', about: false }, exportJournal));
    const numbers = rows.map(([sequence]) => Number(sequence));

    expect(numbers.length).toBeGreaterThan(4);
    expect(numbers).toEqual(numbers.map((_, index) => numbers[0]! - index));
    expect(numbers.at(-1)).toBe(1);
  });

  test('writes assessments as a workbook with typed columns', async () => {
    await runner.run(startAssessment, { actor: owner, input: { firm: { ...firm, name: '=SUM(1)' } } });
    const file = await asked(owner, {}, exportAssessments);
    const [heads, row] = await readSheet(Buffer.from(file.file, 'base64'));

    expect(file).toMatchObject({ name: '评估列表-2026-07-01.xlsx', mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' });
    expect(heads!.slice(0, 2)).toEqual(['企业', '评分']);
    expect(row![0]).toBe('=SUM(1)');
    expect(typeof row![1]).toBe('number');
    expect(row![9 - 1]).toBeInstanceOf(Date);
  });
});
