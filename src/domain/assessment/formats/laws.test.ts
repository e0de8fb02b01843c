import { existsSync, readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Refusal } from '../../basics/index.ts';
import { ScannerReport } from '../finding.ts';
import { compareSeverity } from '../reading/index.ts';
import { formats, readScannerReport, recogniseFormat } from './index.ts';

const here = new URL('.', import.meta.url);
const now = '2026-06-01T00:00:00Z';

const samplesOf = (id: string): string[] => readdirSync(new URL(`${id}/samples/`, here)).sort();
const bytesOf = (id: string, name: string): Uint8Array => new Uint8Array(readFileSync(new URL(`${id}/samples/${name}`, here)));
const read = (bytes: Uint8Array) => readScannerReport([bytes], { now });

/** Reads, or answers the refusal's code; anything else that is thrown fails the test. */
function readOrCode(bytes: Uint8Array): ScannerReport | string {
  try {
    return read(bytes);
  } catch (error) {
    if (error instanceof Refusal && (error.kind === 'unreadable' || error.kind === 'too-large') && error.code !== '' && error.message !== '') return error.code;
    throw error;
  }
}

/** Tools whose report of nothing found names no tool: `[]`, or an empty file. */
const emptyIsNobodys: ReadonlySet<string> = new Set(['gitleaks', 'trufflehog']);

/** Tools that test for one certain CVE without writing its id. */
const knowsUnnamedCves: ReadonlySet<string> = new Set(['sslyze']);

describe('the list of formats', () => {
  it('names exactly the folders', () => {
    const folders = readdirSync(here, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name)
      .sort();

    expect(formats.map((f) => f.id).sort()).toEqual(folders);
  });

  it('gives every format a page and samples with none, one and many findings', () => {
    for (const { id } of formats) {
      expect(existsSync(new URL(`${id}/README.md`, here)), id).toBe(true);
      expect(
        samplesOf(id).map((name) => name.split('.')[0]),
        id,
      ).toEqual(emptyIsNobodys.has(id) ? ['many', 'one'] : ['many', 'none', 'one']);
    }
  });
});

describe.each(formats.map((f) => f.id))('%s', (id) => {
  const samples = samplesOf(id).map((name) => [name, bytesOf(id, name)] as const);

  it.each(samples)('reads %s as a whole report of its own format', (_, bytes) => {
    expect(ScannerReport.parse(read(bytes)).format).toBe(id);
  });

  it('finds none, one and many', () => {
    const counts = Object.fromEntries(samples.map(([name, bytes]) => [name.split('.')[0], read(bytes).findings.length]));

    expect(counts['none'] ?? 0).toBe(0);
    expect(counts['one']).toBe(1);
    expect(counts['many']).toBeGreaterThan(1);
  });

  it.each(samples)('reads %s the same in pieces of any size', (_, bytes) => {
    const whole = read(bytes);

    for (const size of [1, 7, 1000]) {
      const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (__, i) => bytes.subarray(i * size, (i + 1) * size));
      expect(readScannerReport(pieces, { now })).toEqual(whole);
    }
  });

  it.each(samples)('keeps counts, order and names of %s consistent', (_, bytes) => {
    const report = read(bytes);

    const sorted = [...report.findings].sort((a, b) => compareSeverity(a.severity, b.severity) || (a.id < b.id ? -1 : 1));
    expect(report.findings).toEqual(sorted);
    expect(new Set(report.findings.map((f) => f.id)).size).toBe(report.findings.length);
    expect(report.findings.every((f) => f.format === id && (knowsUnnamedCves.has(id) || f.cves.every((cve) => report.cvesNamed.includes(cve))))).toBe(true);
    expect(report.assets).toEqual([...new Set(report.assets)].sort());
  });

  it('answers a file cut short with a refusal, or with a smaller report where the format cannot show its end', () => {
    const [, bytes] = samples[0]!;
    const whole = read(bytes);

    for (const share of [0.2, 0.5, 0.9]) {
      const part = readOrCode(bytes.subarray(0, Math.floor(bytes.length * share)));
      if (typeof part !== 'string') expect(part.records).toBeLessThanOrEqual(whole.records);
    }
  });

  it('throws nothing but refusals on changed files', () => {
    for (const [, bytes] of samples)
      fc.assert(
        fc.property(changes, (edits) => {
          readOrCode(changed(bytes, edits));
        }),
        { numRuns: changesPerSample, seed: 7 },
      );
  });
});

/** How many damaged versions of each sample are read; a long run sets FORMAT_CHANGES. */
const changesPerSample = Number(process.env['FORMAT_CHANGES'] ?? 60);

/** Places as shares of the file, with what is put there: single bytes, markup, escapes, numbers out of range. */
const changes = fc.array(
  fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    drop: fc.nat(40),
    put: fc.oneof(
      fc.constantFrom('"', '<', '>', '{', ']', ',', '\\u0000', '\\ud800', '-1', '1e999', '99999', 'null', '&x;', '\n', ''),
      fc.string({ maxLength: 5 }),
    ),
  }),
  { minLength: 1, maxLength: 4 },
);

function changed(bytes: Uint8Array, edits: readonly { at: number; drop: number; put: string }[]): Uint8Array {
  let text = Buffer.from(bytes).toString('utf8');
  for (const { at, drop, put } of edits) {
    const place = Math.floor(at * text.length);
    text = text.slice(0, place) + put + text.slice(place + drop);
  }
  return new Uint8Array(Buffer.from(text, 'utf8'));
}

describe('any file', () => {
  it('is read whole or refused, whatever its bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        readOrCode(bytes);
      }),
      { numRuns: 500, seed: 11 },
    );
  });

  it('is not recognised by its beginning alone when nothing fits', () => {
    for (const text of ['<html><body/></html>', '{"name":"x"}', '[1,2]', 'org,limit\na,1\n', '"text"', 'true', 'MZ']) {
      expect(() => recogniseFormat(text, true)).toThrow(expect.objectContaining({ code: 'unknown-scanner-format' }));
    }
  });
});
