import { useMutation, useQuery } from '@tanstack/react-query';
import type { ComparisonRow, Incident, InsurerTerms, Replay } from '../../../src/domain/catalogue/index.ts';
import { request } from '../../api/request.ts';

export interface Comparison {
  version: string;
  insurers: InsurerTerms[];
  rows: ComparisonRow[];
}

export interface Replayed {
  version: string;
  waitingHours: number[];
  incidents: Incident[];
  replays: Replay[];
}

const paper = { staleTime: 600_000 };

export const useComparison = () =>
  useQuery({ queryKey: ['wording-comparison'], queryFn: () => request<Comparison>('GET', '/api/wording-comparison'), ...paper });
export const useReplay = () => useQuery({ queryKey: ['incident-replay'], queryFn: () => request<Replayed>('GET', '/api/incident-replay'), ...paper });

/** Compares terms from a file with those of the library; the file is not kept. */
export const useImportedTerms = () =>
  useMutation({ mutationFn: (terms: unknown[]) => request<Comparison & Replayed>('POST', '/api/wording-comparison', { body: { terms } }) });
