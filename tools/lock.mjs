import { readFileSync, writeFileSync } from 'node:fs';

/**
 * Completes package-lock.json after `npm install`: a registry that does not carry every platform's optional package leaves holes in the
 * lock file, and `npm ci` then refuses it. Adds an entry for each hole, and takes out registry addresses. `--check` only looks.
 */

const path = new URL('../package-lock.json', import.meta.url);
const systems = ['darwin', 'linux', 'android', 'freebsd', 'openbsd', 'netbsd', 'openharmony', 'sunos', 'aix', 'win32'];
const processors = ['arm64', 'x64', 'ia32', 'ppc64', 'riscv64', 's390x', 'loong64', 'mips64el', 'wasm32', 'arm'];

const lock = JSON.parse(readFileSync(path, 'utf8'));
const { packages } = lock;
const added = [];
const addresses = Object.values(packages).filter((entry) => entry.resolved?.startsWith('http'));

for (const [place, entry] of Object.entries(packages)) {
  for (const [name, range] of Object.entries(entry.optionalDependencies ?? {})) if (!isThere(place, name)) add(name, range, entry);
}
if (process.argv.includes('--check')) {
  if (added.length + addresses.length > 0) {
    console.error(`package-lock.json: ${added.length} optional packages missing, ${addresses.length} registry addresses; run \`node tools/lock.mjs\``);
    process.exit(1);
  }
} else {
  for (const entry of addresses) delete entry.resolved;
  lock.packages = Object.fromEntries(Object.entries(packages).sort(([a], [b]) => (a < b ? -1 : 1)));
  writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`);
  console.log(`${added.length} optional packages added, ${addresses.length} registry addresses removed`);
}

/** Whether npm would find the package from that place: in its own folder or in one above. */
function isThere(place, name) {
  for (let from = place; ; from = from.slice(0, Math.max(0, from.lastIndexOf('/node_modules/')))) {
    if (packages[`${from === '' ? '' : `${from}/`}node_modules/${name}`]) return true;
    if (from === '') return false;
  }
}

function add(name, range, { dev, devOptional }) {
  const os = systems.find((system) => name.includes(system)) ?? (name.includes('windows') ? 'win32' : undefined);
  const cpu = processors.find((processor) => name.includes(processor));
  packages[`node_modules/${name}`] = {
    version: range.replace(/^[\^~>=\s]*/, ''),
    ...(cpu ? { cpu: [cpu] } : {}),
    ...(dev ? { dev } : {}),
    ...(devOptional ? { devOptional } : {}),
    optional: true,
    ...(os ? { os: [os] } : {}),
  };
  added.push(name);
}
