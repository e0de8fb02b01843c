export { runCommandLine, type CommandLine } from './main.ts';
export type { Stored } from './ask.ts';
export type { World } from './command.ts';
