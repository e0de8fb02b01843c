import { fork, type ChildProcess } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Finding, ScannerReport } from '../../domain/assessment/index.ts';
import { Refusal, type Instant } from '../../domain/basics/index.ts';
import { readingLimits, type ReadingLimits, type ReportEncoding } from '../../domain/readers/index.ts';
import type { ArchiveMember, ReadingAnswer, ReadingOrder, ReadingProgress, SampleOrder, TextSample, UnpackingOrder } from './order.ts';

/** What one report may cost the machine, besides the limits on its content. */
export interface ReadingBudget {
  /** Wall clock from order to answer, milliseconds. */
  readonly millis: number;
  /** JavaScript heap of the reading process, MiB. */
  readonly memoryMb: number;
  readonly content: ReadingLimits;
}

/** How one report is to be read; `tell` hears how far it is. */
export interface ReadOptions {
  readonly now: Instant;
  readonly encoding?: ReportEncoding | null;
  readonly tell?: (progress: ReadingProgress) => void;
}

type Order = ReadingOrder | UnpackingOrder | SampleOrder;

export const readingBudget: ReadingBudget = { millis: 20_000, memoryMb: 512, content: readingLimits };

/**
 * Reads reports in a process of its own that is kept warm, one report at a time. A report that takes too long or too much memory costs that
 * process its life and nobody else anything: it is refused (`report-reading-timed-out`, `report-reading-out-of-memory`,
 * `report-reading-crashed`), and the next report gets a fresh process.
 */
export class ReportReader {
  readonly #budget: ReadingBudget;
  #process: Promise<ChildProcess> | null = null;
  #last: Promise<unknown> = Promise.resolve();

  constructor(budget: Partial<ReadingBudget> = {}) {
    this.#budget = { ...readingBudget, ...budget };
  }

  /** Reads the file at `path` whole. Throws a Refusal when it cannot be read, an Error when the program itself failed. */
  read(path: string, { now, encoding = null, tell }: ReadOptions): Promise<ScannerReport> {
    return this.#inTurn(async () => {
      const answer = await this.#carryOut({ path, now, encoding, limits: this.#budget.content }, tell);
      return 'report' in answer ? answer.report : noAnswer(answer);
    });
  }

  /** A piece of the file under each encoding that a person can choose. */
  sample(path: string): Promise<TextSample> {
    return this.#inTurn(async () => {
      const answer = await this.#carryOut({ sample: path });
      return 'sample' in answer ? answer.sample : noAnswer(answer);
    });
  }

  /** Writes the members of an archive into the empty folder `into`; null when the file is no archive. Throws a Refusal when even one member is not fit. */
  unpack(path: string, into: string): Promise<readonly ArchiveMember[] | null> {
    return this.#inTurn(async () => {
      const answer = await this.#carryOut({ unpack: path, into });
      return 'members' in answer ? answer.members : noAnswer(answer);
    });
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#last.then(work);
    this.#last = mine.catch(() => undefined);
    return mine;
  }

  /** Starts the process ahead of the first report; answers its id. */
  async warm(): Promise<number | undefined> {
    return (await this.#started()).pid;
  }

  /** Ends the process; a report being read is lost. */
  async close(): Promise<void> {
    const running = this.#process;
    this.#process = null;
    (await running?.catch(() => null))?.kill('SIGKILL');
  }

  async #carryOut(order: Order, tell?: ReadOptions['tell']): Promise<ReadingAnswer> {
    const child = await this.#started();
    hold(child, true);
    const answer = await this.#answer(child, order, tell);
    hold(child, false);
    if ('refusal' in answer) throw new Refusal(answer.refusal.kind, answer.refusal.code, answer.refusal.message, answer.refusal.facts);
    return answer;
  }

  #started(): Promise<ChildProcess> {
    this.#process ??= start(this.#budget.memoryMb);
    return this.#process;
  }

  #answer(child: ChildProcess, order: Order, tell?: ReadOptions['tell']): Promise<ReadingAnswer> {
    return new Promise((resolve, reject) => {
      const end = (): void => {
        clearTimeout(timer);
        child.off('message', answered).off('exit', died);
      };
      const ahead: Finding[] = [];
      const answered = (answer: ReadingAnswer): void => {
        if ('part' in answer) return void ahead.push(...answer.part);
        if ('progress' in answer) return tell?.(answer.progress);
        end();
        resolve(ahead.length > 0 && 'report' in answer ? { report: { ...answer.report, findings: ahead.concat(answer.report.findings) } } : answer);
      };
      const died = (code: number | null, signal: string | null): void => {
        end();
        this.#process = null;
        reject(deathRefusal(code, signal, this.#budget));
      };
      const timer = setTimeout(() => {
        end();
        this.#process = null;
        child.kill('SIGKILL');
        reject(costly('report-reading-timed-out', `the report was not read within ${this.#budget.millis} ms`, this.#budget.millis));
      }, this.#budget.millis);
      child.on('message', answered).on('exit', died);
      child.send(order);
    });
  }
}

function noAnswer(answer: ReadingAnswer): never {
  throw new Error(`the report reader failed: ${'failure' in answer ? answer.failure : 'no answer'}`);
}

const costly = (code: string, what: string, limit: number): Refusal =>
  new Refusal('too-large', code, `${what}; none of its content counts`, { position: null, limit });

/** V8 aborts when its heap is full; the system's killer sends SIGKILL. Anything else is an end nobody planned. */
function deathRefusal(code: number | null, signal: string | null, budget: ReadingBudget): Refusal {
  if (signal === 'SIGABRT' || signal === 'SIGTRAP' || signal === 'SIGKILL' || code === 134)
    return costly('report-reading-out-of-memory', `the report needs more than ${budget.memoryMb} MiB to be read`, budget.memoryMb);
  return new Refusal('unreadable', 'report-reading-crashed', 'reading the report ended before its time; none of its content counts', { position: null });
}

/** Lets the heap grow by a fifth before it is swept, not by half or more: what a large report leaves behind is swept sooner, and its process holds less. */
const leanHeap = '--heap-growing-percent=10';

/** Starts the process without any of our environment, so that a report that took it over would find no secret in it. */
function start(memoryMb: number): Promise<ChildProcess> {
  const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
  const child = fork(fileURLToPath(new URL('./reader-process.ts', import.meta.url)), [], {
    execArgv: ['--import', loader, `--max-old-space-size=${memoryMb}`, leanHeap],
    env: {},
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  return new Promise((resolve, reject) => {
    child.once('exit', () => reject(new Error('the report reader did not start')));
    child.once('error', reject);
    child.once('message', () => {
      child.removeAllListeners('exit');
      hold(child, false);
      resolve(child);
    });
  });
}

/** An idle reader does not keep the program alive; one at work does. */
function hold(child: ChildProcess, busy: boolean): void {
  if (busy) child.ref();
  else child.unref();
  if (busy) child.channel?.ref();
  else child.channel?.unref();
}
