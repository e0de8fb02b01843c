import { useQuery } from '@tanstack/react-query';
import type { RequestedCover } from '../../../../src/domain/catalogue/index.ts';
import { request } from '../../../api/request.ts';
import { percent } from '../../../format.ts';

export interface Bite {
  kind: 'limit' | 'aggregate' | 'sub-limit' | 'retention';
  coverage: string | null;
  amountMinor: number;
  probability: number;
  shareOfEvents: number;
}

export interface Adequacy {
  bites: Bite[];
  waiting: { coverage: string; peril: string; hours: number; endsWithin: number }[];
}

/** How likely each limit of a cover is to bite for this firm. */
export const useAdequacy = (id: string, version: number, cover: RequestedCover | null) =>
  useQuery({
    queryKey: ['adequacy', id, version, cover],
    queryFn: () => request<{ adequacy: Adequacy }>('POST', `/api/assessments/${id}/exposure`, { body: { cover } }),
    select: (found) => found.adequacy,
    enabled: cover !== null && cover.lines.length > 0 && version > 0,
    placeholderData: (before) => before,
  });

/** A probability as people read one; null where it is too small for two decimals. */
export const likelihood = (probability: number): string | null => (probability < 0.0001 ? null : percent(probability, probability < 0.01 ? 2 : 1));

/** The sub-limit of a coverage and how often it bites. */
export const biteOf = (adequacy: Adequacy | undefined, coverage: string): Bite | undefined =>
  adequacy?.bites.find((one) => one.kind === 'sub-limit' && one.coverage === coverage);

/** Of the interruptions that a coverage answers to, the largest share of one peril that ends within the waiting period. */
export const endsWithin = (adequacy: Adequacy | undefined, coverage: string): number | null => {
  const found = adequacy?.waiting.filter((one) => one.coverage === coverage) ?? [];
  return found.length === 0 ? null : Math.max(...found.map((one) => one.endsWithin));
};
