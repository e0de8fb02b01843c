import { z } from 'zod';
import { Instant, Text, instantMillis } from '../../basics/index.ts';
import { startOfDay } from './deadlines.ts';
import type { TrackedFinding } from './model.ts';

export const NoticeKind = z.enum([
  'became-known-exploited',
  'no-longer-known-exploited',
  'acceptance-ended',
  'deadline-passed',
  'dispute-overdue',
  'decision-asked',
  'decision-made',
  'epss-model-held',
  'contingency-due',
  'contingency-set',
  'binder-lapsed',
  'information-asked',
  'submission-closed',
  'quote-decided',
  'profile-chosen',
  'policy-cancelled',
  'cancellation-proposed',
  'subsidy-changed',
]);
export type NoticeKind = z.infer<typeof NoticeKind>;

/** Something that an organisation is told once. `subject` names the event, so that it is found again and not told twice. */
export const Notice = z.strictObject({
  kind: NoticeKind,
  subject: z.string(),
  assessment: z.string().nullable(),
  weakness: z.string().nullable(),
  text: Text,
  dueAt: Instant.nullable(),
  /** The policy that it is about, where it is about one. */
  policy: z.string().optional(),
  /** Ids of the members who have read it. */
  readBy: z.array(z.string()).optional(),
});
export type Notice = z.infer<typeof Notice>;

/** What the owner of an assessment is to be told now and was not told yet. `told` holds the subjects of its earlier notices. Pure: the same day twice tells nothing twice. */
export function noticesDue(assessment: string, tracked: readonly TrackedFinding[], told: ReadonlySet<string>): Notice[] {
  const taken = takenBack(told);
  return tracked
    .flatMap((one) => [...exploited(one), ...(taken.get(one.id) ?? []).flatMap((listing) => noLongerExploited(one, listing)), ...ended(one), ...overdue(one)])
    .filter(({ subject }) => !told.has(subject))
    .map((notice) => ({ ...notice, assessment }));
}

type Told = Omit<Notice, 'assessment'>;

/** Only what was known before it was listed: a report that brings a listed vulnerability says so itself. */
function exploited({ id, what, title, counts, knownExploited, listedOn, firstSeen, clock }: TrackedFinding): Told[] {
  if (!counts || !knownExploited || listedOn === null || instantMillis(startOfDay(listedOn)) <= instantMillis(firstSeen)) return [];
  const text = {
    zh: `${what} 已被列入已知被利用漏洞，整改期限重新计算：${title}`,
    en: `${what} is now known to be exploited; its deadline starts anew: ${title}`,
  };
  return [{ kind: 'became-known-exploited', subject: `became-known-exploited ${id} ${listedOn}`, weakness: id, text, dueAt: clock?.dueAt ?? null }];
}

/** Listings that somebody was told of, by weakness. */
function takenBack(told: ReadonlySet<string>): ReadonlyMap<string, readonly string[]> {
  const listings = new Map<string, string[]>();
  for (const subject of told) {
    const [kind, weakness, listedOn] = subject.split(' ');
    if (kind === 'became-known-exploited') listings.set(weakness!, [...(listings.get(weakness!) ?? []), listedOn!]);
  }
  return listings;
}

function noLongerExploited({ id, what, title, knownExploited, clock }: TrackedFinding, listing: string): Told[] {
  if (knownExploited) return [];
  const text = {
    zh: `${what} 已从已知被利用漏洞目录中移除：${title}`,
    en: `${what} was taken out of the catalogue of known exploited vulnerabilities: ${title}`,
  };
  return [{ kind: 'no-longer-known-exploited', subject: `no-longer-known-exploited ${id} ${listing}`, weakness: id, text, dueAt: clock?.dueAt ?? null }];
}

function ended({ id, title, state, acceptanceEnded, since, clock }: TrackedFinding): Told[] {
  if (acceptanceEnded === null || state !== 'open') return [];
  const why = acceptanceEnded === 'expired' ? { zh: '已到期', en: 'has expired' } : { zh: '因风险上升而失效', en: 'ended because the risk grew' };
  const text = { zh: `风险接受${why.zh}，重新计入待整改：${title}`, en: `the acceptance of a risk ${why.en}; it is open again: ${title}` };
  return [{ kind: 'acceptance-ended', subject: `acceptance-ended ${id} ${since}`, weakness: id, text, dueAt: clock?.dueAt ?? null }];
}

function overdue({ id, title, clock, pending }: TrackedFinding): Told[] {
  const late: Told[] = [];
  if (clock?.overdue) {
    const text = { zh: `整改已逾期：${title}`, en: `the deadline for repair has passed: ${title}` };
    late.push({ kind: 'deadline-passed', subject: `deadline-passed ${id} ${clock.dueAt}`, weakness: id, text, dueAt: clock.dueAt });
  }
  if (pending?.kind === 'dispute' && pending.overdue) {
    const text = { zh: `异议超过处理时限仍未裁定：${title}`, en: `a dispute is not decided within its hours: ${title}` };
    late.push({ kind: 'dispute-overdue', subject: `dispute-overdue ${id} ${pending.at}`, weakness: id, text, dueAt: pending.decideBy });
  }
  return late;
}
