import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { RequestedCover } from '../../../../src/domain/catalogue/index.ts';
import { request } from '../../../api/request.ts';
import type { components } from '../../../api/schema.d.ts';
import type { AssessmentRecord } from '../../../api/wire.ts';

type Schemas = components['schemas'];
export type Profiles = Schemas['AssessmentProfiles'];
export type ProfileDifference = Schemas['PricedProfileComparison'];
export type ProfileEntry = Profiles['profiles'][number];

export const useProfiles = (assessment: string, version: number) =>
  useQuery({ queryKey: ['profiles', assessment, version], queryFn: () => request<Profiles>('GET', `/api/assessments/${assessment}/profiles`) });

export const useProfileDifference = (assessment: string, version: number, asked: { profile: string; cover: RequestedCover | null } | null) =>
  useQuery({
    queryKey: ['profile-difference', assessment, version, asked],
    queryFn: () => request<ProfileDifference>('POST', `/api/assessments/${assessment}/profile-comparisons`, { body: asked }),
    enabled: asked !== null,
  });

/** Makes another profile binding; with it everything that is known of the assessment is asked for again. */
export function useChooseProfile({ id, version }: AssessmentRecord) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (choice: { profile: string | null; reason: string }) =>
      request<AssessmentRecord>('PUT', `/api/assessments/${id}/profile`, { body: { version, ...choice }, key: crypto.randomUUID() }),
    onSuccess: () => client.invalidateQueries(),
  });
}
