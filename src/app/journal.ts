import { z } from 'zod';
import { Instant } from '../domain/basics/index.ts';
import { exportOf, joined } from './exports.ts';
import { operation } from './operation.ts';

const JournalEntry = z
  .strictObject({
    sequence: z.int(),
    at: Instant,
    actor: z.string(),
    operation: z.string(),
    outcome: z.string(),
    facts: z.record(z.string(), z.union([z.string(), z.number()])),
    hash: z.string(),
  })
  .meta({ id: 'JournalEntry' });

export const listJournal = operation({
  name: 'listJournal',
  module: 'journal',
  summary: { zh: '操作日志', en: "List the organisation's journal, newest first" },
  who: 'audit:read',
  input: z.strictObject({ before: z.coerce.number().int().min(1).optional(), limit: z.coerce.number().int().min(1).max(500).optional() }),
  output: z.strictObject({ entries: z.array(JournalEntry) }),
  http: { method: 'GET', path: '/journal', status: 200, body: 'json' },
  effect: 'read',
  run: async ({ journal }, page) => ({ entries: [...(await journal.list(page))] }),
});

export const exportJournal = exportOf(listJournal, {
  rows: ({ entries }) => entries,
  following: ({ entries }) => (entries.length === 0 ? null : { before: entries.at(-1)!.sequence }),
  columns: [
    ['integer', '序号', 'Sequence', ({ sequence }) => sequence],
    ['instant', '时间', 'At', ({ at }) => at],
    ['text', '操作人', 'Actor', ({ actor }) => actor],
    ['text', '操作', 'Operation', ({ operation: name }) => name],
    ['text', '结果', 'Outcome', ({ outcome }) => outcome],
    ['prose', '事实', 'Facts', ({ facts }) => joined(Object.entries(facts).map(([name, value]) => `${name}=${value}`))],
    ['text', '哈希', 'Hash', ({ hash }) => hash],
  ],
});

export const verifyJournal = operation({
  name: 'verifyJournal',
  module: 'journal',
  summary: { zh: '验证日志完整性', en: 'Walk the whole journal and check that no line was changed or removed' },
  who: 'audit:read',
  input: z.strictObject({}),
  output: z.strictObject({ lines: z.int(), broken: z.int().nullable(), head: z.string() }),
  http: { method: 'GET', path: '/journal/verification', status: 200, body: 'json' },
  effect: 'read',
  run: ({ journal }) => journal.verify(),
});

export const journalOperations = [listJournal, exportJournal, verifyJournal];
