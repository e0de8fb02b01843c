import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { request } from '../../api/request.ts';
import type { Page } from '../../api/wire.ts';
import type { AskedStudy, CohortPreview, FirmHistory, PilotStudy, ReleaseRecord, StudyChoices, StudyQuery, StudyRecord, StudyRun } from './wire.ts';

export const useStudies = () => useQuery({ queryKey: ['studies'], queryFn: () => request<Page<StudyRecord>>('GET', '/api/studies?limit=200') });
export const useReleases = () => useQuery({ queryKey: ['releases'], queryFn: () => request<Page<ReleaseRecord>>('GET', '/api/releases?limit=200') });
export const useRelease = (id: string) => useQuery({ queryKey: ['release', id], queryFn: () => request<ReleaseRecord>('GET', `/api/releases/${id}`) });
export const usePilot = () => useQuery({ queryKey: ['pilot'], queryFn: () => request<PilotStudy>('GET', '/api/pilot'), staleTime: 600_000 });
export const useOwnHistory = (allowed: boolean) =>
  useQuery({
    queryKey: ['own-history'],
    queryFn: () => request<{ firms: { name: string; history: FirmHistory }[] }>('GET', '/api/own-history'),
    enabled: allowed,
  });
export const useStudyChoices = () => useQuery({ queryKey: ['study-choices'], queryFn: () => request<StudyChoices>('GET', '/api/study-choices') });

/** A study with its latest run; asked again while a job computes it. */
export const useStudy = (id: string) =>
  useQuery({
    queryKey: ['study', id],
    queryFn: () => request<{ study: StudyRecord; run: StudyRun | null }>('GET', `/api/studies/${id}`),
    refetchInterval: (query) => (query.state.data?.study.state === 'running' ? 1500 : false),
  });

/** Whom a study would be about, kept while the next answer is awaited. */
export const useCohortPreview = (asked: Pick<StudyQuery, 'source' | 'cohort' | 'control' | 'asOf'>) =>
  useQuery({
    queryKey: ['cohort', asked],
    queryFn: () => request<CohortPreview>('POST', '/api/cohort-preview', { body: asked }),
    placeholderData: (before) => before,
  });

export interface RunAnswer {
  run: string | null;
  job: string | null;
  unchanged: boolean;
}

export function useRunStudy() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (study: string) => request<RunAnswer>('POST', `/api/studies/${study}/runs`, { body: {}, key: crypto.randomUUID() }),
    onSettled: (_, __, study) => {
      void client.invalidateQueries({ queryKey: ['study', study] });
      void client.invalidateQueries({ queryKey: ['studies'] });
    },
  });
}

/** Writes the study down and runs it; the study is there even when running it fails. */
export function useSaveStudy() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (asked: AskedStudy) => {
      const study = await request<StudyRecord>('POST', '/api/studies', { body: asked, key: crypto.randomUUID() });
      await request<RunAnswer>('POST', `/api/studies/${study.id}/runs`, { body: {}, key: crypto.randomUUID() });
      return study;
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['studies'] }),
  });
}

export function useProposeRelease(study: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (authority: string) => request<ReleaseRecord>('POST', `/api/studies/${study}/releases`, { body: { authority }, key: crypto.randomUUID() }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['releases'] }),
  });
}

export function useApproveRelease(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => request<ReleaseRecord>('POST', `/api/releases/${id}/approval`, { body: {}, key: crypto.randomUUID() }),
    onSuccess: (release) => {
      client.setQueryData(['release', id], release);
      void client.invalidateQueries({ queryKey: ['releases'] });
    },
  });
}
