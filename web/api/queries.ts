import { QueryClient, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Contradiction, Control } from '../../src/domain/assessment/index.ts';
import type { PaperInForce } from '../../src/domain/policy/index.ts';
import type { Problem } from './problem.ts';
import { request } from './request.ts';
import type { components } from './schema.d.ts';
import type {
  AssessmentRecord,
  AssessmentSummary,
  CountedFinding,
  Coverage,
  FirmProfile,
  Job,
  JournalEntry,
  Package,
  Page,
  Parameter,
  PolicyRecord,
  PostingLine,
  Price,
  Questionnaire,
  QuoteRecord,
  QuoteSummary,
  RepairEffect,
  RequestedCover,
  Session,
  Standing,
  SubmissionRecord,
} from './wire.ts';

declare module '@tanstack/react-query' {
  interface Register {
    defaultError: Problem;
  }
}

const worthAnotherTry = (count: number, problem: Problem): boolean => count < 2 && (problem.status === 0 || problem.status === 503);

export const queryClient = new QueryClient({
  defaultOptions: { queries: { retry: worthAnotherTry, staleTime: 10_000, refetchOnWindowFocus: false }, mutations: { retry: false } },
});

const paper = { staleTime: 10 * 60_000 };

/** Who is signed in; null when nobody is. */
export const useSession = () =>
  useQuery({
    queryKey: ['session'],
    queryFn: () =>
      request<Session>('GET', '/api/session').catch((problem: Problem) => {
        if (problem.status === 401) return null;
        throw problem;
      }),
    staleTime: 60_000,
  });

export const usePackages = () =>
  useQuery({ queryKey: ['packages'], queryFn: () => request<{ packages: Package[] }>('GET', '/api/packages'), select: (page) => page.packages, ...paper });
/** What is read and accepted before binding, in order; the exclusions stand alone so that they cannot be overlooked. Asked anew each time. */
export const usePapers = () =>
  useQuery({ queryKey: ['papers'], queryFn: () => request<{ papers: PaperInForce[] }>('GET', '/api/papers'), select: (page) => page.papers });
/** The coverages that can be bought. */
export const useCoverages = () =>
  useQuery({
    queryKey: ['coverages'],
    queryFn: () => request<{ coverages: Coverage[] }>('GET', '/api/coverages'),
    select: (page) => page.coverages.filter(({ offered }) => offered !== false),
    ...paper,
  });
export const useQuestionnaire = () => useQuery({ queryKey: ['questionnaire'], queryFn: () => request<Questionnaire>('GET', '/api/questionnaire'), ...paper });
/** The answers that what was observed speaks against, as the submission will judge them. */
export const useContradictions = (id: string, version: number) =>
  useQuery({
    queryKey: ['contradictions', id, version],
    queryFn: () => request<{ contradictions: Contradiction[] }>('GET', `/api/assessments/${id}/contradictions`),
    select: (found) => found.contradictions,
  });
/** A control as the catalogue lists it: everything that its indicator is judged by. */
export type ListedControl = Pick<
  Control,
  'id' | 'title' | 'question' | 'why' | 'advice' | 'weight' | 'validDays' | 'contradictedBy' | 'confirmedBy' | 'mappings' | 'source' | 'provenance'
>;

/** The controls that an assessment weighs, also those that no question asks about. */
export const useControls = () =>
  useQuery({
    queryKey: ['controls'],
    queryFn: () => request<{ controls: ListedControl[] }>('GET', '/api/controls'),
    select: (page) => page.controls,
    ...paper,
  });
export const useParameters = () =>
  useQuery({
    queryKey: ['parameters'],
    queryFn: () => request<{ parameters: Parameter[] }>('GET', '/api/parameters'),
    select: (page) => new Map(page.parameters.map((one) => [one.key, one])),
    ...paper,
  });

export const useAssessments = () =>
  useQuery({ queryKey: ['assessments'], queryFn: () => request<Page<AssessmentSummary>>('GET', '/api/assessments?limit=200') });

const stillReading = (record: AssessmentRecord | undefined): boolean => record?.reports.some((report) => report.state === 'reading') ?? false;

/** One assessment; asked again every second and a half while a report is being read. */
export const useAssessment = (id: string) =>
  useQuery({
    queryKey: ['assessment', id],
    queryFn: () => request<AssessmentRecord>('GET', `/api/assessments/${id}`),
    refetchInterval: (query) => (stillReading(query.state.data) ? 1500 : false),
    enabled: id !== '',
  });

export const useFindings = (id: string, version: number) =>
  useQuery({
    queryKey: ['findings', id, version],
    queryFn: () => request<{ findings: CountedFinding[]; total: number }>('GET', `/api/assessments/${id}/findings?limit=1000`),
    enabled: version > 0,
  });

/** How the score of an assessment moved, oldest first. */
export const useScoreHistory = (id: string, version: number) =>
  useQuery({
    queryKey: ['score-history', id, version],
    queryFn: () => request<{ points: components['schemas']['ScorePoint'][] }>('GET', `/api/assessments/${id}/score-history`),
    select: ({ points }) => points,
  });

const running: readonly Job['state'][] = ['queued', 'running', 'retrying'];

export const useJob = (id: string) =>
  useQuery({
    queryKey: ['job', id],
    queryFn: () => request<Job>('GET', `/api/jobs/${id}`),
    refetchInterval: (query) => (!query.state.data || running.includes(query.state.data.state) ? 1000 : false),
  });

