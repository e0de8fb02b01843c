import { z } from 'zod';
import { Notice } from '../domain/assessment/index.ts';
import { Instant } from '../domain/basics/index.ts';
import type { RecordKind } from '../io/interfaces.ts';
import { exportOf } from './exports.ts';
import { type Desk, operation } from './operation.ts';

export const notices: RecordKind<typeof Notice> = { name: 'notice', table: 'notices', schema: Notice, schemaVersion: 1, upgrades: {} };

/** Tells an organisation something, unless it was told before. Returns whether it was news. */
export async function tellOnce({ records }: Pick<Desk, 'records'>, notice: Notice): Promise<boolean> {
  const earlier = await records.list(notices, { where: { subject: notice.subject }, limit: 1 });
  if (earlier.items.length > 0) return false;
  await records.insert(notices, notice);
  return true;
}

const NoticeRecord = z.strictObject({ id: z.string(), at: Instant, ...Notice.omit({ readBy: true }).shape, read: z.boolean() }).meta({ id: 'NoticeRecord' });

export const listNotices = operation({
  name: 'listNotices',
  module: 'assessment',
  summary: { zh: '通知列表', en: 'List what the organisation was told, newest first' },
  who: 'firm:read',
  input: z.strictObject({
    after: z.string().max(200).optional(),
    limit: z.coerce.number().int().min(1).max(200).optional(),
    assessment: z.string().max(100).optional(),
  }),
  output: z.strictObject({ items: z.array(NoticeRecord), next: z.string().nullable() }),
  http: { method: 'GET', path: '/notices', status: 200, body: 'json' },
  effect: 'read',
  run: async ({ records, actor }, { assessment, ...page }) => {
    const { items, next } = await records.list(notices, { ...page, ...(assessment === undefined ? {} : { where: { assessment } }) });
    return {
      items: items.map(({ id, createdAt, body: { readBy = [], ...body } }) => ({ id, at: createdAt, ...body, read: readBy.includes(actor.user) })),
      next,
    };
  },
});

export const markNotices = operation({
  name: 'markNotices',
  module: 'assessment',
  summary: { zh: '标记通知已读', en: 'Mark notices as read or unread, for oneself' },
  who: 'firm:read',
  input: z.strictObject({ notices: z.array(z.string().max(100)).min(1).max(200), read: z.boolean() }),
  output: z.strictObject({ changed: z.int() }),
  http: { method: 'POST', path: '/notices/marks', status: 200, body: 'json' },
  effect: 'write',
  run: async ({ records, actor, note }, { notices: ids, read }) => {
    let changed = 0;
    for (const id of new Set(ids)) {
      const { version, body } = await records.lock(notices, id);
      const others = (body.readBy ?? []).filter((user) => user !== actor.user);
      if ((others.length !== (body.readBy ?? []).length) === read) continue;
      await records.save(notices, id, version, { ...body, readBy: read ? [...others, actor.user] : others });
      changed += 1;
    }
    note({ notices: changed });
    return { changed };
  },
});

export const exportNotices = exportOf(listNotices, {
  rows: ({ items }) => items,
  columns: [
    ['instant', '时间', 'At', ({ at }) => at],
    ['text', '类型', 'Kind', ({ kind }) => kind],
    ['prose', '内容', 'Text', ({ text }, language) => text[language]],
    ['instant', '期限', 'Due at', ({ dueAt }) => dueAt],
    ['text', '评估', 'Assessment', ({ assessment }) => assessment],
    ['text', '漏洞', 'Weakness', ({ weakness }) => weakness],
  ],
});
