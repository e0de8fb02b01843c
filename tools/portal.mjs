import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Builds the portal when its sources are others than those of the last build. */

const sources = ['web', 'src/domain', 'vite.config.ts', 'package-lock.json'];
const stamp = ['dist', '.built-from'];

export function buildPortal(root) {
  if (!existsSync(join(root, 'web', 'index.html'))) return;
  const hash = hashOf(root);
  const path = join(root, ...stamp);
  if (existsSync(path) && readFileSync(path, 'utf8') === hash) return;
  console.log('正在构建门户… building the portal …');
  const began = Date.now();
  const { status } = spawnSync(process.execPath, [join(root, 'node_modules', 'vite', 'bin', 'vite.js'), 'build', '--logLevel', 'warn'], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(1);
  writeFileSync(path, hash);
  console.log(`门户已构建 portal built in ${((Date.now() - began) / 1000).toFixed(0)} s`);
}

function hashOf(root) {
  const hash = createHash('sha256');
  for (const path of sources.flatMap((source) => filesUnder(root, source))) hash.update(path).update(readFileSync(join(root, path)));
  return hash.digest('hex');
}

function filesUnder(root, path) {
  const full = join(root, path);
  if (!existsSync(full)) return [];
  const entries = path.includes('.') ? null : readdirSync(full, { withFileTypes: true });
  if (entries === null) return [path];
  return entries
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => (entry.isDirectory() ? filesUnder(root, `${path}/${entry.name}`) : /\.test\.tsx?$/.test(entry.name) ? [] : [`${path}/${entry.name}`]));
}
