import type { Day, Text } from '../../basics/index.ts';
import type { Catalogue, RequestedCover } from '../../catalogue/index.ts';
import type { DecisionTerms } from './case-file.ts';
import { dueDay, type Contingency } from './contingency.ts';
import type { ContingencyTemplate } from './model.ts';
import type { DeskRules } from './rules.ts';

/** A warranty as it is agreed: what is undertaken by which day, and the sub-limit, minor units, that stands in the cover for it. */
interface Undertaken {
  readonly duty: Text;
  readonly coverages: readonly string[];
  readonly subLimitMinor: number;
  readonly from: Day;
}

/** A dated warranty as a policy prints it. */
export interface WarrantyWords {
  readonly title: Text;
  readonly text: Text;
}

/**
 * What a dated warranty says, of the very coverages and the sub-limit that `limitByWarranties` puts into the cover: that limits every loss of these coverages,
 * whatever its cause, for the whole period, and neither the day nor a breach changes it.
 */
export function warrantyWords(
  { duty, coverages, subLimitMinor, from }: Undertaken,
  { lines }: Pick<RequestedCover, 'lines'>,
  { coverages: known }: Catalogue,
): Text {
  const titles = lines.filter(({ coverage }) => coverages.includes(coverage)).map(({ coverage }) => known.get(coverage)!.title);
  const amount = (subLimitMinor / 100).toLocaleString('en-US', { maximumFractionDigits: 2 });
  return {
    zh: `${duty.zh}，期限为 ${from}。在整个保险期间内，无论期限是否届至、保证是否履行，也无论损失原因为何，${titles.map(({ zh }) => zh).join('、')}的分项限额均不超过 ${amount} 元`,
    en: `${duty.en}; the due day is ${from}. Throughout the period of insurance, before and after that day, whether or not the warranty is kept and whatever the cause of the loss, the sub-limit of ${titles.map(({ en }) => en.toLowerCase()).join(' and of ')} is at most CNY ${amount}`,
  };
}

/** The dated warranties of an offer that is bound at `at`: of its conditions that were waived, and of the blockers that its approval waived. */
export function warrantiesOf(
  { cover, conditions, waivers, at }: { cover: RequestedCover; conditions: readonly Contingency[]; waivers: DecisionTerms['waivers']; at: string },
  desk: DeskRules,
  catalogue: Catalogue,
): WarrantyWords[] {
  const waived = conditions.flatMap(({ title, state, warranty }) => (state === 'waived' && warranty !== null ? [{ title, text: warranty.text }] : []));
  const inPlace = waivers.map(({ warranty, subLimitMinor, days }) => {
    const { title, warranty: duty, covers } = desk.contingencies.get(warranty) as ContingencyTemplate & { warranty: Text };
    return { title, text: warrantyWords({ duty, coverages: covers, subLimitMinor, from: dueDay(at, days) }, cover, catalogue) };
  });
  return [...waived, ...inPlace];
}
