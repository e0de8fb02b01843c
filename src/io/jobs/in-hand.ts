import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

/** Which deliveries a living process has in hand, so that those of a dead one are taken up within a second or two and not only when its heartbeat has been missed. */
export interface JobsInHand {
  take(delivery: string): Promise<void>;
  put(delivery: string): Promise<void>;
  /** Deliveries of processes that are gone; each is told once. */
  abandoned(): Promise<string[]>;
  end(): Promise<void>;
}

/** The first half of the lock's key; the second is the process's number. */
const lockSpace = 1_919_708_514;

/** Takes a number for this process and holds its lock for as long as the process lives. */
export async function openJobsInHand(pool: pg.Pool, url: string): Promise<JobsInHand> {
  const worker = randomInt(1, 2 ** 31);
  const end = await holdLock(url, worker);
  return {
    take: async (delivery) =>
      void (await pool.query(
        'insert into shared.jobs_in_hand (delivery, worker) values ($1, $2) on conflict (delivery) do update set worker = excluded.worker',
        [delivery, worker],
      )),
    put: async (delivery) => void (await pool.query('delete from shared.jobs_in_hand where delivery = $1 and worker = $2', [delivery, worker])),
    abandoned: () => takeAbandoned(pool, worker),
    end,
  };
}

async function takeAbandoned(pool: pg.Pool, worker: number): Promise<string[]> {
  const { rows } = await pool.query<{ delivery: string }>(
    `delete from shared.jobs_in_hand h where h.worker <> $1 and not exists (
       select from pg_locks l where l.locktype = 'advisory' and l.database = (select oid from pg_database where datname = current_database())
         and l.classid = $2::bigint::oid and l.objid = h.worker::bigint::oid) returning delivery`,
    [worker, lockSpace],
  );
  return rows.map(({ delivery }) => delivery);
}

/** A lock belongs to its connection: when that breaks, it is taken again on another. Meanwhile a job may run twice, which has no second effect. */
async function holdLock(url: string, worker: number): Promise<() => Promise<void>> {
  let ending = false;
  let holder = await lockOn(url, worker, broke);
  function broke(): void {
    if (!ending) void again();
  }
  async function again(): Promise<void> {
    for (; !ending; await sleep(500)) {
      const made = await lockOn(url, worker, broke).catch(() => null);
      if (made === null) continue;
      holder = made;
      return;
    }
  }
  return async () => {
    ending = true;
    await holder.end().catch(() => undefined);
  };
}

async function lockOn(url: string, worker: number, broke: () => void): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, application_name: 'worker', keepAlive: true });
  client.on('error', () => undefined);
  await client.connect();
  await client.query('select pg_advisory_lock($1, $2)', [lockSpace, worker]);
  client.once('end', broke);
  return client;
}
