import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { CaseEvent, Finding, TrackedFinding } from '../../../src/domain/assessment/index.ts';
import { request } from '../../api/request.ts';
import type { components } from '../../api/schema.d.ts';

/** A case as the queue has it; the shapes of the domain stand in for those of the wire, which are the same. */
export type DecisionCase = Omit<components['schemas']['DecisionCase'], 'finding' | 'evidence' | 'events'> & {
  finding: TrackedFinding;
  evidence: Finding[];
  events: CaseEvent[];
};

export const useDecisions = (state: 'awaiting' | 'decided') =>
  useQuery({
    queryKey: ['decisions', state],
    queryFn: () => request<{ cases: DecisionCase[] }>('GET', `/api/decisions?state=${state}`),
    select: ({ cases }) => cases,
  });

export interface Decision {
  readonly yes: boolean;
  readonly note: string;
  readonly key: string;
}

/** Decides on a case as it was shown: an acceptance names the version that was seen. */
export function useDecide(one: DecisionCase) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ yes, note, key }: Decision) => {
      const base = `/api/assessments/${one.assessment}` as const;
      const findings = [one.finding.id];
      return one.kind === 'dispute'
        ? request('POST', `${base}/dispute-decisions`, { body: { findings, upheld: yes, note }, key })
        : request('POST', `${base}/acceptance-decisions`, { body: { findings, granted: yes, note, seenVersion: one.assessmentVersion }, key });
    },
    onSettled: () => void client.invalidateQueries(),
  });
}
