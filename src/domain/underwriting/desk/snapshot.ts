import { Refusal, hashData, type Text } from '../../basics/index.ts';
import type { Quote } from '../model.ts';
import { enumerated, factInBoth } from './both-languages.ts';
import type { CaseSnapshot } from './case-file.ts';

/** Freezes what a decision rests on. */
export function snapshotOf(quote: Quote, assessmentVersion: number): CaseSnapshot {
  const facts = {
    assessmentVersion,
    score: Math.round(quote.score * 10) / 10,
    grade: quote.grade,
    blockers: quote.gate.blockers.map(({ code }) => code).sort(),
    reasons: quote.reasons.map(({ code }) => code).sort(),
    totalMinor: quote.worksheet.premium.total,
    retentionMinor: quote.cover.retentionMinor,
    limitMinor: quote.cover.limitMinor,
    ratebook: quote.versions['ratebook'] ?? '',
    guidelines: quote.versions['guidelines'] ?? '',
  };
  return { ...facts, hash: hashData(facts) };
}

const names: Readonly<Record<Exclude<keyof CaseSnapshot, 'hash'>, Text>> = {
  assessmentVersion: { zh: '评估版本', en: 'assessment version' },
  score: { zh: '评分', en: 'score' },
  grade: { zh: '等级', en: 'grade' },
  blockers: { zh: '门槛问题', en: 'blockers of the gate' },
  reasons: { zh: '核保理由', en: 'underwriting reasons' },
  totalMinor: { zh: '含税保费（分）', en: 'premium with VAT (fen)' },
  retentionMinor: { zh: '免赔额（分）', en: 'retention (fen)' },
  limitMinor: { zh: '限额（分）', en: 'limit (fen)' },
  ratebook: { zh: '费率版本', en: 'ratebook' },
  guidelines: { zh: '核保规则版本', en: 'guidelines' },
};

/** One thing that is no longer as it was decided on. */
export interface SnapshotChange {
  readonly what: keyof typeof names;
  readonly name: Text;
  readonly before: string;
  readonly after: string;
}

/** Evidence ages from day to day; a price and a score that move by no more than this are the same case. */
const deadBand = { premiumShare: 0.01, score: 0.5 };

const isNoise = (what: keyof typeof names, before: CaseSnapshot, after: CaseSnapshot): boolean =>
  (what === 'totalMinor' && Math.abs(after.totalMinor - before.totalMinor) <= deadBand.premiumShare * before.totalMinor) ||
  (what === 'score' && Math.abs(after.score - before.score) <= deadBand.score);

/** What changed materially between two snapshots. The version of the assessment alone is not material: what follows from it is. */
export function snapshotChanges(before: CaseSnapshot, after: CaseSnapshot): SnapshotChange[] {
  const keys = Object.keys(names) as (keyof typeof names)[];
  const shown = (value: unknown): string => (Array.isArray(value) ? value.join(', ') : String(value));
  return keys
    .filter((what) => what !== 'assessmentVersion' && !isNoise(what, before, after))
    .map((what) => ({ what, name: names[what], before: shown(before[what]), after: shown(after[what]) }))
    .filter((change) => change.before !== change.after);
}

const inWords = ({ name, before, after }: SnapshotChange): Text => ({ zh: `${name.zh} ${before} → ${after}`, en: `${name.en} ${before} → ${after}` });

/** Throws a Refusal `quote-changed` (conflict) whose faults are everything that changed since it was looked at. */
export function requireUnchanged(before: CaseSnapshot, after: CaseSnapshot): void {
  const changes = snapshotChanges(before, after);
  if (changes.length === 0) return;
  const faults = changes.map(({ what, name, before: was, after: is }) => ({ path: what, code: 'changed', message: `${name.zh} · ${name.en}: ${was} → ${is}` }));
  throw new Refusal(
    'conflict',
    'quote-changed',
    'the case has changed since it was decided on; nothing was decided',
    { changes: changes.length, ...factInBoth('what', enumerated(changes.map(inWords))) },
    faults,
  );
}
