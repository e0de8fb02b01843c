import { Draws } from './draws.ts';
import type { SimulatedStudy } from './studies.ts';

/** How often the interval held the truth and the test rejected a true “no difference”; null where the study has none. */
export interface Operating {
  readonly coverage: number | null;
  readonly falsePositives: number | null;
  readonly verdict: 'holds' | 'named condition' | 'FAILS';
}

/** Three standard errors of a simulated share near 5 %. */
const allowance = (repetitions: number): number => 3 * Math.sqrt((0.05 * 0.95) / repetitions);

/** Repeats a study and judges it: exact methods by their level up to simulation error, approximate ones by 93.5–96.5 % and 4–6 %, or by three standard errors of the simulation where that is wider. */
export function repeatStudy(study: SimulatedStudy, { seed, repetitions }: { readonly seed: number; readonly repetitions: number }): Operating {
  const [covered, rejected]: [boolean[], boolean[]] = [[], []];
  for (let repetition = 0; repetition < repetitions; repetition += 1) {
    const outcome = study.repeat(new Draws(seed, study.name, repetition));
    if (typeof outcome.covered === 'boolean') covered.push(outcome.covered);
    if (typeof outcome.rejected === 'boolean') rejected.push(outcome.rejected);
  }
  const [coverage, falsePositives] = [shareOf(covered), shareOf(rejected)];
  const good = isGood(study.exact, { coverage, falsePositives }, allowance(repetitions));
  return { coverage, falsePositives, verdict: good ? 'holds' : study.condition === undefined ? 'FAILS' : 'named condition' };
}

const shareOf = (outcomes: readonly boolean[]): number | null => (outcomes.length === 0 ? null : outcomes.filter(Boolean).length / outcomes.length);

function isGood(exact: boolean, { coverage, falsePositives }: { coverage: number | null; falsePositives: number | null }, error: number): boolean {
  if (exact) return (coverage ?? 1) >= 0.95 - error && (falsePositives ?? 0) <= 0.05 + error;
  const width = Math.max(0.015, error);
  return Math.abs((coverage ?? 0.95) - 0.95) <= width && Math.abs((falsePositives ?? 0.05) - 0.05) <= Math.max(0.01, error);
}
