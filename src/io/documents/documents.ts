import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Refusal } from '../../domain/basics/index.ts';
import { composeSheet } from './compose.ts';
import { fontFiles } from './glyphs.ts';
import { DocumentRequest } from './model.ts';

/** How long one document may take before its process is killed. */
const patienceMillis = 20_000;

const templates = fileURLToPath(new URL('./templates', import.meta.url));
const typesetter = fileURLToPath(new URL('./typesetter.mjs', import.meta.url));

interface Answer {
  readonly id: number;
  readonly pdf?: Uint8Array;
  readonly fault?: string;
}

interface Waiting {
  readonly done: (pdf: Uint8Array) => void;
  readonly failed: (why: Error) => void;
  readonly timer: NodeJS.Timeout;
}

/**
 * Makes documents in a process of their own, so that neither a long document nor a crash of the typesetter can hold up the server.
 * The process starts with the first document, stays warm, and does not keep the program alive.
 */
export class Documents {
  #child: ChildProcess | null = null;
  #waiting = new Map<number, Waiting>();
  #count = 0;

  /**
   * The document as PDF/A-2a. The same request always gives the same bytes.
   * Throws a Refusal `document-took-too-long` or `document-not-made` (unavailable) when the typesetter was killed or died; a request that does not fit the form is a programmer's error.
   */
  async make(request: { kind: DocumentRequest['kind']; language: 'zh' | 'en'; data: unknown }, options: { patienceMillis?: number } = {}): Promise<Uint8Array> {
    const sheet = composeSheet(DocumentRequest.parse(request));
    return this.#typeset({ template: sheet.kind, sheet: JSON.stringify(sheet), seconds: sheet.issuedAtSeconds }, options.patienceMillis ?? patienceMillis);
  }

  /** Ends the typesetter; documents under way are refused. */
  close(): void {
    this.#child?.kill('SIGKILL');
  }

  #typeset(order: { template: string; sheet: string; seconds: number }, patience: number): Promise<Uint8Array> {
    const child = (this.#child ??= this.#start());
    const id = (this.#count += 1);
    return new Promise((done, failed) => {
      const timer = setTimeout(
        () => this.#end(child, new Refusal('unavailable', 'document-took-too-long', 'the document took too long and was given up')),
        patience,
      );
      this.#waiting.set(id, { done, failed, timer });
      child.channel?.ref();
      child.send({ id, ...order }, (fault) => fault && this.#end(child, notMade()));
    });
  }

  #start(): ChildProcess {
    const child = fork(typesetter, [templates, ...fontFiles], { serialization: 'advanced', execArgv: [], stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
    child.unref();
    child.channel?.unref();
    child.on('message', (answer) => this.#settle(answer as Answer));
    child.on('error', () => this.#end(child, notMade()));
    child.on('exit', () => this.#end(child, notMade()));
    return child;
  }

  #settle({ id, pdf, fault }: Answer): void {
    const waiting = this.#waiting.get(id);
    if (!waiting) return;
    this.#waiting.delete(id);
    clearTimeout(waiting.timer);
    if (pdf) waiting.done(pdf);
    else waiting.failed(new Error(`a template failed: ${fault}`));
    if (this.#waiting.size === 0) this.#child?.channel?.unref();
  }

  /** Gives up a process and everything it was asked for; the next document starts a new one. */
  #end(child: ChildProcess, why: Refusal): void {
    if (this.#child !== child) return;
    this.#child = null;
    child.kill('SIGKILL');
    for (const { failed, timer } of this.#waiting.values()) {
      clearTimeout(timer);
      failed(why);
    }
    this.#waiting.clear();
  }
}

const notMade = (): Refusal => new Refusal('unavailable', 'document-not-made', 'the document could not be made; try again');

const shared = new Documents();

/** Makes one document with the typesetter that the whole program shares. See `Documents.make`. */
export const makeDocument = (request: { kind: DocumentRequest['kind']; language: 'zh' | 'en'; data: unknown }): Promise<Uint8Array> => shared.make(request);
