import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { request } from '../../api/request.ts';
import type { components } from '../../api/schema.d.ts';

type Schemas = components['schemas'];
export type ImportRecord = Schemas['ImportRecord'];
export type ImportItem = ImportRecord['items'][number];
export type Rulings = ImportRecord['rulings'];
export type Review = Schemas['ImportReview'];
export type Quarantined = Schemas['Quarantined'];
export type Standing = Review['findings'][number]['standing'];

const isReading = (record: ImportRecord | undefined): boolean => record?.items.some(({ state }) => state === 'reading') ?? false;

/** One import; asked again every second and a half while a file is being read. */
export const useImport = (id: string) =>
  useQuery({
    queryKey: ['import', id],
    queryFn: () => request<ImportRecord>('GET', `/api/imports/${id}`),
    refetchInterval: (query) => (isReading(query.state.data) ? 1500 : false),
  });

export const useImports = (assessment: string) =>
  useQuery({
    queryKey: ['imports', assessment],
    queryFn: () => request<{ items: ImportRecord[] }>('GET', `/api/assessments/${assessment}/imports`),
    select: ({ items }) => items,
  });

export const useQuarantine = (assessment: string) =>
  useQuery({
    queryKey: ['quarantine', assessment],
    queryFn: () => request<{ items: Quarantined[] }>('GET', `/api/assessments/${assessment}/quarantine`),
    select: ({ items }) => items,
  });

/** What the draft would bring; asked anew with each version of it. */
export const useReview = ({ id, version }: ImportRecord, chosen: { item?: string | undefined; only?: Standing | undefined; offset?: number } = {}) =>
  useQuery({
    queryKey: ['import-review', id, version, chosen],
    queryFn: () => request<Review>('GET', `/api/imports/${id}/review?${queryOf(chosen)}`),
    placeholderData: (before) => before,
  });

const queryOf = (chosen: Readonly<Record<string, string | number | undefined>>): string =>
  new URLSearchParams(Object.entries(chosen).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]))).toString();

export const useSample = (id: string, item: string, wanted: boolean) =>
  useQuery({
    queryKey: ['import-sample', id, item],
    queryFn: () => request<{ samples: { encoding: 'utf-8' | 'gb18030'; text: string }[] }>('GET', `/api/imports/${id}/items/${item}/text`),
    select: ({ samples }) => samples,
    enabled: wanted,
  });

export const useStartImport = (assessment: string) =>
  useMutation({ mutationFn: () => request<ImportRecord>('POST', `/api/assessments/${assessment}/imports`, { body: {}, key: crypto.randomUUID() }) });

/** An act on an import, after which it is asked anew. */
function useAct<Sent, Answer>(id: string, act: (sent: Sent) => Promise<Answer>) {
  const client = useQueryClient();
  return useMutation({ mutationFn: act, onSettled: () => client.invalidateQueries({ queryKey: ['import', id] }) });
}

export const useAddFile = (id: string) => useAct(id, (file: File) => request<{ state: ImportItem['state'] }>('POST', `/api/imports/${id}/files`, { file }));
export const useRemoveItem = (id: string) => useAct(id, (item: string) => request<ImportRecord>('DELETE', `/api/imports/${id}/items/${item}`));
export const useChooseEncoding = (id: string, item: string) =>
  useAct(id, (encoding: 'utf-8' | 'gb18030') => request<ImportRecord>('POST', `/api/imports/${id}/items/${item}/encoding`, { body: { encoding } }));
export const useRule = (id: string) =>
  useAct(id, (sent: { version: number; rulings: Rulings }) => request<ImportRecord>('PUT', `/api/imports/${id}/assets`, { body: sent }));
export const useDiscard = (id: string) => useAct(id, () => request<ImportRecord>('DELETE', `/api/imports/${id}`));

export interface Confirmed {
  readonly import: ImportRecord;
  readonly score: number;
  readonly reports: number;
  readonly findings: number;
}

export function useConfirm({ id, assessment }: ImportRecord) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (version: number) => request<Confirmed>('POST', `/api/imports/${id}/confirmation`, { body: { version }, key: crypto.randomUUID() }),
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ['import', id] }),
        client.invalidateQueries({ queryKey: ['imports', assessment] }),
        client.invalidateQueries({ queryKey: ['assessment', assessment] }),
        client.invalidateQueries({ queryKey: ['assessments'] }),
      ]),
  });
}
