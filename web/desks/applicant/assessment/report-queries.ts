import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Comparison } from '../../../../src/domain/assessment/index.ts';
import type { RequestedCover } from '../../../../src/domain/catalogue/index.ts';
import { request, type Address } from '../../../api/request.ts';
import type { components } from '../../../api/schema.d.ts';

type Schemas = components['schemas'];
export type Report = Schemas['AssessmentReportSummary'];
export type Appointment = Schemas['AppointmentRecord'];
export type Version = Schemas['AssessmentVersion'];

export const useReports = (assessment: string) =>
  useQuery({
    queryKey: ['assessment-reports', assessment],
    queryFn: () => request<{ items: Report[] }>('GET', `/api/assessments/${assessment}/assessment-reports`),
    select: ({ items }) => items,
  });

export const useAppointments = (assessment: string) =>
  useQuery({
    queryKey: ['appointments', assessment],
    queryFn: () => request<{ items: Appointment[]; assessors: { id: string; name: string }[] }>('GET', `/api/assessments/${assessment}/appointments`),
  });

export const useVersions = (assessment: string, version: number) =>
  useQuery({
    queryKey: ['versions', assessment, version],
    queryFn: () => request<{ items: Version[] }>('GET', `/api/assessments/${assessment}/versions`),
    select: ({ items }) => items,
  });

export const useComparison = (assessment: string, asked: { before: number; after: number; cover: RequestedCover | null } | null) =>
  useQuery({
    queryKey: ['comparison', assessment, asked],
    queryFn: () => request<Comparison>('POST', `/api/assessments/${assessment}/comparisons`, { body: asked }),
    enabled: asked !== null,
  });

/** Posts something about an assessment and asks its lists again. Sent again after a lost answer, it happens once. */
export function usePost<I>(assessment: string, pathOf: (input: I) => Address, bodyOf: (input: I) => object) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: I) => request<Report>('POST', pathOf(input), { body: bodyOf(input), key: crypto.randomUUID() }),
    onSuccess: () => Promise.all(['assessment-reports', 'appointments'].map((name) => client.invalidateQueries({ queryKey: [name, assessment] }))),
  });
}