/** Keeps what a save answered as the assessment now at hand, and lets what follows from it be asked anew. */
function useKeptAssessment() {
  const client = useQueryClient();
  return (record: AssessmentRecord) => {
    client.setQueryData(['assessment', record.id], record);
    void client.invalidateQueries({ queryKey: ['assessments'] });
  };
}

export function useStartAssessment() {
  const keep = useKeptAssessment();
  return useMutation({
    mutationFn: (firm: FirmProfile) => request<AssessmentRecord>('POST', '/api/assessments', { body: { firm }, key: crypto.randomUUID() }),
    onSuccess: keep,
  });
}

export function useSaveFirm(id: string) {
  const keep = useKeptAssessment();
  return useMutation({
    mutationFn: (sent: { version: number; firm: FirmProfile }) => request<AssessmentRecord>('PUT', `/api/assessments/${id}/firm`, { body: sent }),
    onSuccess: keep,
  });
}

export function useSaveAnswers(id: string) {
  const keep = useKeptAssessment();
  return useMutation({
    mutationFn: (sent: { version: number; answers: AssessmentRecord['answers'] }) =>
      request<AssessmentRecord>('PUT', `/api/assessments/${id}/answers`, { body: sent }),
    onSuccess: keep,
  });
}

export function useWithdrawReport(id: string) {
  const keep = useKeptAssessment();
  return useMutation({ mutationFn: (report: string) => request<AssessmentRecord>('DELETE', `/api/assessments/${id}/reports/${report}`), onSuccess: keep });
}

/** The price of a cover for an assessment as it now stands, with the range that open questions leave; nobody is bound by it. */
export const usePrice = (id: string, version: number, cover: RequestedCover | null) =>
  useQuery({
    queryKey: ['price', id, version, cover],
    queryFn: () => request<Price>('POST', `/api/assessments/${id}/price`, { body: { cover } }),
    enabled: cover !== null && version > 0,
    placeholderData: (before) => before,
  });

/** What each open repair does to score, gate and premium, each alone. */
export const useRepairs = (id: string, version: number, cover: RequestedCover | null) =>
  useQuery({
    queryKey: ['repairs', id, version, cover],
    queryFn: () => request<{ repairs: RepairEffect[] }>('POST', `/api/assessments/${id}/repairs`, { body: { cover } }),
    enabled: cover !== null && version > 0,
  });

/** What the chosen repairs do together. */
export const useWhatIf = (id: string, version: number, cover: RequestedCover | null, repairs: readonly string[]) =>
  useQuery({
    queryKey: ['what-if', id, version, cover, repairs],
    queryFn: () => request<{ before: Standing; after: Standing }>('POST', `/api/assessments/${id}/what-if`, { body: { cover, repairs } }),
    enabled: cover !== null && version > 0,
    placeholderData: (before) => before,
  });

export const useSubmissions = (allowed = true) =>
  useQuery({ queryKey: ['submissions'], queryFn: () => request<Page<SubmissionRecord>>('GET', '/api/submissions?limit=200'), enabled: allowed });
export const useSubmission = (id: string) =>
  useQuery({ queryKey: ['submission', id], queryFn: () => request<SubmissionRecord>('GET', `/api/submissions/${id}`) });
export const useQuotes = () => useQuery({ queryKey: ['quotes'], queryFn: () => request<Page<QuoteSummary>>('GET', '/api/quotes?limit=200') });
export const useQuote = (id: string) => useQuery({ queryKey: ['quote', id], queryFn: () => request<QuoteRecord>('GET', `/api/quotes/${id}`) });
export const usePolicies = () => useQuery({ queryKey: ['policies'], queryFn: () => request<Page<PolicyRecord>>('GET', '/api/policies?limit=200') });
export const usePolicy = (id: string) => useQuery({ queryKey: ['policy', id], queryFn: () => request<PolicyRecord>('GET', `/api/policies/${id}`) });
export const usePostings = (policy: string, allowed: boolean) =>
  useQuery({
    queryKey: ['postings', policy],
    queryFn: () => request<{ postings: PostingLine[] }>('GET', `/api/policies/${policy}/postings`),
    enabled: allowed,
  });
export const useJournal = () => useQuery({ queryKey: ['journal'], queryFn: () => request<{ entries: JournalEntry[] }>('GET', '/api/journal?limit=200') });

/** Takes a submission back; its offers end. */
export function useWithdrawSubmission(submission: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ reason, key }: { reason: string; key: string }) =>
      request<{ closed: boolean }>('POST', `/api/submissions/${submission}/withdrawal`, { body: { reason }, key }),
    // Not awaited: the section that asked for it is gone with what it reads.
    onSuccess: () => void client.invalidateQueries(),
  });
}

/** Asks the insurer for a quote on a submission; sent again after a lost answer it is the same quote. */
export function useRequestQuote() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ submission, key }: { submission: string; key: string }) =>
      request<QuoteRecord>('POST', `/api/submissions/${submission}/quotes`, { body: {}, key }),
    onSuccess: (quote) => {
      client.setQueryData(['quote', quote.id], quote);
      void client.invalidateQueries({ queryKey: ['quotes'] });
      void client.invalidateQueries({ queryKey: ['submissions'] });
      void client.invalidateQueries({ queryKey: ['submission', quote.submission] });
    },
  });
}
