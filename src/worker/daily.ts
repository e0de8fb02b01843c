import type { Actor, Operation } from '../app/operation.ts';
import type { Runner } from '../app/run.ts';
import { dayOf, type Instant } from '../domain/basics/index.ts';
import type { OrganisationKind } from '../domain/parties/index.ts';

/** What the daily round needs of the system. */
export interface DailyParts {
  readonly operations: readonly Operation[];
  readonly runner: Runner;
  readonly clock: () => Instant;
  /** Every organisation of the installation. */
  readonly organisations: () => Promise<readonly { id: string; kind: OrganisationKind }[]>;
  /** Before each look: hears of what other processes changed. */
  readonly before: () => Promise<void>;
  readonly onFault: (error: unknown) => void;
}

/** Stands for the installation where work belongs to no organisation. */
const installation = { id: 'installation', kind: 'operator' as const };

/**
 * Runs what is due on this day (Asia/Shanghai) and was not run: first for the installation, so that each organisation is looked at with the day's threats.
 * The day is the idempotency key: several processes, or a restart, run each once. `done` remembers within this process what needs no asking.
 */
export async function runDaily(parts: DailyParts, done: Set<string>): Promise<void> {
  const day = dayOf(parts.clock());
  await parts.before();
  const due = (schedule: Operation['schedule']): readonly Operation[] => parts.operations.filter((operation) => operation.schedule === schedule);
  for (const operation of due('daily-for-the-installation')) await runOnce(parts, done, operation, installation, day);
  for (const organisation of await parts.organisations()) {
    for (const operation of due('daily-for-each-organisation')) await runOnce(parts, done, operation, organisation, day);
  }
}

async function runOnce(
  parts: DailyParts,
  done: Set<string>,
  operation: Operation,
  organisation: { id: string; kind: OrganisationKind },
  day: string,
): Promise<void> {
  const name = `${day} ${operation.name} ${organisation.id}`;
  if (done.has(name)) return;
  try {
    const actor: Actor = { user: 'system', name: 'system', organisation: organisation.id, organisationKind: organisation.kind, roles: [], via: 'system' };
    await parts.runner.run(operation, { actor, input: {}, key: `day:${day}` });
    done.add(name);
  } catch (error) {
    parts.onFault(error);
  }
}

const lookEveryMillis = 15 * 60_000;

/** Looks now and then whether something is due; one look at a time. Returns how to stop, which waits for a look that is under way. */
export function startDaily(parts: DailyParts, firstAfterMillis = 60_000): () => Promise<void> {
  const done = new Set<string>();
  let looking: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout;
  const lookOnce = async (): Promise<void> => {
    await runDaily(parts, done).catch(parts.onFault);
    timer = setTimeout(look, lookEveryMillis).unref();
  };
  const look = (): void => {
    looking = lookOnce();
  };
  timer = setTimeout(look, firstAfterMillis).unref();
  return async () => {
    clearTimeout(timer);
    await looking;
    clearTimeout(timer);
  };
}
