import { z } from 'zod';
import { Instant } from '../domain/basics/index.ts';
import { holdUntil, isOpenElsewhere } from '../domain/underwriting/index.ts';
import { everyRecord } from './every-record.ts';
import { ofCase } from './case-place.ts';
import { type Context, operation } from './operation.ts';
import { caseLocks, ownCase } from './underwriting-cases.ts';

/** Cases that somebody else has open now. */
export async function openLocks(context: Context) {
  const locks = await everyRecord(context, caseLocks, {});
  return new Map(locks.filter(({ body }) => isOpenElsewhere(body, context.actor.user, context.now)).map(({ body }) => [body.case, body]));
}

export const holdCase = operation({
  name: 'holdCase',
  module: 'underwriting',
  summary: { zh: '打开案卷', en: 'Say that one has the case open; others see the name and cannot decide meanwhile' },
  who: 'case:decide',
  input: ofCase,
  output: z.strictObject({ openBy: z.string().nullable(), until: Instant }),
  http: { method: 'POST', path: '/cases/{submission}/lock', status: 200, body: 'json' },
  effect: 'write',
  run: async (context, { submission }) => {
    const opened = await ownCase(context, submission);
    const { items } = await context.records.list(caseLocks, { where: { case: opened.id }, limit: 1 });
    const held = items[0];
    const until = holdUntil(context.now, context.content.desk.authority.lockMinutes);
    const mine = { case: opened.id, user: context.actor.user, name: context.actor.name, until };
    if (held === undefined) await context.records.insert(caseLocks, mine);
    else if (isOpenElsewhere(held.body, context.actor.user, context.now)) return { openBy: held.body.name, until: held.body.until };
    else await context.records.save(caseLocks, held.id, held.version, mine);
    return { openBy: null, until };
  },
});

export const leaveCase = operation({
  name: 'leaveCase',
  module: 'underwriting',
  summary: { zh: '离开案卷', en: 'Say that one has left the case' },
  who: 'case:decide',
  input: ofCase,
  output: z.strictObject({ left: z.boolean() }),
  http: { method: 'DELETE', path: '/cases/{submission}/lock', status: 200, body: 'json' },
  effect: 'write',
  run: async (context, { submission }) => {
    const opened = await ownCase(context, submission);
    return { left: await leave(context, opened.id) };
  },
});

/** Ends one's own hold on a case; false when one has none. */
export async function leave(context: Context, opened: string): Promise<boolean> {
  const { items } = await context.records.list(caseLocks, { where: { case: opened }, limit: 1 });
  const held = items[0];
  if (held === undefined || held.body.user !== context.actor.user) return false;
  await context.records.save(caseLocks, held.id, held.version, { ...held.body, until: context.now });
  return true;
}
