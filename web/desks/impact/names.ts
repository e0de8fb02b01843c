import type { Text } from '../../api/wire.ts';
import { number } from '../../format.ts';
import { zh } from '../../texts/zh.ts';
import type { Wording } from '../../words.ts';

const isGroup = (group: string): group is keyof typeof zh.impact.groups => group in zh.impact.groups;
const isSize = (size: string): size is keyof typeof zh.impact.sizes => size in zh.impact.sizes;
const isIndustry = (industry: string): industry is keyof typeof zh.industry => industry in zh.industry;

/** The name of a group of firms. */
export const groupName = (group: string, { t }: Pick<Wording, 't'>): string => (isGroup(group) ? t(`impact.groups.${group}`) : group);

/** The name of an industry, size or product, e.g. `industry:retail`. */
export function partName(part: string, { t }: Pick<Wording, 't'>): string {
  const [key = '', value = ''] = part.split(/:\s*/);
  if (key === 'industry' && isIndustry(value)) return t(`industry.${value}`);
  if (key === 'size' && isSize(value)) return t(`impact.sizes.${value}`);
  return value === '' ? part : value;
}

/** The name of a line of the balance table: a measure, or a characteristic with its value. */
export function balanceName(name: string, words: Pick<Wording, 't'>): string {
  if (name === 'score' || name === 'employees' || name === 'revenue') return words.t(`impact.measures.${name}`);
  return partName(name, words);
}

/** Two names as one. */
export const joinedName = (a: Text, b: Text | null, { of }: Pick<Wording, 'of'>): string => (b === null ? of(a) : `${of(a)} · ${of(b)}`);

/** A p that was adjusted over several metrics, as it is written. */
export const adjustedText = (p: number): string => `p = ${p < 0.0005 ? p.toExponential(1) : number(p, 3)}`;
