import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import type { Problem } from '../../api/problem.ts';
import { request } from '../../api/request.ts';
import type { components } from '../../api/schema.d.ts';
import type { Page } from '../../api/wire.ts';

export type RatebookSummary = components['schemas']['RatebookSummary'];
export type RatebookView = components['schemas']['RatebookView'];
export type Proposal = components['schemas']['RatebookProposalRecord'];
export type ProposalSummary = components['schemas']['RatebookProposalSummary'];
export type Draft = components['schemas']['RatebookDraft'];
export type Difference = components['schemas']['RatebookDifference'];
export type Dislocation = components['schemas']['Dislocation'];
export type ParameterOfTariff = RatebookView['numbers'][number];
export type Table = RatebookView['tables'][number];
export interface FilingPack {
  readonly version: string;
  readonly hash: string;
  readonly documents: readonly { readonly name: string; readonly mediaType: string; readonly text: string }[];
}

export const useRatebooks = () =>
  useQuery({ queryKey: ['ratebooks'], queryFn: () => request<{ items: readonly RatebookSummary[]; today: string }>('GET', '/api/ratebooks') });
export const useRatebook = (version: string | undefined) =>
  useQuery({
    queryKey: ['ratebook', version],
    queryFn: () => request<RatebookView>('GET', `/api/ratebooks/${version!}`),
    enabled: version !== undefined,
  });
export const useDifference = (from: string, to: string) =>
  useQuery({
    queryKey: ['ratebook-difference', from, to],
    queryFn: () => request<Difference>('GET', `/api/ratebooks/${to}/difference/${encodeURIComponent(from)}`),
    enabled: from !== '' && to !== '' && from !== to,
  });
export const useProposals = () =>
  useQuery({ queryKey: ['ratebook-proposals'], queryFn: () => request<Page<ProposalSummary>>('GET', '/api/ratebook-proposals?limit=200') });
export const useProposal = (id: string) =>
  useQuery({ queryKey: ['ratebook-proposal', id], queryFn: () => request<Proposal>('GET', `/api/ratebook-proposals/${id}`) });

export function useBeginDraft() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => request<Proposal>('POST', '/api/ratebook-proposals', { body: {}, key: crypto.randomUUID() }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['ratebook-proposals'] }),
  });
}

/**
 * What can be done to one proposal. Saving goes on from the version that was seen last; when only the effect was worked out meanwhile, the newer version is taken and saving goes on,
 * and when somebody else changed the draft it is refused.
 */
export function useProposalActs(proposal: Proposal) {
  const client = useQueryClient();
  const { id } = proposal;
  const seen = useRef({ version: proposal.version, draft: JSON.stringify(proposal.draft) });
  if (proposal.version > seen.current.version) seen.current = { version: proposal.version, draft: JSON.stringify(proposal.draft) };
  const keep = (found: Proposal): Proposal => {
    seen.current = { version: found.version, draft: JSON.stringify(found.draft) };
    client.setQueryData(['ratebook-proposal', id], found);
    void client.invalidateQueries({ queryKey: ['ratebook-proposals'] });
    return found;
  };
  const put = (draft: Draft) => request<Proposal>('PUT', `/api/ratebook-proposals/${id}`, { body: { version: seen.current.version, draft } });
  const save = (draft: Draft): Promise<Proposal> =>
    put(draft)
      .catch(async (problem: Problem) => {
        const now = await request<Proposal>('GET', `/api/ratebook-proposals/${id}`);
        if (problem.code !== 'changed-meanwhile' || JSON.stringify(now.draft) !== seen.current.draft) throw problem;
        seen.current.version = now.version;
        return put(draft);
      })
      .then(keep);
  const act = (path: 'submission' | 'discard') => ({
    mutationFn: () =>
      request<Proposal>('POST', `/api/ratebook-proposals/${id}/${path}` as '/api/ratebook-proposals/{proposal}/discard', {
        body: { version: seen.current.version },
        key: crypto.randomUUID(),
      }),
    onSuccess: keep,
  });
  return {
    save,
    trial: useMutation({
      mutationFn: (book: { kind: 'own' | 'invented'; policies: number; seed: number | null }) =>
        request<{ job: string }>('POST', `/api/ratebook-proposals/${id}/dislocation`, {
          body: { version: seen.current.version, book },
          key: crypto.randomUUID(),
        }),
      onSuccess: () => client.invalidateQueries({ queryKey: ['ratebook-proposal', id] }),
    }),
    submit: useMutation(act('submission')),
    discard: useMutation(act('discard')),
    decide: useMutation({
      mutationFn: (decision: { decision: 'released' | 'returned'; reason: string | null }) =>
        request<Proposal>('POST', `/api/ratebook-proposals/${id}/decision`, { body: decision, key: crypto.randomUUID() }),
      onSuccess: (found: Proposal) => {
        keep(found);
        void client.invalidateQueries({ queryKey: ['ratebooks'] });
      },
    }),
  };
}
