import { logChoose } from './binomial.ts';

/** A two-by-two table by its margins: how many are marked, how many are not, how many are drawn. */
export interface Margins {
  readonly marked: number;
  readonly unmarked: number;
  readonly drawn: number;
}

/** All possible numbers of marked among the drawn with their probabilities, lowest number first. */
export function hypergeometricProbabilities({ marked, unmarked, drawn }: Margins): { readonly first: number; readonly probabilities: readonly number[] } {
  const first = Math.max(0, drawn - unmarked);
  const last = Math.min(marked, drawn);
  const total = logChoose(marked + unmarked, drawn);
  const probabilities = Array.from({ length: last - first + 1 }, (_, i) =>
    Math.exp(logChoose(marked, first + i) + logChoose(unmarked, drawn - first - i) - total),
  );
  return { first, probabilities };
}
