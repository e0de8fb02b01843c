import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { request } from '../../../api/request.ts';
import type { components } from '../../../api/schema.d.ts';

export type Asset = components['schemas']['AssetRecord'];
export type Authorisation = components['schemas']['ScanAuthorisationRecord'];
export type Check = components['schemas']['PostureCheck'];
export type Rule = components['schemas']['PostureRule'];
type Switch = components['schemas']['ScanSwitch'];
export type Terms = Omit<Authorisation, 'id' | 'state' | 'signedBy' | 'signedAt' | 'revokedAt'>;

export const useAssets = () =>
  useQuery({ queryKey: ['assets'], queryFn: () => request<{ items: Asset[] }>('GET', '/api/assets?limit=200'), select: ({ items }) => items });
export const useAuthorisations = () =>
  useQuery({
    queryKey: ['scan-authorisations'],
    queryFn: () => request<{ items: Authorisation[] }>('GET', '/api/scan-authorisations'),
    select: ({ items }) => items,
  });
export const useScanSwitch = () => useQuery({ queryKey: ['scan-switch'], queryFn: () => request<Switch>('GET', '/api/scan-switch') });
export const useRules = () =>
  useQuery({
    queryKey: ['posture-rules'],
    queryFn: () => request<{ rules: Rule[] }>('GET', '/api/posture-rules'),
    select: ({ rules }) => rules,
    staleTime: 600_000,
  });

/** The checks, asked again every two seconds while one waits or runs. */
export const useChecks = () =>
  useQuery({
    queryKey: ['posture-checks'],
    queryFn: () => request<{ items: Check[] }>('GET', '/api/posture-checks?limit=50'),
    refetchInterval: (query) => (query.state.data?.items.some(({ state }) => state === 'queued') ? 2000 : false),
    select: ({ items }) => items,
  });

/** An act after which a list is asked anew. */
function useAct<Sent, Answer>(act: (sent: Sent) => Promise<Answer>, ...lists: readonly string[]) {
  const client = useQueryClient();
  return useMutation({ mutationFn: act, onSettled: () => Promise.all(lists.map((list) => client.invalidateQueries({ queryKey: [list] }))) });
}

const key = (): string => crypto.randomUUID();

export const useAddAssets = () => useAct((names: string[]) => request<{ assets: Asset[] }>('POST', '/api/assets', { body: { names }, key: key() }), 'assets');
export const useProve = (asset: string) =>
  useAct(
    (method: 'dns' | 'file') => request<{ outcome: 'proven' | 'not-found'; asset: Asset }>('POST', `/api/assets/${asset}/proof`, { body: { method } }),
    'assets',
  );
export const useSign = () =>
  useAct((terms: Terms) => request<Authorisation>('POST', '/api/scan-authorisations', { body: { terms }, key: key() }), 'scan-authorisations');
export const useRevoke = () =>
  useAct((id: string) => request<Authorisation>('POST', `/api/scan-authorisations/${id}/revocation`, { body: {} }), 'scan-authorisations');
export const useSetSwitch = () => useAct((stopped: boolean) => request<Switch>('PUT', '/api/scan-switch', { body: { stopped, reason: '' } }), 'scan-switch');
export const useStartCheck = (asset: string) =>
  useAct(
    (sent: { methodClass: 'passive' | 'gentle'; assessment: string | null }) =>
      request<{ check: string; job: string }>('POST', `/api/assets/${asset}/checks`, { body: sent, key: key() }),
    'posture-checks',
  );
