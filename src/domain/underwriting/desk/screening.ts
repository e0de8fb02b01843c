import { hashData, type Text } from '../../basics/index.ts';
import { normaliseName, tidyCreditCode, type FirmProfile } from '../../parties/index.ts';
import type { ScreeningList } from './model.ts';

/** One entry of a list that a firm matches, and by what. `key` names the hit, so that a person can clear exactly it. */
export interface ScreeningHit {
  readonly key: string;
  readonly list: string;
  readonly entry: string;
  readonly by: 'credit-code' | 'name' | 'similar-name';
  readonly name: string;
  readonly why: Text;
}

/** All lists, ready to be asked; `version` is the hash of everything in them. */
export interface ScreeningIndex {
  readonly version: string;
  readonly lists: readonly Omit<ScreeningList, 'entries'>[];
  readonly hitsOf: (firm: Pick<FirmProfile, 'name' | 'creditCode'>) => ScreeningHit[];
}

type Placed = ScreeningList['entries'][number] & { readonly list: string };

/** Indexes the lists by credit code and by normalised name, so that a look-up takes the same time however long they are. */
export function indexScreening(lists: readonly ScreeningList[]): ScreeningIndex {
  const byCode = new Map<string, Placed[]>();
  const byName = new Map<string, Placed[]>();
  for (const { id, entries } of lists) {
    for (const entry of entries) {
      const placed = { ...entry, list: id };
      if (entry.creditCode !== null) put(byCode, tidyCreditCode(entry.creditCode), placed);
      for (const name of new Set(entry.names.map(normaliseName))) put(byName, name, placed);
    }
  }
  const hitsOf = ({ name, creditCode }: Pick<FirmProfile, 'name' | 'creditCode'>): ScreeningHit[] => {
    const coded = creditCode === null ? [] : (byCode.get(tidyCreditCode(creditCode)) ?? []);
    const named = (byName.get(normaliseName(name)) ?? []).filter((entry) => !coded.includes(entry));
    return [...coded.map((entry) => hit(entry, 'credit-code')), ...named.map((entry) => hit(entry, entry.names.includes(name) ? 'name' : 'similar-name'))];
  };
  return { version: hashData(lists), lists: lists.map(({ id, title, source, date }) => ({ id, title, source, date })), hitsOf };
}

const put = (index: Map<string, Placed[]>, key: string, entry: Placed): void => void index.set(key, [...(index.get(key) ?? []), entry]);

const hit = ({ list, id, names, why }: Placed, by: ScreeningHit['by']): ScreeningHit => ({ key: `${list}/${id}`, list, entry: id, by, name: names[0]!, why });
