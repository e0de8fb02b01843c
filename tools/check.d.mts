/** What the tests of the house use of `check.mjs`. */
export interface Program {
  readonly file: string;
  readonly args: readonly string[];
}
export const checks: readonly { readonly name: string; readonly title: string; readonly run: Program | (() => Promise<string[]>) }[];
export function runChecks(options?: { names?: readonly string[]; fix?: boolean }): Promise<{ passed: number; failed: number }>;
export function runProgram(program: Program, folder?: string): Promise<{ ok: boolean; said: string }>;
