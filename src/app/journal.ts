import { z } from 'zod';
import { Instant } from '../domain/basics/index.ts';
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

export const journalOperations = [listJournal, verifyJournal];
