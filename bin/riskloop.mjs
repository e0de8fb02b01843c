#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The command line, from any folder. It installs nothing: it says what to do when something is missing. */

const [major, minor] = process.versions.node.split('.').map(Number);
const root = fileURLToPath(new URL('..', import.meta.url));
if (major < 20 || (major === 20 && minor < 19))
  stop(`需要 Node 20.19 以上，当前为 ${process.version}。Node 20.19 or newer is needed, this is ${process.version}.`);
if (!existsSync(new URL('../node_modules/tsx', import.meta.url)))
  stop(`依赖尚未安装，请在 ${root} 运行 npm install。Not installed yet: run npm install in ${root}`);

const { register } = await import('tsx/esm/api');
register();
const { main } = await import('../src/start/command-line.ts');
await main();

function stop(message) {
  console.error(message);
  process.exit(1);
}
