import type { z } from 'zod';
import type { FieldFault } from '../domain/basics/index.ts';

/** A fault of a field in a reader's words: `en` follows the path, `zh` likewise. `of` is a list that both end with. */
const words = {
  missing: { zh: '缺少此项', en: 'is missing' },
  'expected-text': { zh: '应为文字', en: 'should be text' },
  'expected-number': { zh: '应为数字', en: 'should be a number' },
  'expected-whole-number': { zh: '应为整数', en: 'should be a whole number' },
  'expected-yes-or-no': { zh: '应为 true 或 false', en: 'should be true or false' },
  'expected-list': { zh: '应为列表', en: 'should be a list' },
  'expected-fields': { zh: '应为一组“字段: 值”', en: 'should be fields with values' },
  'unknown-field': { zh: '没有这些字段', en: 'has fields that nobody knows' },
  'not-one-of': { zh: '只能取', en: 'should be one of' },
  'too-small': { zh: '太小、太短或太少，至少', en: 'is too small, too short or too few; at least' },
  'too-large': { zh: '太大、太长或太多，至多', en: 'is too large, too long or too many; at most' },
  'wrong-form': { zh: '格式不对', en: 'has not the right form' },
  wrong: { zh: '不符合要求', en: 'does not fit' },
} as const;
type FaultCode = keyof typeof words;

const types: Readonly<Record<string, FaultCode>> = {
  string: 'expected-text',
  number: 'expected-number',
  int: 'expected-whole-number',
  boolean: 'expected-yes-or-no',
  array: 'expected-list',
  tuple: 'expected-list',
  object: 'expected-fields',
  record: 'expected-fields',
};

/** What is wrong with a field of a file: where, what it should be, and what stands there. `data` is what was read. */
export function fieldFault(issue: z.core.$ZodIssue, data: unknown): FieldFault {
  const found = issue.path.reduce<unknown>((within, name) => (within as Record<PropertyKey, unknown> | null | undefined)?.[name], data);
  const [code, of] = found === undefined && issue.path.length > 0 ? (['missing', null] as const) : asWords(issue);
  const list = of === null ? '' : `: ${of}`;
  const shown = code === 'missing' || code === 'unknown-field' ? '' : ` (\`${brief(found)}\`)`;
  return { path: issue.path.join('.'), code, message: `${words[code].en}${list}${shown}` };
}

function asWords(issue: z.core.$ZodIssue): readonly [FaultCode, string | null] {
  if (issue.code === 'invalid_type') return [types[issue.expected] ?? 'wrong', null];
  if (issue.code === 'unrecognized_keys') return ['unknown-field', issue.keys.join(', ')];
  if (issue.code === 'invalid_value') return ['not-one-of', issue.values.join(', ')];
  if (issue.code === 'too_small') return ['too-small', String(issue.minimum)];
  if (issue.code === 'too_big') return ['too-large', String(issue.maximum)];
  return [issue.code === 'invalid_format' ? 'wrong-form' : 'wrong', null];
}

const mostShown = 40;

function brief(found: unknown): string {
  const text = typeof found === 'string' ? found : (JSON.stringify(found) ?? '');
  return text.length > mostShown ? `${text.slice(0, mostShown)}…` : text;
}

/** The same in Chinese; a fault that is not of this file keeps its message. */
export function faultInChinese({ code, message }: Pick<FieldFault, 'code' | 'message'>): string {
  if (!Object.hasOwn(words, code)) return message;
  const { zh, en } = words[code as FaultCode];
  return message.startsWith(en) ? `${zh}${message.slice(en.length)}` : message;
}
