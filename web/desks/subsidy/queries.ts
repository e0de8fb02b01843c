import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { SecurityPackage } from '../../../src/domain/subsidy/index.ts';
import { useSession } from '../../api/queries.ts';
import { request, type Address } from '../../api/request.ts';
import type { Page } from '../../api/wire.ts';
import type { components } from '../../api/schema.d.ts';

type Schemas = components['schemas'];
export type Application = Schemas['SubsidyApplicationRecord'];
export type SchemeOnOffer = Schemas['SchemeOnOffer'];
export type SchemeFile = Schemas['SubsidySchemeFile'];
export type SubsidyRules = Schemas['SubsidyScheme'];
export type Considered = Schemas['ConsideredSubsidy'];

export interface Options {
  options: Considered[];
  schemes: SchemeOnOffer[];
  applications: Application[];
}

export const usePackagesOnSale = () =>
  useQuery({
    queryKey: ['security-packages'],
    queryFn: () => request<{ packages: SecurityPackage[]; schemes: SchemeOnOffer[] }>('GET', '/api/security-packages'),
  });

/** What each open scheme and package would do to the price of a quote. */
export const useSubsidies = (quote: string, allowed = true) =>
  useQuery({ queryKey: ['subsidies', quote], queryFn: () => request<Options>('GET', `/api/quotes/${quote}/subsidies`), enabled: allowed && quote !== '' });

/** The applications that belong to a quote, newest first. */
export const useApplications = (quote: string, allowed = true) =>
  useQuery({
    queryKey: ['subsidy-applications', quote],
    queryFn: () => request<Page<Application>>('GET', `/api/subsidy-applications?quote=${quote}`),
    select: (page) => page.items,
    enabled: allowed,
  });

/** The subsidy that was granted for a quote, also once it went back; undefined where there is none, or for whoever may not see it. */
export function useSubsidyOfQuote(quote: string): Application | undefined {
  const may = useSession().data?.permissions.includes('subsidy:read') ?? false;
  return useApplications(quote, may).data?.find(({ state }) => state === 'granted' || state === 'returned');
}

export const useSchemes = () =>
  useQuery({
    queryKey: ['subsidy-schemes'],
    queryFn: () => request<{ schemes: SchemeFile[]; closed: SubsidyRules[] }>('GET', '/api/subsidy-schemes'),
  });

/** Any act on subsidies; everything that shows them is asked anew afterwards. `key` stays the same for one intention, so that a second press does nothing. */
export function useSubsidyAct<T = Application>() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ path, body, key }: { path: Address; body: unknown; key: string }) => request<T>('POST', path, { body, key }),
    onSettled: () => {
      for (const queryKey of [['subsidies'], ['subsidy-applications'], ['subsidy-schemes'], ['security-packages'], ['postings']])
        void client.invalidateQueries({ queryKey });
    },
  });
}
