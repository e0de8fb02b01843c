import * as calculator from 'ae-cvss-calculator';
import type { Cvss } from '../finding.ts';

type CvssVersion = NonNullable<Cvss['version']>;

/**
 * What a tool recorded about the CVSS of a weakness, with the version read off the vector and the base score computed from it where the tool wrote
 * none. A vector that is no CVSS vector is dropped, because a score nobody can check is better than one with a false proof. Null when nothing is left.
 */
export function cvssOf(recorded: {
  vector?: string | null | undefined;
  score?: number | null | undefined;
  version?: CvssVersion | null | undefined;
}): Cvss | null {
  const vector = readVector(recorded.vector ?? '', recorded.version ?? null);
  const given = recorded.score ?? null;
  const score = given !== null && given >= 0 && given <= 10 ? given : null;
  if (vector === null) return score === null ? null : { version: recorded.version ?? null, vector: null, score };
  return { version: vector.version, vector: vector.text, score: score ?? vector.score };
}

/** The base score of a CVSS vector (v2, 3.0, 3.1, 4.0; v2 and v3 also without prefix), one decimal; null when the text is no complete vector. */
export const scoreOfVector = (vector: string): number | null => readVector(vector, null)?.score ?? null;

/** The number at the start of a cell such as `7.5` or `7.5 (High)`; null when there is none between 0 and 10. */
export function readScore(text: string): number | null {
  const match = /^\s*(\d{1,2}(?:\.\d+)?)/.exec(text);
  const score = match === null ? Number.NaN : Number(match[1]);
  return score >= 0 && score <= 10 ? score : null;
}

interface Vector {
  readonly version: CvssVersion;
  readonly text: string;
  readonly score: number;
}

const remembered = new Map<string, Vector | null>();

function readVector(text: string, version: CvssVersion | null): Vector | null {
  const trimmed = text
    .trim()
    .replace(/^\((.*)\)$/, '$1')
    .replace(/^CVSS2#/i, '');
  if (trimmed === '' || trimmed.length > 300) return null;
  const key = `${version} ${trimmed}`;
  const known = remembered.get(key);
  if (known !== undefined) return known;
  const vector = calculate(trimmed, version);
  if (remembered.size >= 5000) remembered.clear();
  remembered.set(key, vector);
  return vector;
}

function calculate(text: string, version: CvssVersion | null): Vector | null {
  const named = versionOf(text) ?? version;
  if (named === null || !/^(?:CVSS:\d\.\d\/)?[A-Za-z]{1,3}:[A-Za-z]+(?:\/[A-Za-z]{1,3}:[A-Za-z]+)*\/?$/.test(text)) return null;
  const prefixed = named === '2.0' || text.startsWith('CVSS:') ? text : `CVSS:${named}/${text}`;
  try {
    const score = baseScore(prefixed, named);
    return score === null ? null : { version: named, text, score };
  } catch {
    // The calculator throws on metrics it does not know: then the text is no vector of that version.
    return null;
  }
}

function versionOf(text: string): CvssVersion | null {
  const prefix = /^CVSS:(2\.0|3\.0|3\.1|4\.0)\//.exec(text);
  if (prefix) return prefix[1] as CvssVersion;
  if (/(?:^|\/)Au:/.test(text)) return '2.0';
  return /(?:^|\/)PR:/.test(text) ? '3.1' : null;
}

/** The package is CommonJS: Node shows its classes under `default`, a bundler shows them directly. */
const { Cvss2, Cvss3P0, Cvss3P1, Cvss4P0 } = 'Cvss2' in calculator ? calculator : (calculator as { default: typeof calculator }).default;

function baseScore(vector: string, version: CvssVersion): number | null {
  const cvss = parsed(vector, version);
  if (!cvss.isBaseFullyDefined()) return null;
  const score = cvss.calculateScores().base;
  return score === undefined || !Number.isFinite(score) ? null : score;
}

function parsed(vector: string, version: CvssVersion) {
  switch (version) {
    case '2.0':
      return new Cvss2(vector);
    case '3.0':
      return new Cvss3P0(vector);
    case '3.1':
      return new Cvss3P1(vector);
    case '4.0':
      return new Cvss4P0(vector);
  }
}
