import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { install, requireNode } from './install.mjs';
import { buildPortal } from './portal.mjs';

/** `npm start`: installs what is missing, builds the portal when it changed, starts the server. */

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const lock = join(root, '.cache', 'start.lock');

requireNode();
await refuseSecondServer();
alone(() => {
  install(root, { dev: false });
  buildPortal(root);
});
const { register } = await import('tsx/esm/api');
register();
await import('../src/start/main.ts');

/** Somebody who answers on our port is most likely we ourselves. */
async function refuseSecondServer() {
  const address = `http://${process.env.HOST || '127.0.0.1'}:${process.env.PORT || 8787}`;
  const answer = await fetch(`${address}/healthz`, { signal: AbortSignal.timeout(1000) }).catch(() => null);
  if (!answer?.ok) return;
  console.error(`闭环保已在 ${address} 运行。Riskloop is already running at ${address}. (PORT=… 可换端口 chooses another port)`);
  process.exit(1);
}

/** Two at once must not install into one folder: the second one says so and ends. */
function alone(work) {
  mkdirSync(dirname(lock), { recursive: true });
  takeLock();
  try {
    work();
  } finally {
    rmSync(lock, { force: true });
  }
}

function takeLock() {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    if (isAlive(Number(readFileSync(lock, 'utf8')))) {
      console.error('另一个启动过程正在准备，请稍候再试。Another start is preparing this folder; try again when it is done.');
      process.exit(1);
    }
    rmSync(lock, { force: true });
    takeLock();
  }
}

function isAlive(pid) {
  try {
    return pid > 0 && process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
}
