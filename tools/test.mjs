import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { browserLibraries } from './browser-libraries.mjs';
import { install, requireNode } from './install.mjs';
import { sharedUse } from './shared-use.mjs';

/**
 * `npm test`: installs what is missing, builds the portal when it changed, runs every check and every test, and ends with `N passed, N failed`.
 * `npm test -- src/domain/rating` runs only the tests under these paths. DATABASE_URL points the tests at a PostgreSQL server of yours.
 * In CI the shared reference data beside the checkout must have been used when they are there; RISKLOOP_SHARED=required demands that they are.
 */

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const report = join(root, '.cache', `vitest-${process.pid}.json`);
const shared = resolve(root, '..', 'shared');
const paths = process.argv.slice(2);
const tally = { passed: 0, failed: 0 };
let finished = false;

process.on('exit', (code) => {
  if (!finished) count(0, 1);
  console.log(`${tally.passed} passed, ${tally.failed} failed`);
  process.exitCode = code === 0 && tally.failed > 0 ? 1 : code;
});

requireNode();
install(root, { dev: true });
buildPortal();
if (paths.length === 0) runChecks();
runTests();
finished = true;

function count(passed, failed) {
  tally.passed += passed;
  tally.failed += failed;
}

/** In a process of its own: a portal that does not build is one failure among others. */
function buildPortal() {
  const program = "import { buildPortal } from './tools/portal.mjs'; buildPortal(process.cwd());";
  const { status } = spawnSync(process.execPath, ['--input-type=module', '--eval', program], { cwd: root, stdio: 'inherit' });
  if (status === 0) return;
  console.log('✗ the portal could not be built');
  count(0, 1);
}

function runChecks() {
  const { stdout } = spawnSync(process.execPath, [join(root, 'tools', 'check.mjs')], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const sum = /(\d+) passed, (\d+) failed\s*$/.exec(stdout ?? '');
  console.log((stdout ?? '').replace(/\d+ passed, \d+ failed\s*$/, '').trimEnd());
  if (sum) count(Number(sum[1]), Number(sum[2]));
  else count(0, 1);
}

function runTests() {
  mkdirSync(dirname(report), { recursive: true });
  rmSync(report, { force: true });
  const { status } = spawnSync(
    process.execPath,
    [join(root, 'node_modules', 'vitest', 'vitest.mjs'), 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...paths],
    { cwd: root, stdio: 'inherit', env: environment() },
  );
  if (!existsSync(report)) return count(0, 1);
  const told = JSON.parse(readFileSync(report, 'utf8'));
  rmSync(report);
  const silent = told.testResults.filter((file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'));
  for (const file of silent) console.log(`✗ ${relative(root, file.name)} could not be run: ${file.message.split('\n')[0]}`);
  count(told.numPassedTests, told.numFailedTests + silent.length);
  if (status !== 0 && told.numFailedTests + silent.length === 0) {
    console.log('✗ the test run ended with an error outside the tests');
    count(0, 1);
  }
  if (paths.length === 0) checkShared(told);
}

function environment() {
  const libraries = browserLibraries(root);
  return libraries === null ? process.env : { ...process.env, LD_LIBRARY_PATH: [libraries, process.env.LD_LIBRARY_PATH].filter(Boolean).join(':') };
}

function checkShared({ testResults }) {
  const { fault, word } = sharedUse(testResults, { present: existsSync(shared), env: process.env });
  if (word !== null) console.log(`– ${word}`);
  if (fault === null) return;
  console.log(`✗ ${fault}`);
  count(0, 1);
}
