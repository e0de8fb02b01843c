import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { PostgresServer } from './server.ts';

/** Stays connected to an embedded server: it is known to be in use, and is started again when it dies. */
export interface Attendance {
  /** No longer looks after the server. */
  end(): Promise<void>;
}

/** `restart` starts the server again, or adopts the one that another process has started meanwhile. `onFault` hears when that fails; it is tried again. */
export async function attend(server: PostgresServer, restart: () => Promise<PostgresServer>, onFault: (error: unknown) => void): Promise<Attendance> {
  let ending = false;
  let presence = await connect(server, died);
  function died(): void {
    if (!ending) void revive();
  }
  async function revive(): Promise<void> {
    while (!ending) {
      try {
        presence = await connect(await restart(), died);
        return;
      } catch (error) {
        onFault(error);
        await sleep(1_000);
      }
    }
  }
  return {
    end: async () => {
      ending = true;
      await presence.end().catch(() => undefined);
    },
  };
}

async function connect(server: PostgresServer, died: () => void): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: server.url('postgres'), application_name: 'attendance', keepAlive: true });
  client.on('error', () => undefined);
  await client.connect();
  client.once('end', died);
  return client;
}
