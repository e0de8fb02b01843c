import type { WholePaper } from '../app/content.ts';
import type { Instant } from '../domain/basics/index.ts';

/** What a command may touch of the world besides the files it is pointed at. Tests pass their own. */
export interface World {
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
  readonly clock: () => Instant;
  /** Reads the insurer's paper on first use; a command that needs none never pays for it. */
  readonly content?: () => Promise<WholePaper>;
}

/**
 * One command of `npx riskloop`: takes the words after its name, answers with the exit code:
 * 0 done, 2 bad input, 3 refused by a rule, 1 failure. A thrown Refusal becomes 2 or 3 by its kind at the door.
 */
export type Command = (args: readonly string[], world: World) => Promise<number>;

/** What words that make no sense are answered with: how the command is written, in the language that they ask for. */
export function usageFor(args: readonly string[], usage: string): string {
  const inEnglish = args[args.indexOf('--lang') + 1] === 'en' && args.includes('--lang');
  return `${inEnglish ? 'wrong usage; it is written' : '命令用法不对，应写作'}\n  ${usage}`;
}

export const exitCodes = { done: 0, failure: 1, badInput: 2, refused: 3 } as const;
