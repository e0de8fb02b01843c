import { randomAt } from '../../basics/index.ts';
import { usualLevel } from '../model.ts';
import { shuffle } from './dealing.ts';
import { momentsOf } from './moments.ts';
import { cohortsOf, neverTreated, type Cohort, type Panel } from './panel.ts';
import { dealings, type PermutationP } from './permutation.ts';
import { combineMeans, type MeanDifference } from './welch.ts';

/** The effect so many periods after the start (0 is the first treated period; negative ones are before it and should be near zero). */
export interface EventTimeEffect extends MeanDifference {
  readonly sinceStart: number;
  /** How many cohorts it rests on. */
  readonly cohorts: number;
}

/** Effects by time since start, their mean over all treated firm-periods, and what had to be left out. */
export interface StaggeredEffect {
  readonly overall: MeanDifference | null;
  readonly byEventTime: readonly EventTimeEffect[];
  readonly firmsUsed: number;
  /** Those of them that start within the panel. */
  readonly firmsStarted: number;
  /** Firms that were treated from the first period on: they have no “before”. */
  readonly alwaysTreated: number;
  /** Cohort and period pairs after which nobody was left untreated to compare with. */
  readonly withoutControl: number;
}

/** Weights of the cohort-by-period means that make up an estimate: `weights[cohort][period]`. */
type Contrast = readonly Float64Array[];

interface Cell {
  readonly cohort: number;
  readonly period: number;
  readonly sinceStart: number;
}

/**
 * Effect of a treatment that firms start at different times. Each cohort is compared, against its last period before the start, with the firms not yet treated; firms
 * already treated never serve as control. An effect only if cohorts would have moved in parallel and did not react before the start.
 * Intervals treat firms as independent and cohort sizes as given; they need at least two firms in every cohort used.
 * Source: B. Callaway and P. H. C. Sant'Anna, J. Econometrics 225 (2021), not-yet-treated comparison without covariates; why not two-way fixed effects: A. Goodman-Bacon, ibid.
 */
export function staggeredEffect(panel: Panel, level = usualLevel): StaggeredEffect {
  const all = cohortsOf(panel);
  const cohorts = all.filter((cohort) => cohort.start > 0);
  const cells = cellsOf(cohorts, panel.periods);
  const usable = cells.filter((cell) => controlsOf(cohorts, cell).length > 0);
  const times = [...new Set(usable.map((cell) => cell.sinceStart))].filter((since) => since !== -1).sort((a, b) => a - b);
  const groups = times.map((since) => usable.filter((cell) => cell.sinceStart === since));
  const after = usable.filter((cell) => cell.sinceStart >= 0);
  const contrasts = [...groups, ...(after.length > 0 ? [after] : [])].map((group) => contrastOf(group, cohorts, panel.periods));
  const estimates = estimateContrasts(panel, cohorts, contrasts, level);
  return {
    overall: after.length > 0 ? estimates.at(-1)! : null,
    byEventTime: times.map((sinceStart, i) => ({ sinceStart, cohorts: groups[i]!.length, ...estimates[i]! })),
    firmsUsed: firmsOf(cohorts),
    firmsStarted: firmsOf(cohorts.filter(({ start }) => start < panel.periods)),
    alwaysTreated: firmsOf(all.filter((cohort) => cohort.start <= 0)),
    withoutControl: cells.filter((cell) => cell.sinceStart >= 0).length - after.length,
  };
}

const firmsOf = (cohorts: readonly Cohort[]): number => cohorts.reduce((sum, { firms }) => sum + firms, 0);

/**
 * p of the overall effect when any firm could as well have had the start of any other: 1,999 random dealings of the starts addressed by `seed`, for panels in which so few
 * firms start that the t test does not keep its level. Firms treated from the first period on are left out, as in the estimate. Null when nothing can be compared.
 * Exact under no effect on any firm. Source: R. A. Fisher (1935).
 */
