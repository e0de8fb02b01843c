import type { WorksheetLine } from './model.ts';
import type { ShownPrice } from './price.ts';

/** A price with its expected loss split by coverage, in major units. */
export interface Filling {
  readonly price: ShownPrice;
  readonly byCoverage: ReadonlyMap<string, number>;
}

/**
 * A line of a worksheet before its numbers: everything that security does not change is written once for a risk, and `valueOf` finds the number for one price.
 * A line that `weighs` is a part of the premium, and its value in major units is its weight in the rounding; `whenCharged` lines are left out at 0.
 * A line that `restsOn` the controls or the findings also cites what that multiplier was made from.
 */
export interface PlannedLine {
  readonly line: WorksheetLine;
  readonly weighs: boolean;
  readonly whenCharged: boolean;
  readonly restsOn: 'controls' | 'findings' | null;
  readonly valueOf: (filling: Filling) => number;
}

type Section = WorksheetLine['section'];
export type Words = Pick<WorksheetLine, 'id' | 'label' | 'unit'> & Partial<Pick<WorksheetLine, 'peril' | 'coverage' | 'parameters'>>;

const blank = { peril: null, coverage: null, parameters: [], value: 0, amountMinor: null };

/** A line with its words and the way to its number. */
export const plan = (section: Section, words: Words, valueOf: PlannedLine['valueOf'], weighs = false): PlannedLine => ({
  line: { ...blank, section, ...words },
  weighs,
  whenCharged: false,
  restsOn: null,
  valueOf,
});
