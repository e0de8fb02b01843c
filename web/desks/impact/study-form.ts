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
    return { kind: 'matched', same: [...same], near: [...near], caliper: Number(caliper) || 1 };
  return { kind: 'none' };
}

const numberOrNull = (text: string): number | null => (text.trim() === '' || !Number.isFinite(Number(text)) ? null : Number(text));
const chosenOrNull = (values: readonly string[]): string[] | null => (values.length === 0 ? null : [...values]);

/** The end of the day chosen in Beijing, or now for today: data cannot be cut in the future. */
const cutOf = (day: string, now: string): string => (day >= now.slice(0, 10) ? now : `${day}T23:59:59+08:00`);

/** The study that the form asks for. `now` is the instant at which the form was opened. */
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
    followUpDays: Math.max(1, Math.round(Number(draft.followUp)) || 365),
    asOf: cutOf(draft.asOf, now),
    seed: Math.max(0, Math.round(Number(draft.seed)) || 0),
    refresh: draft.refresh,
  };
}
