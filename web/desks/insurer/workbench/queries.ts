import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { request } from '../../../api/request.ts';
import type { QuoteRecord, RequestedCover } from '../../../api/wire.ts';
import type { CaseRow, CaseView, ContingencyRecord, Decided, DecisionTerms, Level, Preview, Progress } from './wire.ts';

/** All cases of the desk; asked again every half minute, because others work on them too. */
export const useCases = () =>
  useQuery({
    queryKey: ['cases'],
    queryFn: () => request<{ items: CaseRow[]; next: string | null; mine: { levels: Level[] } }>('GET', '/api/cases?limit=200'),
    refetchInterval: 30_000,
  });
export const useCase = (submission: string) =>
  useQuery({ queryKey: ['case', submission], queryFn: () => request<CaseView>('GET', `/api/cases/${submission}`) });
export const useProgress = (submission: string) =>
  useQuery({ queryKey: ['progress', submission], queryFn: () => request<Progress>('GET', `/api/submissions/${submission}/progress`) });

/** What other terms would come to; kept while the next answer is awaited. */
export const usePreview = (submission: string, quote: string, terms: DecisionTerms | null) =>
  useQuery({
    queryKey: ['case-preview', submission, quote, terms],
    queryFn: () => request<Preview>('POST', `/api/cases/${submission}/preview`, { body: { quote, terms } }),
    enabled: terms !== null,
    placeholderData: (before) => before,
  });

/** One act on a case; afterwards everything about it is asked anew. */
function useCaseAct<Sent, Answer>(submission: string, act: (sent: Sent) => Promise<Answer>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSettled: () => {
      for (const key of [['cases'], ['case', submission], ['progress', submission], ['quotes'], ['submissions']])
        void client.invalidateQueries({ queryKey: key });
    },
  });
}
const key = () => crypto.randomUUID();

/** Says that one has the case open, when it is opened and each time it is looked at again. */
export const useHoldCase = (submission: string, may: boolean) =>
  useQuery({
    queryKey: ['case-lock', submission],
    queryFn: () => request<{ openBy: string | null }>('POST', `/api/cases/${submission}/lock`, { body: {} }),
    enabled: may,
    refetchInterval: 120_000,
  });
/** Says that one has left; also heard when the window closes at once. */
export const leaveCase = (submission: string): void =>
  void fetch(`/api/cases/${submission}/lock`, {
    method: 'DELETE',
    credentials: 'same-origin',
    keepalive: true,
  }).catch(() => null);

export const useClaimNext = () => useCaseAct('', () => request<{ submission: string | null }>('POST', '/api/cases/next', { body: {}, key: key() }));
export const useClaim = (submission: string) =>
  useCaseAct(submission, () => request('POST', `/api/cases/${submission}/assignee`, { body: { to: null }, key: key() }));
export const useReleaseCases = () =>
  useCaseAct('', (cases: { submission: string; quote: string }[]) =>
    request<{ released: unknown[] }>('POST', '/api/case-releases', { body: { cases }, key: key() }),
  );
export const useNote = (submission: string) =>
  useCaseAct(submission, (text: string) => request('POST', `/api/cases/${submission}/notes`, { body: { text, to: [] }, key: key() }));
export const useClearHit = (submission: string) =>
  useCaseAct(submission, (sent: { key: string; reason: string }) => request('POST', `/api/cases/${submission}/screening`, { body: sent, key: key() }));
export const useReleaseClearance = (submission: string) =>
  useCaseAct(submission, (sent: { ground: string; reason: string }) => request('POST', `/api/cases/${submission}/clearance`, { body: sent, key: key() }));
export const useSign = (submission: string) =>
  useCaseAct(submission, (sent: { agree: boolean; reason: string; seen: string }) =>
    request<Decided>('POST', `/api/cases/${submission}/proposal`, { body: sent, key: key() }),
  );

export interface Decision {
  readonly quote: string;
  readonly decision: 'approve' | 'decline' | 'return';
  readonly reason: string;
  readonly seen: Preview['seen'];
  readonly terms: DecisionTerms | null;
  readonly escalate: boolean;
  /** That the decider sees a colleague's decline and takes it back. */
  readonly reverses: boolean;
}
export const useDecide = (submission: string) =>
  useCaseAct(submission, (sent: Decision) => request<Decided>('POST', `/api/cases/${submission}/decision`, { body: sent, key: key() }));
export const useDecideContingency = (submission: string) =>
  useCaseAct(submission, ({ id, ...body }: { id: string; met: boolean; note: string }) =>
    request<ContingencyRecord>('POST', `/api/contingencies/${id}/decision`, { body, key: key() }),
  );
export const useHandIn = (submission: string) =>
  useCaseAct(submission, ({ id, note }: { id: string; note: string }) =>
    request<ContingencyRecord>('POST', `/api/contingencies/${id}/evidence`, { body: { note, file: null }, key: key() }),
  );
export const useAnswer = (submission: string) =>
  useCaseAct(submission, (sent: { request: string; text: string }) => request('POST', `/api/submissions/${submission}/answers`, { body: sent, key: key() }));
export const useOfferAct = (submission: string) =>
  useCaseAct(submission, ({ quote, ...sent }: { quote: string; days: number | null; reason: string }) =>
    sent.days === null
      ? request('POST', `/api/quotes/${quote}/withdrawal`, { body: { reason: sent.reason }, key: key() })
      : request('POST', `/api/quotes/${quote}/validity`, { body: sent, key: key() }),
  );
/** Has one more cover decided beside the offers that stand. */
export const useAddOffer = (submission: string) =>
  useCaseAct(submission, (cover: RequestedCover) => request<QuoteRecord>('POST', `/api/submissions/${submission}/offers`, { body: { cover }, key: key() }));