export function dealtStartsP(panel: Panel, seed: number): PermutationP | null {
  const cohorts = cohortsOf(panel).filter(({ start }) => start > 0);
  const after = cellsOf(cohorts, panel.periods).filter((cell) => cell.sinceStart >= 0 && controlsOf(cohorts, cell).length > 0);
  if (after.length === 0) return null;
  const members = membersOf(panel, cohorts);
  const firms = Int32Array.from(members.flatMap((own) => [...own]));
  const labels = Int32Array.from(members.flatMap((own, c) => Array.from(own, () => c)));
  // What a firm adds to the estimate depends on its start alone: one number for each start it could have had.
  const added = contrastOf(after, cohorts, panel.periods).map((weights) => combinedValues(panel, firms, weights));
  const distance = (): number => Math.abs(labels.reduce((sum, c, i) => sum + added[c]![i]! / cohorts[c]!.firms, 0));
  const seen = distance();
  const random = randomAt(seed, 'permutation', 'starts');
  let hits = 0;
  for (let dealing = 0; dealing < dealings; dealing += 1) {
    shuffle(labels, random);
    if (distance() >= seen - 1e-9 * seen) hits += 1;
  }
  return { p: (1 + hits) / (1 + dealings), method: `permutation of starts, ${dealings} draws, seed ${seed}` };
}

/** Every cohort that starts within the panel, in every period. */
function cellsOf(cohorts: readonly Cohort[], periods: number): readonly Cell[] {
  const treated = cohorts.flatMap(({ start }, cohort) => (start < periods ? [{ cohort, start }] : []));
  return treated.flatMap(({ cohort, start }) => Array.from({ length: periods }, (_, period) => ({ cohort, period, sinceStart: period - start })));
}

/** Cohorts not yet treated in the cell's period nor at its own start. */
function controlsOf(cohorts: readonly Cohort[], { cohort, period }: Cell): readonly number[] {
  const latest = Math.max(period, cohorts[cohort]!.start);
  return cohorts.flatMap(({ start }, c) => (start > latest || start === neverTreated ? [c] : []));
}

/** Weighted mean over cells (by cohort size) of: change of the cohort since its last untreated period, minus the same change of its controls. */
function contrastOf(cells: readonly Cell[], cohorts: readonly Cohort[], periods: number): Contrast {
  const weights = cohorts.map(() => new Float64Array(periods));
  const total = cells.reduce((sum, cell) => sum + cohorts[cell.cohort]!.firms, 0);
  for (const cell of cells) {
    const { start, firms } = cohorts[cell.cohort]!;
    const controls = controlsOf(cohorts, cell);
    const controlFirms = controls.reduce((sum, c) => sum + cohorts[c]!.firms, 0);
    addChange(weights[cell.cohort]!, cell.period, start - 1, firms / total);
    for (const c of controls) addChange(weights[c]!, cell.period, start - 1, (-firms / total) * (cohorts[c]!.firms / controlFirms));
  }
  return weights;
}

function addChange(weights: Float64Array, period: number, base: number, weight: number): void {
  weights[period]! += weight;
  weights[base]! -= weight;
}

/**
 * A contrast of cohort means is a sum over cohorts of the mean of one number per firm, so its variance is the sum of the variances of those means:
 * correlation between a firm's periods is taken in whole.
 */
function estimateContrasts(panel: Panel, cohorts: readonly Cohort[], contrasts: readonly Contrast[], level: number): readonly MeanDifference[] {
  const members = membersOf(panel, cohorts);
  return contrasts.map((contrast) => {
    const used = cohorts.flatMap((_, c) => (contrast[c]!.some((w) => w !== 0) ? [c] : []));
    const parts = used.map((c) => momentsOf(combinedValues(panel, members[c]!, contrast[c]!)));
    return combineMeans(
      parts.reduce((sum, part) => sum + part.mean, 0),
      parts,
      level,
      'not-yet-treated, firm-clustered t',
    );
  });
}

function membersOf({ starts }: Panel, cohorts: readonly Cohort[]): readonly Int32Array[] {
  const index = new Map(cohorts.map((cohort, c) => [cohort.start, c]));
  const filled = cohorts.map(() => 0);
  const members = cohorts.map((cohort) => new Int32Array(cohort.firms));
  starts.forEach((start, firm) => {
    const c = index.get(start);
    if (c !== undefined) members[c]![filled[c]!++] = firm;
  });
  return members;
}

function combinedValues({ values, periods }: Panel, firms: Int32Array, weights: Float64Array): Float64Array {
  const combined = new Float64Array(firms.length);
  for (let i = 0; i < firms.length; i += 1) {
    let sum = 0;
    for (let t = 0; t < periods; t += 1) sum += weights[t]! * values[firms[i]! * periods + t]!;
    combined[i] = sum;
  }
  return combined;
}
