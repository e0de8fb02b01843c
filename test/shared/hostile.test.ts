import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { read } from '../../src/cli/read.ts';
import { closeReportReader, ReportReader } from '../../src/io/reading/index.ts';
import { boundMillis, hostileCorpus } from './hostile-corpus.ts';
import { describeShared, sharedDataPresent } from './shared-data.ts';

const corpus = sharedDataPresent ? hostileCorpus() : { folder: '', cases: [] };
const cases = corpus.cases.filter(({ id }) => /^[XJ]\d+$/.test(id));
const now = '2026-11-22T00:00:00Z';

/** The code each file is refused with; the rest are accepted. Bodies of other endpoints (J*) are no scanner reports, so most are simply unknown. */
const refusals: Record<string, string> = {
  X01: 'malformed-xml',
  X02: 'dtd-not-allowed',
  X03: 'dtd-not-allowed',
  X04: 'dtd-not-allowed',
  X05: 'dtd-not-allowed',
  X06: 'dtd-not-allowed',
  X07: 'nested-too-deep',
  X08: 'too-many-attributes',
  X09: 'malformed-xml',
  X10: 'not-utf-8',
  X12: 'not-utf-8',
  X14: 'malformed-xml',
  X17: 'port-out-of-range',
  X18: 'scan-time-in-future',
  X19: 'unknown-scanner-format',
  J01: 'malformed-json',
  J02: 'duplicate-key',
  J05: 'nested-too-deep',
  J07: 'malformed-json',
  J08: 'malformed-json',
  J17: 'not-utf-8',
};
const accepted: ReadonlySet<string> = new Set(['X11', 'X13', 'X15', 'X16', 'X20', 'J21']);

interface Line {
  readonly file: string;
  readonly format?: string;
  readonly findings?: number;
  readonly refused?: { readonly code: string; readonly detail: string; readonly position: string | null };
}

async function readOne(file: string): Promise<{ code: number; line: Line; millis: number }> {
  let out = '';
  const start = performance.now();
  const code = await read(['--json', join(corpus.folder, file)], {
    stdout: (text) => {
      out += text;
    },
    stderr: () => undefined,
    clock: () => now,
  });
  return { code, line: JSON.parse(out) as Line, millis: performance.now() - start };
}

describeShared('hostile XML and JSON files through riskloop read', () => {
  let connections = 0;
  const listener = createServer((socket) => {
    connections++;
    socket.destroy();
  });
  let listening = false;

  beforeAll(async () => {
    // Port 9 is where the corpus points its addresses; without the right to open it, the refusals alone must show that nothing is fetched.
    listening = await new Promise((resolve) => listener.once('error', () => resolve(false)).listen(9, '127.0.0.1', () => resolve(true)));
    await read([join(corpus.folder, cases[0]!.file)], { stdout: () => undefined, stderr: () => undefined, clock: () => now });
  });
  afterAll(async () => {
    if (listening) listener.close();
    await closeReportReader();
  });

  it.each(cases.map((c) => [c.id, c.file] as const))('%s %s is refused or accepted as it should be, in bounded time', async (id, file) => {
    const { code, line, millis } = await readOne(file);

    expect(millis).toBeLessThan(boundMillis);
    if (accepted.has(id)) expect(line).toHaveProperty('format');
    else expect(line.refused?.code).toBe(refusals[id] ?? 'unknown-scanner-format');
    expect(code).toBe(accepted.has(id) ? 0 : 2);
    expect(line.refused?.detail ?? '').not.toMatch(/\n|node_modules|\/src\/|at Object/);
  });

  it('decodes declared GBK to the characters that were meant, and hints at GBK that was not declared', async () => {
    const { line } = await readOne('x12_gbk_undeclared.xml');

    expect(line.refused?.detail).toContain('GBK');
  });

  it('opens no connection', () => {
    expect(connections).toBe(0);
  });

  it('keeps the reading process within 100 MB over all files', async () => {
    const reader = new ReportReader();
    const process = await reader.warm();
    const before = peakMemoryKb(process);

    for (const { file } of cases) await reader.read(join(corpus.folder, file), { now }).catch(() => undefined);

    expect(peakMemoryKb(process) - before).toBeLessThan(100 * 1024);
    await reader.close();
  });

  it('leaves Object.prototype as it was', () => {
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect(({} as { role?: string }).role).toBeUndefined();
  });
});

/** The highest resident memory of a process so far (Linux); 0 elsewhere, where the limit of the process still holds. */
function peakMemoryKb(pid: number | undefined): number {
  try {
    return Number(/VmHWM:\s*(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}
