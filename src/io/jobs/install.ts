import { PgBoss } from 'pg-boss';
import { asOwner } from '../store/index.ts';

/** The queue's own schema, and its two queues: `work`, and `lost` for what no worker survived. */
export const schema = 'boss';
export const queues = { work: 'work', lost: 'lost' } as const;

/** Tries after the first one. */
export const retryLimit = 3;
/** A worker that was silent for this long is taken for dead, and its jobs go to another one. The library allows no less. */
export const heartbeatSeconds = 10;
const expireInSeconds = 600;

/** Makes or upgrades the queue's tables as the owner, and lets the serving roles use them. */
export async function installQueue(ownerUrl: string): Promise<void> {
  await asOwner(ownerUrl, async (owner) => {
    // Two starts at once would both make the queues.
    await owner.query(`select pg_advisory_lock(hashtextextended('riskloop queue', 0))`);
    const boss = new PgBoss({ db: { executeSql: (text, values) => owner.query(text, values as unknown[]) }, schema, supervise: false, schedule: false });
    boss.on('error', () => undefined);
    await boss.start();
    await makeQueues(boss);
    await boss.stop({ graceful: false });
    await owner.query(
      `grant usage on schema ${schema} to app_rw; grant select, insert, update, delete on all tables in schema ${schema} to app_rw; grant usage, select on all sequences in schema ${schema} to app_rw`,
    );
  });
}

async function makeQueues(boss: PgBoss): Promise<void> {
  const steady = { heartbeatSeconds, expireInSeconds, retryLimit, retryDelay: 1, retryBackoff: true };
  if (!(await boss.getQueue(queues.lost))) await boss.createQueue(queues.lost, { ...steady, retryLimit: 20 });
  if (!(await boss.getQueue(queues.work))) await boss.createQueue(queues.work, { ...steady, deadLetter: queues.lost });
}
