import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { request } from '../../api/request.ts';
import type { components } from '../../api/schema.d.ts';

type Schemas = components['schemas'];
export type CancellationView = Schemas['CancellationView'];
export type Plan = Schemas['CancellationPlan'];
export type Ended = Schemas['EndedPolicy'];

export type ProposedCancellation = Schemas['ProposedCancellation'];

/** The cancellations of the insurer's own policies that wait for a second person. */
export const useProposedCancellations = (allowed: boolean) =>
  useQuery({
    queryKey: ['cancellation-proposals'],
    queryFn: () => request<{ items: ProposedCancellation[]; next: string | null }>('GET', '/api/cancellation-proposals?limit=200'),
    select: ({ items }) => items,
    refetchInterval: 60_000,
    enabled: allowed,
  });

/** What is asked for, as the screen holds it; empty where nothing is said. `ends` is the first day without cover. */
export interface Asking {
  readonly ground: string;
  readonly ends: string;
  readonly knownOn: string;
  readonly paidMinor: number | null;
}

const isSaid = ([, value]: [string, unknown]): boolean => value !== '' && value !== null;

/** On which grounds this side can end the policy and, once a ground is chosen, what it comes to. */
export const useCancellation = (policy: string, asking: Asking | null) =>
  useQuery({
    queryKey: ['cancellation', policy, asking],
    placeholderData: keepPreviousData,
    retry: false,
    queryFn: () => {
      const said = new URLSearchParams(
        Object.entries(asking ?? {})
          .filter(isSaid)
          .map(([name, value]) => [name, String(value)]),
      );
      return request<CancellationView>('GET', `/api/policies/${policy}/cancellation?${said.toString()}`);
    },
  });

/** One act on a policy under one key; afterwards all that hangs on the policy is asked anew. */
function useEnding<Sent>(act: (sent: Sent, key: string) => Promise<Ended>) {
  const client = useQueryClient();
  const key = useRef(crypto.randomUUID());
  return useMutation({
    mutationFn: (sent: Sent) => act(sent, key.current),
    onSettled: () => {
      key.current = crypto.randomUUID();
      void client.invalidateQueries();
    },
  });
}

export type Confirmed = {
  ground: string;
  ends: string;
  knownOn: string | null;
  paidMinor: number | null;
  reason: string;
  returnedMinor: number;
  overtakes: string | null;
};

export const useCancel = (policy: string) => useEnding((body: Confirmed, key) => request<Ended>('POST', `/api/policies/${policy}/cancellation`, { body, key }));
export const useCancelAsInsurer = (policy: string) =>
  useEnding((body: Confirmed & { escalate: boolean }, key) => request<Ended>('POST', `/api/policies/${policy}/insurer-cancellation`, { body, key }));
export const useSignCancellation = (policy: string) =>
  useEnding((body: { agree: boolean; returnedMinor: number }, key) =>
    request<Ended>('POST', `/api/policies/${policy}/insurer-cancellation/signature`, { body, key }),
  );
