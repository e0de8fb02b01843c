import { useQueryClient } from '@tanstack/react-query';
import type { Coverage, CoverLine, Package, RequestedCover } from '../../src/domain/catalogue/index.ts';
import { usePackages, useSession, useSubmissions } from '../api/queries.ts';
import type { AssessmentRecord } from '../api/wire.ts';
import { useDraft } from './autosave.ts';

const wholeYuan = (minor: number): number => Math.max(100, Math.round(minor / 100) * 100);

/** The line of a coverage when it is added: its usual part of the limit, its usual waiting period. */
export const lineFor = (coverage: Coverage, limitMinor: number): CoverLine => ({
  coverage: coverage.id,
  subLimitMinor: wholeYuan(limitMinor * coverage.defaultTerms.subLimitRatio),
  waitingHours: coverage.timeBased ? coverage.defaultTerms.waitingHours : null,
});

/** The cover at another limit: every sub-limit keeps its share of it. */
export const atLimit = (cover: RequestedCover, limitMinor: number): RequestedCover => ({
  ...cover,
  limitMinor,
  retentionMinor: Math.min(cover.retentionMinor, limitMinor),
  lines: cover.lines.map((line) => ({ ...line, subLimitMinor: Math.min(limitMinor, wholeYuan((line.subLimitMinor / cover.limitMinor) * limitMinor)) })),
});

export const withLine = (cover: RequestedCover, line: CoverLine): RequestedCover => ({
  ...cover,
  package: null,
  lines: [...cover.lines.filter((one) => one.coverage !== line.coverage), line],
});
export const withoutLine = (cover: RequestedCover, coverage: string): RequestedCover => ({
  ...cover,
  package: null,
  lines: cover.lines.filter((one) => one.coverage !== coverage),
});

/** The packages for an industry, those made for it first. */
export const packagesFor = (packages: readonly Package[], industry: string): Package[] =>
  [...packages]
    .filter((one) => one.industries.length === 0 || one.industries.includes(industry))
    .sort((a, b) => b.industries.length - a.industries.length || a.cover.limitMinor - b.cover.limitMinor);

const middle = (packages: readonly Package[]): Package | undefined =>
  packages.find((one) => one.id === 'sme-standard') ?? packages[Math.floor(packages.length / 2)];

/** The cover of an assessment on this device. */
interface OwnCover {
  readonly cover: RequestedCover | null;
  /** Nobody chose it: it is the package in the middle. */
  readonly isSuggested: boolean;
  readonly choose: (cover: RequestedCover) => void;
}

/**
 * The cover that is being chosen for an assessment, kept on this device; until one is chosen, the one that was submitted last, else the package in the
 * middle. Null while these load.
 */
export function useCover(record: AssessmentRecord): OwnCover {
  const packages = usePackages();
  const client = useQueryClient();
  const [kept, keep] = useDraft<RequestedCover | null>(`cover.${record.id}`, () => null);
  const may = useSession().data?.permissions.includes('submission:read') ?? false;
  const submissions = useSubmissions(may);
  const submitted = submissions.data?.items.find((one) => one.assessment === record.id)?.cover;
  const waiting = may && submissions.isPending;
  const suggested = packages.data && middle(packagesFor(packages.data, record.firm.industry))?.cover;
  const choose = (cover: RequestedCover) => {
    keep(cover);
    client.setQueryData(['cover', record.id], cover);
  };
  const chosen = kept ?? submitted;
  return { cover: chosen ?? (waiting ? null : (suggested ?? null)), isSuggested: (chosen ?? null) === null, choose };
}
