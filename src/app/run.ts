import type { z } from 'zod';
import { type Instant, Refusal, hashData } from '../domain/basics/index.ts';
import type {
  Database,
  Documents,
  Files,
  JobQueue,
  KeyedCall,
  Members,
  Probes,
  ReportReading,
  Signing,
  Spreadsheets,
  ThreatFeeds,
  TakenJob,
  Transaction,
  View,
} from '../io/interfaces.ts';
import type { Content } from './content.ts';
import { type Actor, type Context, type Operation, type ReceivedFile, actorMay } from './operation.ts';
import { understand } from './understand.ts';

/** What the runner needs of the world. */
export interface Parts {
  readonly database: Database;
  readonly jobs: JobQueue;
  readonly files: Files;
  readonly reading: ReportReading;
  readonly documents: Documents;
  readonly spreadsheets: Spreadsheets;
  readonly probes: Probes;
  readonly feeds: ThreatFeeds;
  readonly members: Members;
  readonly signing: Signing;
  readonly publicAddress: string;
  readonly content: Content;
  readonly clock: () => Instant;
  readonly operations: readonly Operation[];
}

/** Somebody asks for an operation. With the same `key` again, the same input gets the same answer and has no second effect. */
export interface Call {
  readonly actor: Actor;
  readonly input: unknown;
  readonly key?: string;
}

/** `replayed`: this is the answer of an earlier call with the same key. */
export interface Answer<T> {
  readonly output: T;
  readonly replayed: boolean;
}

/** The one path every operation takes, whatever door it came through. */
export interface Runner {
  /** Throws a Refusal when it was not carried out; then nothing was changed. */
  run<I extends z.ZodType, O extends z.ZodType>(operation: Operation<I, O>, call: Call): Promise<Answer<z.infer<O>>>;
  /** Carries out a job. Returns when it has ended, well or badly; throws when it must be tried again. */
  runJob(job: TakenJob): Promise<void>;
}

/** One operation on its way: `key` is how the store knows the call, null when it may have its effect again. */
interface Course {
  readonly operation: Operation;
  readonly actor: Actor;
  readonly input: unknown;
  readonly key: KeyedCall | null;
  readonly view: View;
  readonly job: TakenJob | null;
}

/** Makes the runner. It keeps nothing between calls. */
export function createRunner(parts: Parts): Runner {
  const byName = new Map(parts.operations.map((operation) => [operation.name, operation]));
  return {
    run: async (operation, call) => (await carryOut(parts, courseOf(parts, operation as Operation, call, null))) as Answer<never>,
    runJob: (job) => runJob(parts, byName, job),
  };
}

function courseOf(parts: Parts, operation: Operation, call: Call, job: TakenJob | null): Course {
  const input = understand(operation.input, call.input);
  const key = keyOf(operation, call, input, job);
  const view: View = {
    organisation: call.actor.organisation,
    now: parts.clock(),
    mode: operation.effect === 'read' ? 'read' : 'write',
    repeatable: key !== null,
  };
  return { operation, actor: call.actor, input, key, view, job };
}

/** Keys of clients and of jobs must never meet, hence the prefix. */
function keyOf(operation: Operation, call: Call, input: unknown, job: TakenJob | null): KeyedCall | null {
  if (operation.effect === 'read' || operation.shownOnce) return null;
  const keyed = (key: string): KeyedCall => ({ operation: operation.name, key, inputHash: hashData(input) });
  if (job !== null) return keyed(`job:${job.id}`);
  if (call.key !== undefined) return keyed(`call:${requireKey(call.key)}`);
  if (operation.effect === 'money')
    throw new Refusal('bad-input', 'idempotency-key-required', 'this moves money: send an idempotency key, so that a repeated request has no second effect');
  return null;
}

function requireKey(key: string): string {
  if (/^[\x21-\x7e]{1,200}$/.test(key)) return key;
  throw new Refusal('bad-input', 'idempotency-key-invalid', 'an idempotency key is 1 to 200 visible ASCII characters');
}

/** Carries the operation out, or journals that it was not. A refusal is journalled in a transaction of its own, because its own one is rolled back. */
async function carryOut(parts: Parts, course: Course): Promise<Answer<unknown>> {
  try {
    if (!actorMay(course.actor, course.operation.who))
      throw new Refusal('not-permitted', 'not-permitted', 'your role does not allow this', { permission: course.operation.who });
    return await parts.database.transact(course.view, (transaction) => inTransaction(parts, course, transaction));
  } catch (error) {
    if (course.view.mode === 'write' && !isUnavailable(error)) await journalFailure(parts, course, error);
    throw error;
  }
}

