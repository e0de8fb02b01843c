import type { Severity } from '../finding.ts';

const levels: Readonly<Record<Severity, readonly string[]>> = {
  critical: ['critical', 'crit', 'severe', 'urgent', 'very high', 'blocker', 'fatal', 'emergency'],
  high: ['high', 'important', 'error', 'major', 'serious'],
  medium: ['medium', 'moderate', 'warning', 'warn', 'med', 'normal'],
  low: ['low', 'minor', 'note', 'negligible', 'minimal'],
  info: [
    'info',
    'informational',
    'information',
    'none',
    'log',
    'debug',
    'ok',
    'false positive',
    'best practice',
    'inventory',
    'unknown',
    'undefined',
    'unassigned',
    'unspecified',
  ],
};

const levelOfWord: ReadonlyMap<string, Severity> = new Map(
  Object.entries(levels).flatMap(([level, words]) => words.map((word) => [word, level as Severity] as const)),
);

const worst: readonly Severity[] = ['critical', 'high', 'medium', 'low', 'info'];

/** Our level for a tool's severity word in any case; null for a word that no tool is known to use. */
export const severityOfWord = (word: string): Severity | null => levelOfWord.get(word.trim().toLowerCase()) ?? null;

/** Our level for a CVSS base score, by the bands of CVSS v3 (specification §5): from 9.0 critical, from 7.0 high, from 4.0 medium, above 0 low, else info. */
export function severityOfScore(score: number): Severity {
  if (score >= 9) return 'critical';
  if (score >= 7) return 'high';
  if (score >= 4) return 'medium';
  return score > 0 ? 'low' : 'info';
}

/** The tool's own word counts; where it says nothing that we know, the score does; without either, `info`. */
export function severityOf(word: string, score: number | null): Severity {
  const said = levelOfWord.get(word.trim().toLowerCase());
  if (said !== undefined && !saysNothing.has(word.trim().toLowerCase())) return said;
  return score === null ? (said ?? 'info') : severityOfScore(score);
}

/** A weakness that is confirmed and that nobody has rated counts as medium, the middle of the scale: neither alarm nor silence. `toolSeverity` stays empty. */
export const unratedSeverity: Severity = 'medium';

/** As `severityOf`, for a confirmed weakness: `medium` where neither word nor score says anything. */
export const severityOfWeakness = (word: string, score: number | null): Severity =>
  score === null && (severityOfWord(word) === null || saysNothing.has(word.trim().toLowerCase())) ? unratedSeverity : severityOf(word, score);

const saysNothing: ReadonlySet<string> = new Set(['unknown', 'undefined', 'unassigned', 'unspecified']);

/** The worse of two levels. */
export const worseSeverity = (a: Severity, b: Severity): Severity => (worst.indexOf(a) <= worst.indexOf(b) ? a : b);

/** Orders levels from worst to mildest. */
export const compareSeverity = (a: Severity, b: Severity): number => worst.indexOf(a) - worst.indexOf(b);
