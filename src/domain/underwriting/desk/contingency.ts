import { z } from 'zod';
import { Day, Instant, Refusal, Text, dayOf, instantMillis, requireMove, type Lifecycle } from '../../basics/index.ts';
import type { RequestedCover } from '../../catalogue/index.ts';
import { enumerated, factInBoth } from './both-languages.ts';
import { ContingencyStage } from './model.ts';

export const ContingencyState = z.enum(['open', 'handed-in', 'met', 'waived', 'missed', 'void']);
export type ContingencyState = z.infer<typeof ContingencyState>;

/** Evidence is handed in and accepted or given back; a waiver makes a dated warranty; one that is not met in time is missed. `void`: its quote came to nothing. */
export const contingencyLifecycle: Lifecycle<ContingencyState> = {
  of: 'contingency',
  first: 'open',
  moves: {
    open: ['handed-in', 'met', 'waived', 'missed', 'void'],
    'handed-in': ['open', 'met', 'waived', 'missed', 'void'],
    met: [],
    waived: ['void'],
    missed: [],
    void: [],
  },
};

/** What an underwriter sets: a template with its own days, or words of its own. */
export const AskedContingency = z.strictObject({
  template: z.string().max(60).nullable(),
  stage: ContingencyStage,
  days: z.int().min(1).max(366),
  title: Text,
  text: Text,
});
export type AskedContingency = z.infer<typeof AskedContingency>;

const Act = z.strictObject({ at: Instant, by: z.string(), name: z.string(), to: ContingencyState, note: z.string().max(4000), file: z.string().nullable() });

/** A condition of an offer: what is asked, until when, and what was done about it. A condition after binding gets its due day when it is bound. */
export const Contingency = z.strictObject({
  submission: z.string(),
  quote: z.string(),
  policy: z.string().nullable(),
  insurer: z.string(),
  applicant: z.string(),
  ...AskedContingency.shape,
  state: ContingencyState,
  /** Last day (Asia/Shanghai) on which it can be met; null for one after binding that is not bound yet. */
  due: Day.nullable(),
  warranty: z.strictObject({ text: Text, coverages: z.array(z.string()), subLimitMinor: z.int().min(1), from: Day }).nullable(),
  acts: z.array(Act).max(200),
});
export type Contingency = z.infer<typeof Contingency>;

/**
 * Whether a condition stays owed when its policy ends early, `ends` being the first day without cover: it was due before that day. One that is due later, and
 * a warranty that stands for a waived one, end with the policy.
 */
export const staysOwed = ({ state, due }: Pick<Contingency, 'state' | 'due'>, ends: Day): boolean => state !== 'waived' && due !== null && due < ends;

export interface Actor {
  readonly user: string;
  readonly name: string;
  readonly at: Instant;
}

/** The day `days` days after the day of `at`, Asia/Shanghai. */
export const dueDay = (at: Instant, days: number): Day => dayOf(new Date(instantMillis(at) + days * 86_400_000).toISOString());

/** Sets a contingency on a quote of `at`. */
export const setContingency = (asked: AskedContingency, on: Pick<Contingency, 'submission' | 'quote' | 'insurer' | 'applicant'>, at: Instant): Contingency => ({
  ...on,
  ...asked,
  policy: null,
  state: 'open',
  due: asked.stage === 'pre-bind' ? dueDay(at, asked.days) : null,
  warranty: null,
  acts: [],
});

/** Moves a contingency and says who did it. Throws a Refusal `move-not-allowed`. */
export function moveContingency(contingency: Contingency, to: ContingencyState, { user, name, at }: Actor, note = '', file: string | null = null): Contingency {
  requireMove(contingencyLifecycle, contingency.state, to);
  return { ...contingency, state: to, acts: [...contingency.acts, { at, by: user, name, to, note, file }] };
}

/** The sub-limit of a warranty, minor units, on each of its coverages. */
interface WarrantyLimit {
  readonly coverages: readonly string[];
  readonly subLimitMinor: number;
}

/** The cover with the sub-limits of the warranties on it: what price, policy and payment all see. */
export function limitByWarranties(cover: RequestedCover, warranties: readonly WarrantyLimit[]): RequestedCover {
  const capOf = (coverage: string): number =>
    Math.min(...warranties.filter(({ coverages }) => coverages.includes(coverage)).map((one) => one.subLimitMinor), Infinity);
  return { ...cover, lines: cover.lines.map((line) => ({ ...line, subLimitMinor: Math.min(line.subLimitMinor, capOf(line.coverage)) })) };
}

/** Throws a Refusal `warranty-limits-nothing` unless the sub-limit is below that of at least one line that the warranty is about. */
export function requireLimiting({ lines }: RequestedCover, { coverages, subLimitMinor }: WarrantyLimit, title: Text): void {
  const present = lines.filter(({ coverage }) => coverages.includes(coverage)).map((line) => line.subLimitMinor);
  if (present.some((minor) => subLimitMinor < minor)) return;
  throw new Refusal('rule', 'warranty-limits-nothing', `the sub-limit of the warranty “${title.en}” is not below the present one: it would limit nothing`, {
    ...factInBoth('title', title),
    ...factInBoth('most', presentWords(present)),
  });
}

const presentWords = (minors: readonly number[]): Text => {
  if (minors.length === 0) return { zh: '方案中没有相关保障', en: 'the offer has no such coverage' };
  const most = (Math.max(...minors) / 100).toFixed(2);
  return { zh: `现为 ${most} 元`, en: `now CNY ${most}` };
};

const isOpen = ({ state }: Contingency): boolean => state === 'open' || state === 'handed-in';

/** Throws a Refusal `contingency-open` that names what must be met before binding. */
export function requirePreBindMet(contingencies: readonly Contingency[]): void {
  const open = contingencies.filter((one) => one.stage === 'pre-bind' && isOpen(one));
  if (open.length === 0) return;
  const faults = open.map((one) => ({ path: one.template ?? one.title.en, code: 'contingency-open', message: `${one.title.zh} · ${one.title.en}` }));
  throw new Refusal(
    'rule',
    'contingency-open',
    `${open.length} ${open.length === 1 ? 'condition' : 'conditions'} must be met before binding`,
    { open: open.length, ...factInBoth('titles', enumerated(open.map(({ title }) => title))) },
    faults,
  );
}

/** Starts the clock of those after binding. */
export const bindContingency = (contingency: Contingency, policy: string, at: Instant): Contingency =>
  contingency.stage === 'post-bind' ? { ...contingency, policy, due: dueDay(at, contingency.days) } : { ...contingency, policy };

/** Whether it was to be met by a day that is over. */
export const isOverdue = (contingency: Contingency, now: Instant): boolean => isOpen(contingency) && contingency.due !== null && contingency.due < dayOf(now);
