import type { ControlGroup } from '../../../src/domain/evaluation/index.ts';
import type { AskedStudy, Design } from './wire.ts';

/** The form as it stands: everything as typed, so that nothing is lost while it is not yet a study. */
export interface StudyDraft {
  readonly question: string;
  readonly design: Design;
  readonly metrics: readonly string[];
  readonly splitBy: readonly string[];
  readonly source: string;
  readonly same: readonly ('industry' | 'size' | 'product')[];
  readonly near: readonly ('score' | 'employees' | 'revenue')[];
  readonly caliper: string;
  readonly startFrom: string;
  readonly startUntil: string;
  readonly industries: readonly string[];
  readonly sizes: readonly string[];
  readonly products: readonly string[];
  readonly scoreFrom: string;
  readonly scoreUntil: string;
  readonly followUp: string;
  readonly asOf: string;
  readonly seed: string;
  readonly refresh: 'none' | 'daily';
}

const levels = ['score', 'mfa-coverage', 'backup-coverage', 'severe-prevalence'];
const coverages = ['mfa-coverage', 'waf-or-hids-coverage', 'host-detection-coverage', 'situational-awareness-coverage', 'backup-coverage'];

/** Questions that people ask, with the design that can answer each. `rate` has none yet. */
export const presets = {
  presetLevel: { design: 'did', metrics: levels, splitBy: [] },
  presetChange: { design: 'paired', metrics: ['score', ...coverages, 'severe-prevalence'], splitBy: [] },
  presetRepair: { design: 'survival', metrics: ['time-to-repair'], splitBy: [] },
  presetMeasures: { design: 'groups', metrics: ['claims-frequency'], splitBy: ['mfa-coverage', 'backup-coverage', 'host-detection-coverage'] },
  presetPath: { design: 'staggered', metrics: ['score'], splitBy: [] },
} as const satisfies Record<string, { design: Design; metrics: readonly string[]; splitBy: readonly string[] }>;

export type Preset = keyof typeof presets;

export const emptyDraft = (today: string): StudyDraft => ({
  question: '',
  ...presets.presetLevel,
  source: 'records',
  same: ['industry'],
  near: ['score'],
  caliper: '0.6',
  startFrom: '',
  startUntil: '',
  industries: [],
  sizes: [],
  products: [],
  scoreFrom: '',
  scoreUntil: '',
  followUp: '365',
  asOf: today,
  seed: '1',
  refresh: 'none',
});

/** The control group that the design calls for; firms split by what they had need none. */
export function controlOf({ design, splitBy, same, near, caliper }: StudyDraft): ControlGroup {
  if (design === 'staggered') return { kind: 'not-yet-treated' };
  if (design === 'did' || ((design === 'groups' || design === 'survival') && splitBy.length === 0))
    return { kind: 'matched', same: [...same], near: [...near], caliper: Number(caliper) };
  return { kind: 'none' };
}

/** What is wrong with a field of the form. */
export type Fault = 'notANumber' | 'notPositive' | 'notDays' | 'notASeed' | 'reversedDates' | 'reversedScores' | 'noDay' | 'inFuture';
export type Faults = Readonly<Partial<Record<'caliper' | 'startUntil' | 'scoreFrom' | 'scoreUntil' | 'followUp' | 'asOf' | 'seed', Fault>>>;

const isBlank = (text: string): boolean => text.trim() === '';
const isNumber = (text: string): boolean => !isBlank(text) && Number.isFinite(Number(text));
const isWholeWithin = (text: string, least: number, most: number): boolean => /^\d{1,15}$/.test(text.trim()) && Number(text) >= least && Number(text) <= most;

/** The day in Beijing at an instant. */
export const dayInBeijing = (now: string): string => new Date(Date.parse(now) + 8 * 3_600_000).toISOString().slice(0, 10);

/** What must be mended before the form is a study, by field; empty when nothing is. Nothing typed is ever taken for something else. */
export function faultsOf(draft: StudyDraft, now: string): Faults {
  const { caliper, startFrom, startUntil, scoreFrom, scoreUntil, followUp, asOf, seed } = draft;
  const badScore = (text: string): boolean => !isBlank(text) && !isNumber(text);
  const scoresReversed = isNumber(scoreFrom) && isNumber(scoreUntil) && Number(scoreFrom) > Number(scoreUntil);
  return {
    ...(controlOf(draft).kind === 'matched' && !(isNumber(caliper) && Number(caliper) > 0) ? { caliper: 'notPositive' } : {}),
    ...(startFrom !== '' && startUntil !== '' && startFrom > startUntil ? { startUntil: 'reversedDates' } : {}),
    ...(badScore(scoreFrom) ? { scoreFrom: 'notANumber' } : {}),
    ...(badScore(scoreUntil) ? { scoreUntil: 'notANumber' } : scoresReversed ? { scoreUntil: 'reversedScores' } : {}),
    ...(isWholeWithin(followUp, 1, 3660) ? {} : { followUp: 'notDays' }),
    ...(asOf === '' ? { asOf: 'noDay' } : asOf > dayInBeijing(now) ? { asOf: 'inFuture' } : {}),
    ...(isWholeWithin(seed, 0, 999_999_999_999_999) ? {} : { seed: 'notASeed' }),
  };
}

const numberOrNull = (text: string): number | null => (isBlank(text) ? null : Number(text));
const chosenOrNull = (values: readonly string[]): string[] | null => (values.length === 0 ? null : [...values]);

/** The end of the day chosen in Beijing, or now for today, which has not ended. */
const cutOf = (day: string, now: string): string => (day === dayInBeijing(now) ? now : `${day}T23:59:59+08:00`);

/** The study that a form without faults asks for. `now` is the instant at which the form was opened. */
export function askedOf(draft: StudyDraft, now: string): AskedStudy {
  return {
    question: draft.question.trim(),
    design: draft.design,
    metrics: [...draft.metrics],
    splitBy: [...draft.splitBy],
    source: draft.source,
    control: controlOf(draft),
    cohort: {
      startFrom: draft.startFrom || null,
      startUntil: draft.startUntil || null,
      industries: chosenOrNull(draft.industries),
      sizes: chosenOrNull(draft.sizes),
      products: chosenOrNull(draft.products),
      scoreFrom: numberOrNull(draft.scoreFrom),
      scoreUntil: numberOrNull(draft.scoreUntil),
    },
    followUpDays: Number(draft.followUp),
    asOf: cutOf(draft.asOf, now),
    seed: Number(draft.seed),
    refresh: draft.refresh,
  };
}
