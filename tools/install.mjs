import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Makes sure that what `package-lock.json` names is installed. Plain JavaScript on built-in modules only: it runs before anything is installed. */

const wanted = [20, 19];

/** Ends the process with a clear word when this Node is too old. */
export function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > wanted[0] || (major === wanted[0] && minor >= wanted[1])) return;
  console.error(`需要 Node ${wanted.join('.')} 以上，当前为 ${process.version}。Node ${wanted.join('.')} or newer is needed, this is ${process.version}.`);
  process.exit(1);
}

/** Installs when something is missing or of another version. `dev`: also what only building and testing need. */
export function install(root, { dev }) {
  if (isInstalled(root, dev)) return;
  const keepDev = dev || hasDevPackages(root);
  console.log('正在安装依赖，首次约需一分钟… installing dependencies, about a minute the first time …');
  const began = Date.now();
  if (!npm(root, ['ci', ...(keepDev ? ['--include=dev'] : ['--omit=dev'])])) fail();
  console.log(`依赖已安装 installed in ${((Date.now() - began) / 1000).toFixed(0)} s`);
}

function npm(root, words) {
  const command = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const { status, error } = spawnSync(command, [...words, '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (error) console.error(`npm 无法运行 npm cannot be run: ${error.message}`);
  return status === 0;
}

function fail() {
  console.error(
    '依赖安装失败。请检查网络或镜像设置（npm config get registry）后重试。Installing failed: check the network or the registry setting, then try again.',
  );
  process.exit(1);
}

/** npm writes down what it installed: compare that with what the lock file wants, whoever ran npm. */
function isInstalled(root, dev) {
  const present = installedPackages(root);
  if (present === null) return false;
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  return Object.entries(packages).every(
    ([place, { version, optional, dev: forDev, devOptional, link }]) =>
      place === '' || optional || link || ((forDev || devOptional) && !dev) || present[place]?.version === version,
  );
}

const hasDevPackages = (root) => Object.values(installedPackages(root) ?? {}).some(({ dev }) => dev);

function installedPackages(root) {
  const path = join(root, 'node_modules', '.package-lock.json');
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).packages : null;
}
