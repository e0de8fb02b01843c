/** A linear axis that holds every value given, with round ticks. */
export interface Axis {
  readonly place: (value: number) => number;
  readonly ticks: readonly number[];
}

/** The round step (1, 2 or 5 times a power of ten) that cuts `span` into about `parts`. */
function roundStep(span: number, parts: number): number {
  const raw = span / parts;
  const power = 10 ** Math.floor(Math.log10(raw));
  return ([1, 2, 5, 10].find((step) => step * power >= raw) ?? 10) * power;
}

/** An axis over `values` (infinite ones are left out) and `always`. */
export function axisOver(values: readonly (number | null)[], always: readonly number[], parts = 4): Axis {
  const known = [...values.filter((value): value is number => value !== null && Number.isFinite(value)), ...always];
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const step = roundStep(Math.max(high - low, 1e-9), parts);
  const [from, to] = [Math.floor(low / step) * step, Math.ceil(high / step) * step || step];
  const count = Math.round((to - from) / step);
  return { place: (value) => (value - from) / (to - from), ticks: Array.from({ length: count + 1 }, (_, at) => Number((from + at * step).toPrecision(12))) };
}
