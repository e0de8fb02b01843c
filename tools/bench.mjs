import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { install, requireNode } from './install.mjs';

/** `npm run bench`: every benchmark one after the other, JSON lines on standard output; `npm run bench -- rating reading` only the named ones. */

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const home = join(root, 'bench');
const known = readdirSync(home)
  .filter((name) => name.endsWith('.ts'))
  .map((name) => name.slice(0, -3))
  .sort();
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !known.includes(name));

requireNode();
install(root, { dev: true });
if (unknown.length > 0) {
  console.error(`no such benchmark: ${unknown.join(', ')}; there are ${known.join(', ')}`);
  process.exit(2);
}
const failed = (asked.length > 0 ? asked : known).filter((name) => {
  console.error(`# ${name}`);
  return spawnSync(process.execPath, ['--import', 'tsx', join(home, `${name}.ts`)], { cwd: root, stdio: 'inherit' }).status !== 0;
});
if (failed.length > 0) console.error(`failed: ${failed.join(', ')}`);
process.exitCode = failed.length === 0 ? 0 : 1;
