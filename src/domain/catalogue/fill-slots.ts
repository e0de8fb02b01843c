import type { Currency, Language, Text } from '../basics/index.ts';
import { shortPercent, spokenAmount } from '../notation/index.ts';
import type { Step } from '../terms/index.ts';
import type { Clause } from './clause.ts';

/** What a clause can say: each parameter as text, ready to print, and as it is, for the conditions of its parts. */
export interface Slots {
  readonly said: Readonly<Record<string, Text>>;
  readonly raw: Readonly<Record<string, unknown>>;
}

const amounts = new Set(['amount', 'least', 'most', 'threshold', 'limit', 'retention', 'attachment']);
const hours = new Set(['hours']);

/** An exact amount in words of a wording: `人民币 5,000,000 元`, `CNY 5,000,000`; cents only where there are any. */
export function sayAmount(minor: number, currency: Currency): Text {
  const digits = spokenAmount({ currency, minor });
  return { zh: currency === 'CNY' ? `人民币 ${digits} 元` : `${currency} ${digits}`, en: `${currency} ${digits}` };
}

/** A ratio as percent with as many decimals as it needs. */
export const sayRatio = shortPercent;

const same = (text: string): Text => ({ zh: text, en: text });

const unlimited: Text = { zh: '不限金额', en: 'any amount' };

function sayParameter(name: string, value: unknown, currency: Currency): Text | null {
  if (Array.isArray(value)) return name === 'rates' ? { zh: value.map(sayRatio).join('、'), en: value.map(sayRatio).join(', ') } : null;
  if (typeof value !== 'number') return typeof value === 'string' ? same(value) : null;
  if (amounts.has(name)) return sayAmount(value, currency);
  return same(hours.has(name) ? String(value) : sayRatio(value));
}

/** The slots of anything with parameters. Null parameters have none: a clause speaks of them only in parts that stand when they are there. */
export function slotsOf(parameters: Readonly<Record<string, unknown>>, currency: Currency, more: Readonly<Record<string, Text>> = {}): Slots {
  const said = Object.entries(parameters).flatMap(([name, value]) => {
    const text = sayParameter(name, value, currency);
    return text === null ? [] : [[name, text] as const];
  });
  return { said: { ...Object.fromEntries(said), ...more }, raw: parameters };
}

/** The slots of a step: its parameters, how many times a limit is reinstated, whether it measures in several ways, and what it applies to. */
export function slotsOfStep(step: Step, currency: Currency, coverage: Text): Slots {
  const { said, raw } = slotsOf(step, currency, { coverage });
  const count: Slots['said'] = step.step === 'reinstate' ? { count: same(String(step.rates.length)) } : {};
  const measures = step.step === 'retain' ? [step.amount, step.ratioOfLoss, step.ratioOfSumInsured].filter((one) => one !== null && one > 0) : [];
  return { said: { ...said, ...count }, raw: { ...raw, several: measures.length > 1 } };
}

/** The sentences of a clause in both languages, with its slots filled. A slot that nothing fills is a fault of the clause. */
export function fillClause({ id, text, parts }: Clause, slots: Slots, currency: Currency): Text {
  const sentences = parts.flatMap((part) => {
    if ('when' in part) return Object.entries(part.when).every(([name, wanted]) => holds(slots.raw[name], wanted)) ? [fillText(id, part.text, slots.said)] : [];
    return entriesOf(id, slots.raw[part.each]).map((entry) => fillText(id, part.text, { limit: unlimited, ...slotsOf(entry, currency).said }));
  });
  return joined([fillText(id, text, slots.said), ...sentences]);
}

const holds = (value: unknown, wanted: string | boolean): boolean =>
  typeof wanted === 'boolean' ? (value !== null && value !== undefined && value !== false && value !== 0) === wanted : value === wanted;

function entriesOf(id: string, value: unknown): Record<string, unknown>[] {
  if (!Array.isArray(value)) throw new Error(`clause \`${id}\` speaks of a list that is not there`);
  return value as Record<string, unknown>[];
}

const fillText = (id: string, text: Text, said: Slots['said']): Text => ({ zh: fill(id, text.zh, said, 'zh'), en: fill(id, text.en, said, 'en') });

function fill(id: string, text: string, said: Slots['said'], language: Language): string {
  return text.replace(/\{(\w+)\}/g, (slot, name: string) => {
    const value = said[name];
    if (value === undefined) throw new Error(`clause \`${id}\` has a slot ${slot} that nothing fills`);
    return value[language];
  });
}

const joined = (texts: readonly Text[]): Text => ({ zh: texts.map(({ zh }) => zh).join(''), en: texts.map(({ en }) => en).join(' ') });
