import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Database, Desk, Transaction, View } from '../interfaces.ts';
import { addLines, journalOf } from './audit.ts';
import { claimCall, keepAnswer } from './calls.ts';
import { hasReceived, receiveFile } from './received-files.ts';
import { findingsOf } from './findings.ts';
import { grantsOf } from './grants.ts';
import { holdingsOf } from './holdings.ts';
import { ledgerOf } from './ledger.ts';
import { sealsOf } from './seals.ts';
import { asRefusal, isCollision, isConnectionLoss, outcomeUnknown } from './outage.ts';
import { recordsOf } from './records.ts';
import { openSession, type Session } from './session.ts';

const attempts = 6;

/**
 * Transactions over a pool. A transaction that collided with another, or lost its connection before the commit, is run again a few times.
 * One that lost it during the commit is run again only when the view says that this does no harm; else a Refusal `outcome-unknown`.
 */
export const transactOver =
  (pool: pg.Pool): Database['transact'] =>
  async (view, work) => {
    for (let attempt = 1; ; attempt += 1) {
      const ended = await attemptOnce(pool, view, work);
      if (ended.done) return ended.result;
      if (!ended.again || attempt === attempts) throw asRefusal(ended.error);
      await sleep(pauseMillis(attempt, ended.error));
    }
  };

/** Collisions pass quickly, with chance so that two do not meet again; a server that restarts needs seconds: 0.1 + 0.2 + … + 1.6 s in all. */
const pauseMillis = (attempt: number, error: unknown): number => (isConnectionLoss(error) ? 50 * 2 ** attempt : attempt * (10 + Math.random() * 30));

type Ended<T> = { readonly done: true; readonly result: T } | { readonly done: false; readonly again: boolean; readonly error: unknown };

async function attemptOnce<T>(pool: pg.Pool, view: View, work: (transaction: Transaction) => Promise<T>): Promise<Ended<T>> {
  let client: pg.PoolClient;
  try {
    client = await pool.connect();
  } catch (error) {
    return { done: false, again: isConnectionLoss(error), error };
  }
  const ended = await attemptOn(client, view, work);
  client.release(!ended.done && !(await rolledBack(client, ended.error)));
  return ended;
}

async function attemptOn<T>(client: pg.PoolClient, view: View, work: (transaction: Transaction) => Promise<T>): Promise<Ended<T>> {
  let committing = false;
  const session = openSession(client, view.organisation, view.now);
  try {
    await client.query(beginning(view));
    const result = await work(transactionOf(session));
    session.close();
    committing = true;
    requireCommitted(await client.query('commit'));
    return { done: true, result };
  } catch (error) {
    session.close();
    const lost = isConnectionLoss(error);
    if (committing && lost && !view.repeatable && view.mode === 'write') return { done: false, again: false, error: outcomeUnknown() };
    return { done: false, again: lost || isCollision(error), error };
  }
}

/** One round trip. Reads see one moment (repeatable read); writes see what others committed, and take row locks where they decide on what they read. */
function beginning(view: View): string {
  const how = view.mode === 'read' ? 'isolation level repeatable read read only' : 'isolation level read committed';
  return `begin ${how}; select set_config('app.org_id', ${pg.escapeLiteral(view.organisation)}, true), set_config('app.now', ${pg.escapeLiteral(view.now)}, true)`;
}

/** Postgres answers a commit after a failed statement with a rollback and no error: somebody swallowed the failure. */
function requireCommitted(result: pg.QueryResult): void {
  if (result.command !== 'COMMIT') throw new Error('the transaction had failed and was rolled back at its commit: an operation went on after a database error');
}

async function rolledBack(client: pg.PoolClient, error: unknown): Promise<boolean> {
  if (isConnectionLoss(error)) return false;
  return client.query('rollback').then(
    () => true,
    () => false,
  );
}

function transactionOf(session: Session): Transaction {
  return {
    ...deskOn(session, session.organisation),
    deskOf: (organisation) => deskOn(session, organisation),
    journal: journalOf(session, session.organisation),
    holdings: holdingsOf(session),
    seals: sealsOf(session),
    claimCall: (call) => claimCall(session, call),
    receiveFile: (hash) => receiveFile(session, hash),
    hasReceived: (hash) => hasReceived(session, hash),
    keepAnswer: (call, output) => keepAnswer(session, call, output),
    addJournalLines: (event) => addLines(session, event),
    execute: (text, values) => session.as(session.organisation, (execute) => execute(text, values)),
  };
}

const deskOn = (session: Session, organisation: string): Desk => ({
  records: recordsOf(session, organisation),
  grants: grantsOf(session, organisation),
  findings: findingsOf(session, organisation),
  ledger: ledgerOf(session, organisation),
});
