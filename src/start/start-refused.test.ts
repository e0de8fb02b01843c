import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'riskloop-start-'));
const taken = net.createServer().listen(0, '127.0.0.1');
afterAll(() => {
  taken.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The server process with these settings (the test runner has a BASE_URL of its own); it must end by itself. */
function start(env: Record<string, string>): { status: number | null; said: string } {
  const { status, stderr } = spawnSync(process.execPath, ['--import', 'tsx', 'src/start/main.ts'], {
    env: { ...process.env, BASE_URL: '', DATABASE_URL: '', DEMO: 'off', PORT: '0', ...env },
    encoding: 'utf8',
    timeout: 50_000,
  });
  return { status, said: stderr };
}

const postgresRan = (dataDir: string): boolean => existsSync(join(dataDir, 'postgres'));

describe('a start that cannot succeed', { timeout: 60_000 }, () => {
  test('ends before the database when the port is taken', () => {
    const dataDir = join(folder, 'port');
    const { status, said } = start({ DATA_DIR: dataDir, PORT: String((taken.address() as net.AddressInfo).port) });

    expect(status).toBe(1);
    expect(said).toMatch(/PORT=/);
    expect(said).not.toMatch(/ at |node_modules/);
    expect(postgresRan(dataDir)).toBe(false);
  });

  test('ends before the database when the host is no address of this machine', () => {
    const dataDir = join(folder, 'host');
    const { status, said } = start({ DATA_DIR: dataDir, HOST: '999.1.1.1' });

    expect(status).toBe(2);
    expect(said).toMatch(/HOST/);
    expect(said).not.toMatch(/ at |node_modules/);
    expect(postgresRan(dataDir)).toBe(false);
  });

  test.each([
    ['a file', join(folder, 'file')],
    ['no place for folders', '/proc/riskloop'],
  ])('names DATA_DIR once in both languages when it is %s', (_what, dataDir) => {
    writeFileSync(join(folder, 'file'), '');
    const { status, said } = start({ DATA_DIR: dataDir });

    expect(status).toBe(2);
    expect(said).toMatch(/数据目录 DATA_DIR=.*DATA_DIR .* cannot be used/);
    expect(said.trim().split('\n')).toHaveLength(1);
  });
});
