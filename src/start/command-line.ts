import { fileURLToPath } from 'node:url';
import { runCommandLine, type CommandLine } from '../cli/index.ts';
import { contentPlace } from './places.ts';
import { systemClock } from './clock.ts';

/** The process behind `npx riskloop`. What a command does not need is not even loaded. */

const checkout = fileURLToPath(new URL('../..', import.meta.url));

const commandLine: CommandLine = {
  env: process.env,
  world: {
    stdout: (text) => void process.stdout.write(text),
    stderr: (text) => void process.stderr.write(text),
    clock: systemClock,
    content: async () => (await import('../io/content/index.ts')).loadContent(contentPlace(checkout, null)),
  },
  openStored: async () => (await import('./stored.ts')).openStored(process.env, checkout),
};

/** The process ends by itself when its output is written; a pipe that the reader closed early is no failure. */
export async function main(): Promise<void> {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
  process.exitCode = await runCommandLine(process.argv.slice(2), commandLine);
}
