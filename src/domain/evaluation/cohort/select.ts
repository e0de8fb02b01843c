import type { Text } from '../../basics/index.ts';
import type { CohortFilter } from './query.ts';

/** A firm as cohorts see it. `start` is the first day of cover, null when it has none; null elsewhere means not recorded. */
export interface Candidate {
  readonly firm: string;
  readonly start: string | null;
  readonly industry: string | null;
  readonly size: string | null;
  readonly product: string | null;
  readonly score: number | null;
  readonly employees: number | null;
  readonly revenue: number | null;
}

/** A firm that is not in the cohort, and why. */
export interface Excluded {
  readonly firm: string;
  readonly code:
    'repeated' | 'future-start' | 'outside-dates' | 'outside-industry' | 'outside-size' | 'outside-product' | 'outside-score' | 'score-not-recorded';
  readonly reason: Text;
}

const reasons: Record<Excluded['code'], Text> = {
  repeated: { zh: '同一企业出现多次，只计第一次', en: 'the firm appears more than once; counted once' },
  'future-start': { zh: '起保日晚于数据截止日', en: 'cover starts after the data were cut' },
  'outside-dates': { zh: '起保日不在所选区间', en: 'start of cover outside the chosen dates' },
  'outside-industry': { zh: '不属于所选行业', en: 'not of a chosen industry' },
  'outside-size': { zh: '不属于所选规模', en: 'not of a chosen size' },
  'outside-product': { zh: '不属于所选产品', en: 'not of a chosen product' },
  'outside-score': { zh: '评分不在所选区间', en: 'score outside the chosen band' },
  'score-not-recorded': { zh: '没有评分', en: 'no score recorded' },
};

/** The cohort and everybody left out, with the reason; nobody disappears. `asOfDay` is the day on which the data were cut. */
export function selectCohort(
  candidates: readonly Candidate[],
  filter: CohortFilter,
  asOfDay: string,
): { readonly included: readonly Candidate[]; readonly excluded: readonly Excluded[] } {
  const seen = new Set<string>();
  const included: Candidate[] = [];
  const excluded: Excluded[] = [];
  for (const candidate of candidates) {
    const code = seen.has(candidate.firm) ? 'repeated' : whyOutside(candidate, filter, asOfDay);
    seen.add(candidate.firm);
    if (code === null) included.push(candidate);
    else excluded.push({ firm: candidate.firm, code, reason: reasons[code] });
  }
  return { included, excluded };
}

function whyOutside(candidate: Candidate, filter: CohortFilter, asOfDay: string): Excluded['code'] | null {
  if (candidate.start !== null && candidate.start > asOfDay) return 'future-start';
  if (!withinDates(candidate.start, filter)) return 'outside-dates';
  if (!isAmong(candidate.industry, filter.industries)) return 'outside-industry';
  if (!isAmong(candidate.size, filter.sizes)) return 'outside-size';
  if (!isAmong(candidate.product, filter.products)) return 'outside-product';
  return whyOutsideScore(candidate.score, filter);
}

/** ISO days compare as text. A firm without cover has no start and passes: it may serve as control. */
const withinDates = (start: string | null, { startFrom, startUntil }: CohortFilter): boolean =>
  start === null || ((startFrom === null || start >= startFrom) && (startUntil === null || start <= startUntil));

const isAmong = (value: string | null, chosen: readonly string[] | null): boolean => chosen === null || (value !== null && chosen.includes(value));

function whyOutsideScore(score: number | null, { scoreFrom, scoreUntil }: CohortFilter): Excluded['code'] | null {
  if (scoreFrom === null && scoreUntil === null) return null;
  if (score === null) return 'score-not-recorded';
  return score < (scoreFrom ?? -Infinity) || score > (scoreUntil ?? Infinity) ? 'outside-score' : null;
}
