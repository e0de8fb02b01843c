import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Dimension, Assignee, DisputeGround, HistoryLine, TrackedFinding } from '../../../src/domain/assessment/index.ts';
import type { Parameter, Text } from '../../../src/domain/basics/index.ts';
import { request } from '../../api/request.ts';
import type { components } from '../../api/schema.d.ts';

export type Tracked = TrackedFinding;
export type RawEvidence = components['schemas']['RawEvidence'];
export interface Outcome {
  findings: Tracked[];
  refused: { finding: string; code: string; detail: string; facts: Record<string, unknown> }[];
}

const pageOfTracked = 1000;
const mostPages = 10;

async function allTracked(assessment: string): Promise<Tracked[]> {
  const found: Tracked[] = [];
  for (let page = 0; page < mostPages; page += 1) {
    const { findings, total } = await request<{ findings: Tracked[]; total: number }>(
      'GET',
      `/api/assessments/${assessment}/tracked-findings?limit=${pageOfTracked}&offset=${found.length}`,
    );
    found.push(...findings);
    if (found.length >= total) break;
  }
  return found;
}

/** The weaknesses of an assessment over time, all of them up to ten thousand. */
export const useTracked = (assessment: string, version: number) =>
  useQuery({ queryKey: ['tracked', assessment, version], queryFn: () => allTracked(assessment), placeholderData: (before) => before });

export const useHistory = (assessment: string, version: number, weakness: string) =>
  useQuery({
    queryKey: ['finding-history', assessment, version, weakness],
    queryFn: () => request<{ finding: Tracked; history: HistoryLine[] }>('GET', `/api/assessments/${assessment}/tracked-findings/${weakness}`),
    select: ({ history }) => history,
  });

export const useAssignees = (allowed: boolean) =>
  useQuery({
    queryKey: ['assignees'],
    queryFn: () => request<{ assignees: Assignee[] }>('GET', '/api/assignees'),
    select: ({ assignees }) => assignees,
    enabled: allowed,
  });

/** The other members who may decide on accepting a risk, and the last day until which it can be accepted. */
export const useAcceptanceDeciders = (wanted = true) =>
  useQuery({
    enabled: wanted,
    queryKey: ['acceptance-deciders'],
    queryFn: () => request<{ deciders: { user: string; name: string }[]; lastDay: string }>('GET', '/api/acceptance-deciders'),
  });

export const useDeciders = () =>
  useQuery({
    queryKey: ['dispute-deciders'],
    queryFn: () => request<{ deciders: { id: string; name: string; kind: 'assessor' | 'insurer'; hasPerson: boolean }[] }>('GET', '/api/dispute-deciders'),
    select: ({ deciders }) => deciders,
    staleTime: 600_000,
  });

export const useRules = () =>
  useQuery({
    queryKey: ['assessment-rules'],
    queryFn: () => request<AssessmentRules>('GET', '/api/assessment-rules'),
    staleTime: 600_000,
  });

export interface AssessmentRules {
  signals: { id: string; title: Text; rule: Text; blocks: 'never' | 'always' | 'without-second-factor'; relativeRisk: Parameter | null }[];
  controls: {
    id: string;
    title: Text;
    question: Text;
    why: Text;
    advice: Text;
    dimension: Dimension;
    weight: number;
    contradictedBy: string[];
    source: string;
    provenance: Parameter['provenance'];
  }[];
  parameters: Parameter[];
}

/** The record of a finding in the reports themselves; asked for only when somebody wants to see it. */
export const useRaw = (assessment: string, finding: string, wanted: boolean) =>
  useQuery({
    queryKey: ['raw', assessment, finding],
    queryFn: () => request<{ records: RawEvidence[] }>('GET', `/api/assessments/${assessment}/findings/${finding}/raw`),
    select: ({ records }) => records,
    enabled: wanted,
    staleTime: 600_000,
  });

/** What the owner asks for the chosen weaknesses. */
export type Asking =
  | { act: 'assign'; assignee: string | null }
  | { act: 'claim-fix'; note: string }
  | { act: 'accept-risk'; reason: string; until: string }
  | { act: 'dispute'; ground: DisputeGround; proof: string; proofFile: File | null; decider: string | null }
  | { act: 'take-back'; note: string };

async function bodyFor(assessment: string, asking: Asking): Promise<[string, Record<string, unknown>]> {
  switch (asking.act) {
    case 'assign':
      return ['assignments', { assignee: asking.assignee }];
    case 'claim-fix':
      return ['fix-claims', { note: asking.note }];
    case 'accept-risk':
      return ['acceptance-requests', { reason: asking.reason, until: asking.until }];
    case 'take-back':
      return ['take-backs', { note: asking.note }];
    case 'dispute': {
      const { ground, proof, decider, proofFile } = asking;
      const kept = proofFile && (await request<{ file: string }>('POST', `/api/assessments/${assessment}/proofs`, { file: proofFile }));
      return ['disputes', { ground, proof, decider, file: kept?.file ?? null }];
    }
  }
}

/** The same for all that are chosen; those that the rules refuse are left as they are and named. */
export function useAsk(assessment: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ findings, asking, key }: { findings: readonly string[]; asking: Asking; key: string }): Promise<Outcome> => {
      const [where, body] = await bodyFor(assessment, asking);
      const path = `/api/assessments/${assessment}/${where}` as '/api/assessments/{assessment}/fix-claims';
      return request<Outcome>('POST', path, { body: { ...body, findings, partial: true }, key });
    },
    onSettled: () => void client.invalidateQueries(),
  });
}
