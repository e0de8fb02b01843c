import { refreshStudies } from '../app/studies.ts';
import type { World } from './world.ts';

const hourMillis = 3_600_000;

/**
 * Looks at the start and then every hour whether studies that are to be kept fresh were run today, and has those that were not run again. The hour is the idempotency key, so that
 * several processes that look at once enqueue each study once. Answers how to stop.
 */
export function keepStudiesFresh({ identity, runner, clock }: Pick<World, 'identity' | 'runner' | 'clock'>, onFault: (error: unknown) => void): () => void {
  const look = async (): Promise<void> => {
    for (const { id } of await identity.members.organisationsOf('insurer')) {
      const actor = { user: 'system', name: 'Riskloop', organisation: id, organisationKind: 'insurer', roles: ['actuary'], via: 'system' } as const;
      await runner.run(refreshStudies, { actor, input: {}, key: `refresh:${clock().slice(0, 13)}` });
    }
  };
  const lookNow = (): void => void look().catch(onFault);
  lookNow();
  const timer = setInterval(lookNow, hourMillis);
  timer.unref();
  return () => clearInterval(timer);
}
