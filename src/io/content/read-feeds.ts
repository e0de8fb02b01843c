import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { Refusal, type ContentProblem } from '../../domain/basics/index.ts';
import { buildOutlook, readEpss, readKev, type ThreatOutlook } from '../../domain/threats/index.ts';

const maxUnpackedBytes = 256 * 1024 * 1024;

/** The threat feeds as they lie in the first of these folders that has one: `kev.json` or `kev.csv`, `epss.csv` or `epss.csv.gz`. No feed at all is an outlook that knows nothing. */
export function readOutlook(dirs: readonly string[]): { outlook: ThreatOutlook | null; problems: readonly ContentProblem[] } {
  const problems: ContentProblem[] = [];
  const kev = readFirst(dirs, ['kev.json', 'kev.csv'], readKev, problems);
  const epss = readFirst(dirs, ['epss.csv', 'epss.csv.gz'], readEpss, problems);
  return problems.length > 0 ? { outlook: null, problems } : { outlook: buildOutlook({ kev, epss }), problems };
}

function readFirst<T>(dirs: readonly string[], names: readonly string[], read: (chunks: Iterable<Uint8Array>) => T, problems: ContentProblem[]): T | null {
  const path = dirs.flatMap((dir) => names.map((name) => join(dir, name))).find((candidate) => existsSync(candidate));
  if (path === undefined) return null;
  try {
    return read([unpacked(path)]);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    problems.push({ file: path, at: String(error.facts['position'] ?? ''), message: error.message });
    return null;
  }
}

function unpacked(path: string): Uint8Array {
  const bytes = readFileSync(path);
  return path.endsWith('.gz') ? gunzipSync(bytes, { maxOutputLength: maxUnpackedBytes }) : bytes;
}
