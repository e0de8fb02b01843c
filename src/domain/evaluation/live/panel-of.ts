import { drop, groupedBy, numberIn, type RawRow } from '../designs/rows.ts';
import { neverTreated, type Panel } from '../methods/panel.ts';
import type { DroppedRow } from '../model.ts';

/** Whole firms as a panel; a firm that lacks a quarter is dropped, with the row that is missing. */
export function panelOf(rows: readonly RawRow[]): { readonly panel: Panel; readonly dropped: readonly DroppedRow[] } {
  const firms = [...groupedBy(rows, ({ cells }) => cells['unit']!)].map(([unit, own]) => ({
    unit,
    own,
    values: own.map(({ cells }) => numberIn(cells['value'])),
  }));
  const whole = firms.filter(({ values }) => values.every((value) => typeof value === 'number'));
  const dropped: DroppedRow[] = firms.flatMap(({ unit, own, values }) => {
    const at = values.findIndex((value) => typeof value === 'string');
    return at < 0 ? [] : [drop({ line: own[at]!.line, unit }, 'missing-value')];
  });
  const starts = whole.map(({ own }) => (own[0]!.cells['start'] === '' ? neverTreated : Number(own[0]!.cells['start'])));
  const periods = whole[0]?.own.length ?? 0;
  return { panel: { periods, values: Float64Array.from(whole.flatMap(({ values }) => values as number[])), starts: Int32Array.from(starts) }, dropped };
}
