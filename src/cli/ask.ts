import { randomUUID } from 'node:crypto';
import { createReadStream, existsSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { stringify } from 'yaml';
import type { Actor, Operation } from '../app/operation.ts';
import type { Runner } from '../app/run.ts';
import { inputSchema } from '../app/words.ts';
import { Refusal, type Language } from '../domain/basics/index.ts';
import type { Identity } from '../io/identity/index.ts';
import type { Files } from '../io/interfaces.ts';
import { inputOf, readAsked, type Asked } from './args.ts';
import { exitCodes, type World } from './command.ts';

/** The stored world, as far as the command line needs it. */
export interface Stored {
  readonly runner: Pick<Runner, 'run'>;
  readonly identity: Pick<Identity, 'callerNamed' | 'callerOf'>;
  readonly files: Pick<Files, 'keep'>;
}

const maxFileBytes = 50 * 1024 * 1024;

/** The words of one operation's call, checked before any database is opened. */
export function askedOf(operation: Operation, words: readonly string[], language: Language): Asked {
  return readAsked(words, Object.keys(inputSchema(operation.input).properties ?? {}), language);
}

/** Refuses what can be refused without a database: nobody named, a file that is absent, input that cannot be read. */
export function requireAskable(operation: Operation, asked: Asked, apiKey: string | undefined): void {
  inputOf(operation, asked);
  if (asked.as === null && !apiKey) throw nobodyNamed();
  if (asked.file !== null) requireFile(asked.file);
}

const nobodyNamed = (): Refusal => new Refusal('bad-input', 'nobody-named', 'say who asks: --as EMAIL, or an API key in the variable RISKLOOP_KEY');

function requireFile(path: string): void {
  if (!existsSync(path)) throw new Refusal('bad-input', 'file-missing', `there is no file \`${path}\``);
}

/** Runs one operation in this process, as the person or key that was named, and prints its answer. */
export async function ask(operation: Operation, asked: Asked, stored: Stored, world: World, apiKey: string | undefined): Promise<number> {
  const actor = await actorFor(asked, stored.identity, apiKey);
  const input = inputOf(operation, asked);
  const withFile = asked.file === null ? input : { ...input, file: await keepFile(asked.file, stored.files) };
  const key = asked.key ?? (operation.effect === 'money' ? randomUUID() : null);
  const { output } = await stored.runner.run(operation, { actor, input: withFile, ...(key === null ? {} : { key }) });
  if (operation.http?.body === 'document') return saveDocument(output as { file: string; name: string }, asked, world);
  world.stdout(asked.json ? `${JSON.stringify(output)}\n` : stringify(output));
  return exitCodes.done;
}

/** A key speaks for itself; a person is taken at his word, because who runs this command may read the whole database anyway. */
async function actorFor({ as, organisation }: Asked, identity: Stored['identity'], apiKey: string | undefined): Promise<Actor> {
  if (as !== null) {
    const caller = await identity.callerNamed(as, organisation ?? undefined);
    if (caller === null) throw new Refusal('unauthenticated', 'unknown-person', `nobody with the address \`${as}\` is a member there`);
    return { ...caller, via: 'system' };
  }
  if (!apiKey) throw nobodyNamed();
  const caller = await identity.callerOf({ authorization: `Bearer ${apiKey}` });
  if (caller === null) throw new Refusal('unauthenticated', 'not-signed-in', 'the API key is not valid any more');
  return caller;
}

async function keepFile(path: string, files: Stored['files']) {
  requireFile(path);
  return { ...(await files.keep(createReadStream(path), maxFileBytes)), name: basename(path) };
}

function saveDocument({ file, name }: { file: string; name: string }, { out, json }: Asked, { stdout }: World): number {
  const path = out ?? basename(name);
  const bytes = Buffer.from(file, 'base64');
  writeFileSync(path, bytes);
  stdout(json ? `${JSON.stringify({ path, bytes: bytes.length })}\n` : `${path}\n`);
  return exitCodes.done;
}