const isUnavailable = (error: unknown): boolean => error instanceof Refusal && error.kind === 'unavailable';

async function inTransaction(parts: Parts, course: Course, transaction: Transaction): Promise<Answer<unknown>> {
  const answer = (await earlierAnswer(course, transaction)) ?? (await freshAnswer(parts, course, transaction));
  if (course.job) await parts.jobs.finish(transaction, course.job, course.view.now, answer.output);
  return answer;
}

async function earlierAnswer({ key }: Course, transaction: Transaction): Promise<Answer<unknown> | null> {
  if (key === null) return null;
  const claimed = await transaction.claimCall(key);
  return claimed.answered ? { output: claimed.output, replayed: true } : null;
}

async function freshAnswer(parts: Parts, course: Course, transaction: Transaction): Promise<Answer<unknown>> {
  const { operation, key } = course;
  const facts: Record<string, string | number> = {};
  if (operation.http?.body === 'file') await transaction.receiveFile((course.input as { file: ReceivedFile }).file.hash);
  const output = operation.output.parse(await operation.run(contextOf(parts, course, transaction, facts), course.input));
  if (key !== null) await transaction.keepAnswer(key, output);
  if (operation.effect !== 'read') await transaction.addJournalLines(eventOf(course, 'done', facts));
  return { output, replayed: false };
}

function contextOf(parts: Parts, course: Course, transaction: Transaction, facts: Record<string, string | number>): Context {
  const { files, reading, documents, spreadsheets, probes, feeds, members, signing, publicAddress, content } = parts;
  const { records, grants, findings, ledger, journal, holdings, seals, deskOf } = transaction;
  return {
    ...{
      records,
      grants,
      findings,
      ledger,
      journal,
      holdings,
      seals,
      deskOf,
      files,
      reading,
      documents,
      spreadsheets,
      probes,
      feeds,
      members,
      signing,
      publicAddress,
      content,
    },
    actor: course.actor,
    now: course.view.now,
    hasReceived: (hash) => transaction.hasReceived(hash),
    jobs: parts.jobs.within(transaction, course.view.organisation, course.view.now, course.actor),
    organisationsOf: (kind) => members.organisationsOf(kind),
    note: (more) => void Object.assign(facts, more),
    clock: parts.clock,
    announce: (said) =>
      parts.database.transact({ ...course.view, mode: 'write', now: parts.clock(), repeatable: true }, (other) =>
        other.addJournalLines(eventOf(course, 'begun', said)),
      ),
    progress: async (done) => {
      if (course.job) await parts.jobs.report(course.job, parts.clock(), done);
    },
  };
}

function eventOf({ actor, operation, input }: Course, outcome: string, facts: Readonly<Record<string, string | number>>) {
  const { user, organisation, via, credential } = actor;
  return { actor: { user, organisation, via, ...(credential === undefined ? {} : { credential }) }, operation: operation.name, input, outcome, facts };
}

async function journalFailure(parts: Parts, course: Course, error: unknown): Promise<void> {
  const outcome = error instanceof Refusal ? `refused:${error.code}` : 'failed';
  await parts.database.transact({ ...course.view, repeatable: true }, (transaction) => transaction.addJournalLines(eventOf(course, outcome, {})));
}

async function runJob(parts: Parts, byName: ReadonlyMap<string, Operation>, job: TakenJob): Promise<void> {
  const order = await parts.jobs.begin(job, parts.clock());
  if (order === null) return;
  try {
    const operation = byName.get(order.operation);
    if (!operation)
      throw new Refusal('rule', 'operation-unknown', 'this version of the program does not know what the job asks for', { operation: order.operation });
    await carryOut(parts, courseOf(parts, operation, { actor: { ...(order.actor as Actor), via: 'worker' }, input: order.input }, job));
  } catch (error) {
    await endBadly(parts, job, error);
  }
}

/** A rule that says no says no again; whatever else went wrong may go right the next time. The last time, the job ends as failed, visibly. */
async function endBadly(parts: Parts, job: TakenJob, error: unknown): Promise<void> {
  const final = error instanceof Refusal && !['unavailable', 'conflict'].includes(error.kind);
  const again = !final && !job.lastAttempt;
  const refusal =
    error instanceof Refusal ? { code: error.code, detail: error.message } : { code: 'internal-error', detail: 'the program failed on this; the log says why' };
  await parts.jobs.fail(job, parts.clock(), refusal, again);
  if (again || !(error instanceof Refusal)) throw error;
}
