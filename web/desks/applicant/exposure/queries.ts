import { useQuery } from '@tanstack/react-query';
import { request } from '../../../api/request.ts';
import type { components } from '../../../api/schema.d.ts';
import type { RequestedCover } from '../../../api/wire.ts';

export type Exposure = components['schemas']['Exposure'];
export type Advice = components['schemas']['PreventionAdvice'];
export type Plan = components['schemas']['AdvisedPlan'];
export interface Credits {
  readonly currency: RequestedCover['currency'];
  readonly todayMinor: number;
  readonly bestMinor: number;
  readonly credits: readonly components['schemas']['RepairCredit'][];
  readonly orders: number | null;
}

export const useExposure = (id: string, version: number, cover: RequestedCover | null) =>
  useQuery({
    queryKey: ['exposure', id, version, cover],
    queryFn: () => request<Exposure>('POST', `/api/assessments/${id}/exposure`, { body: { cover } }),
    enabled: cover !== null,
  });

export const useAdvice = (
  id: string,
  version: number,
  asked: { cover: RequestedCover; covers: RequestedCover[]; budgetMinor: number | null; costs: Record<string, number> } | null,
) =>
  useQuery({
    queryKey: ['prevention', id, version, asked],
    queryFn: () => request<Advice>('POST', `/api/assessments/${id}/prevention`, { body: asked }),
    enabled: asked !== null,
    placeholderData: (before) => before,
  });

export const useCredits = (id: string, version: number, cover: RequestedCover | null) =>
  useQuery({
    queryKey: ['repair-credits', id, version, cover],
    queryFn: () => request<Credits>('POST', `/api/assessments/${id}/repair-credits`, { body: { cover } }),
    enabled: cover !== null,
  });
