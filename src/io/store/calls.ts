import { Refusal } from '../../domain/basics/index.ts';
import type { KeyedCall, Transaction } from '../interfaces.ts';
import type { Session } from './session.ts';
import { ownOnly } from './visible.ts';

/** Takes the key for this transaction, or finds the answer that was given under it. The insert waits for a call with the same key that is under way. */
export const claimCall = (session: Session, call: KeyedCall): ReturnType<Transaction['claimCall']> =>
  session.as(session.organisation, async (execute) => {
    const values = [session.organisation, call.operation, call.key];
    const taken = await execute(
      'insert into app.calls (org_id, operation, key, input_hash, at) values ($1, $2, $3, $4, $5) on conflict do nothing returning key',
      [...values, call.inputHash, session.now],
    );
    if (taken.length > 0) return { answered: false };
    const [earlier] = await execute<{ input_hash: string; output: unknown }>(
      `select input_hash, output from app.calls where ${ownOnly} and operation = $2 and key = $3`,
      values,
    );
    if (!earlier) throw new Error('a call that took the key left no row');
    if (earlier.input_hash !== call.inputHash)
      throw new Refusal('conflict', 'idempotency-key-reused', 'this idempotency key was used with other input', { operation: call.operation });
    return { answered: true, output: earlier.output };
  });

export const keepAnswer = (session: Session, call: KeyedCall, output: unknown): Promise<void> =>
  session.as(session.organisation, async (execute) => {
    await execute(`update app.calls set output = $4 where ${ownOnly} and operation = $2 and key = $3`, [
      session.organisation,
      call.operation,
      call.key,
      JSON.stringify(output),
    ]);
  });
