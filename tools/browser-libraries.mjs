import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';

/** The test browser comes from npm and needs two system libraries. Where they are absent, those that travel with it are unpacked: nothing is installed, no privilege is needed. */

const needed = ['libnss3.so', 'libnspr4.so'];
const archive = ['node_modules', '@sparticuz', 'chromium', 'bin', 'al2023.tar.br'];

/** The folder to put on LD_LIBRARY_PATH for the browser, or null when the system has what it needs (or nothing can be done, which the browser's own message tells). */
export function browserLibraries(root, { absent = missingLibraries() } = {}) {
  if (absent.length === 0 || !existsSync(join(root, ...archive))) return null;
  const home = join(root, '.cache', 'browser-libraries');
  mkdirSync(home, { recursive: true });
  for (const { name, content } of untar(brotliDecompressSync(readFileSync(join(root, ...archive)))))
    writeFileSync(join(home, basename(name)), content, { mode: 0o755 });
  return home;
}

function missingLibraries() {
  if (process.platform !== 'linux' || process.arch !== 'x64') return [];
  const { stdout } = spawnSync('/sbin/ldconfig', ['-p'], { encoding: 'utf8' });
  return stdout ? needed.filter((name) => !stdout.includes(name)) : needed;
}

/** Regular files of a tar archive (POSIX ustar: blocks of 512 bytes, size in octal at 124, kind at 156). */
function* untar(tar) {
  for (let at = 0; at + 512 <= tar.length && tar[at] !== 0;) {
    const name = tar.toString('utf8', at, at + 100).replace(/\0.*$/s, '');
    const size = Number.parseInt(tar.toString('latin1', at + 124, at + 136), 8) || 0;
    const kind = String.fromCharCode(tar[at + 156]);
    if ((kind === '0' || kind === '\0') && !name.endsWith('/')) yield { name, content: tar.subarray(at + 512, at + 512 + size) };
    at += 512 + Math.ceil(size / 512) * 512;
  }
}
