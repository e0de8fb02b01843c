import type { Transaction } from '../interfaces.ts';
import type { Session } from './session.ts';
import { ownOnly } from './visible.ts';

/** Writes down that the acting organisation handed in the file of this content. */
export const receiveFile = (session: Session, hash: string): Promise<void> =>
  session.as(session.organisation, async (execute) => {
    await execute('insert into app.received_files (org_id, hash, at) values ($1, $2, $3) on conflict do nothing', [session.organisation, hash, session.now]);
  });

/** Whether the acting organisation handed in the file of this content. */
export const hasReceived = (session: Session, hash: string): ReturnType<Transaction['hasReceived']> =>
  session.as(session.organisation, async (execute) => {
    const rows = await execute(`select 1 as one from app.received_files where ${ownOnly} and hash = $2`, [session.organisation, hash]);
    return rows.length > 0;
  });
