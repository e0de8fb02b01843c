import { dateTime, decimalAmount, decimalsOf } from '../../domain/notation/index.ts';
import type { Language, Money, Text } from '../../domain/basics/index.ts';
import type { Cell, ColumnKind, SheetColumn } from '../interfaces.ts';

/** The currency that the header of a money column names. An amount in another one is written as text with its code, so that nobody adds it up. */
export const sheetCurrency = 'CNY';

/** A column's name in the language that is asked for, with its unit: `保费（元）`, `Premium (CNY)`. */
export function columnHead({ title, kind }: SheetColumn, language: Language): string {
  const unit = units[kind];
  if (unit === undefined) return title[language];
  return language === 'zh' ? `${title.zh}（${unit.zh}）` : `${title.en} (${unit.en})`;
}

const units: Partial<Record<ColumnKind, Text>> = { money: { zh: '元', en: sheetCurrency }, instant: { zh: '北京时间', en: 'Beijing time' } };

/** What a program that opens the file could take for a formula (OWASP, CSV injection): also behind blanks, and in full width, which some spreadsheets fold. */
export const looksLikeFormula = (text: string): boolean => /^[\s\p{Cf}\p{Cc}]*[=+\-@＝＋－＠]/u.test(text) || /^[\t\r\n]/.test(text);

/** A cell as a CSV file and a sheet both need to know it: an exact number, a moment, or a text. */
export type Settled =
  | { readonly is: 'number'; readonly digits: string }
  | { readonly is: 'instant' | 'day'; readonly text: string }
  | { readonly is: 'text'; readonly text: string }
  | { readonly is: 'nothing' };

/** Reads a cell as what its column holds; what does not fit its column stays readable as text. */
export function settle(cell: Cell, kind: ColumnKind, language: Language): Settled {
  if (cell === null || cell === '') return { is: 'nothing' };
  if (typeof cell === 'object') return settleMoney(cell);
  if (typeof cell === 'boolean') return { is: 'text', text: flags[language][cell ? 'yes' : 'no'] };
  if (typeof cell === 'number') return Number.isFinite(cell) ? { is: 'number', digits: String(cell) } : { is: 'nothing' };
  if (kind === 'instant' && !Number.isNaN(Date.parse(cell))) return { is: 'instant', text: dateTime(cell) };
  if (kind === 'day' && /^\d{4}-\d{2}-\d{2}$/.test(cell)) return { is: 'day', text: cell };
  return { is: 'text', text: cell };
}

const flags = { zh: { yes: '是', no: '否' }, en: { yes: 'yes', no: 'no' } } as const;

function settleMoney({ currency, minor }: Money): Settled {
  const decimals = decimalsOf(currency);
  const digits = decimalAmount(BigInt(Math.abs(minor)), decimals).replaceAll(',', '');
  const signed = minor < 0 ? `-${digits}` : digits;
  return currency === sheetCurrency ? { is: 'number', digits: signed } : { is: 'text', text: `${currency} ${signed}` };
}
