import type { CaseView, ContingencyRecord, DecisionTerms } from './wire.ts';

/** What the terms builder holds before it is sent: texts as typed, so that half a number is no error. */
export interface Draft {
  readonly cover: DecisionTerms['cover'];
  /** Percent and reason by schedule item. */
  readonly schedule: Readonly<Record<string, { percent: string; reason: string }>>;
  readonly contingencies: readonly string[];
  /** Warranty, sub-limit and reason by blocker. */
  readonly waivers: Readonly<Record<string, { warranty: string; subLimit: string; reason: string }>>;
}

/** From nearest to furthest, as the desk ranks them. */
const ranks = ['underwriter', 'underwriting-manager', 'committee'];

/** Whether this user can sign or refuse the proposal of a case: with the authority that it needs, and not a second time. */
export function maySign(
  { case: { proposal }, desk }: { case: Pick<CaseView['case'], 'proposal'>; desk: Pick<CaseView['desk'], 'mine'> },
  user: string | undefined,
): boolean {
  if (proposal === null || proposal.signatures.some(({ by }) => by === user)) return false;
  return desk.mine.some(({ level }) => ranks.indexOf(level) >= ranks.indexOf(proposal.needs));
}

export const emptyDraft = (cover: DecisionTerms['cover']): Draft => ({ cover, schedule: {}, contingencies: [], waivers: {} });

/** The terms as they are sent, or null while something in them is half typed. */
export function termsOf(draft: Draft, { desk }: Pick<CaseView, 'desk'>): DecisionTerms | null {
  const schedule = Object.entries(draft.schedule)
    .filter(([, { percent }]) => percent.trim() !== '')
    .map(([item, { percent, reason }]) => ({ item, percent: Number(percent), reason: reason.trim() }));
  const daysOf = (warranty: string): number => desk.templates.find(({ id }) => id === warranty)?.days ?? 0;
  const waivers = Object.entries(draft.waivers)
    .filter(([, { warranty }]) => warranty !== '')
    .map(([blocker, { warranty, subLimit, reason }]) => ({
      blocker,
      warranty,
      subLimitMinor: Math.round(Number(subLimit) * 100),
      days: daysOf(warranty),
      reason: reason.trim(),
    }));
  const whole =
    schedule.every(({ percent, reason }) => Number.isFinite(percent) && reason.length >= 3) &&
    waivers.every(({ subLimitMinor, reason }) => subLimitMinor >= 1 && reason !== '');
  if (!whole) return null;
  const contingencies = desk.templates
    .filter(({ id }) => draft.contingencies.includes(id))
    .map(({ id, stage, days, title, text }) => ({ template: id, stage, days, title, text }));
  return { cover: draft.cover, schedule, contingencies, waivers };
}

/** Whether evidence was handed in that somebody must look at. */
export const awaitsLook = ({ state }: ContingencyRecord): boolean => state === 'handed-in';
