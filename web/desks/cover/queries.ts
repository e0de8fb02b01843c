import { useQuery } from '@tanstack/react-query';
import type { Incident, Payment } from '../../../src/domain/catalogue/index.ts';
import type { PinnedWording } from '../../../src/domain/policy/index.ts';
import { request } from '../../api/request.ts';

export interface PolicyWording {
  policy: string;
  number: string;
  version: number;
  since: string;
  unchanged: boolean;
  wording: PinnedWording;
}

/** The last instant of a day in Beijing: what held at its end held on that day. */
export const endOfDay = (day: string): string => `${day}T23:59:59+08:00`;

const at = (asOf: string | null): string => (asOf === null ? '' : `?asOf=${encodeURIComponent(endOfDay(asOf))}`);

/** The wording pinned to a policy; `asOf` a day, or null for the one in force. */
export const usePolicyWording = (policy: string, asOf: string | null) =>
  useQuery({
    queryKey: ['policy-wording', policy, asOf],
    queryFn: () => request<PolicyWording>('GET', `/api/policies/${policy}/wording${at(asOf)}`),
  });

/** What the policy would pay of each published incident. */
export const usePolicyReplay = (policy: string) =>
  useQuery({
    queryKey: ['policy-replay', policy],
    queryFn: () => request<{ hash: string; replays: { incident: Incident; payment: Payment }[] }>('GET', `/api/policies/${policy}/replay`),
    staleTime: 600_000,
  });
