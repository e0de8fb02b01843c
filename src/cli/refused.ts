import type { FieldFault, Language, RefusalKind } from '../domain/basics/index.ts';
import { Refusal } from '../domain/basics/index.ts';
import { exitCodes, type World } from './command.ts';
import { faultInChinese } from './field-faults.ts';
import { inChinese } from './refused-in-chinese.ts';

/** The only place where a kind of refusal becomes an exit code. */
export const exitCodeOf: Readonly<Record<RefusalKind, number>> = {
  'bad-input': exitCodes.badInput,
  unreadable: exitCodes.badInput,
  'too-large': exitCodes.badInput,
  rule: exitCodes.refused,
  conflict: exitCodes.refused,
  absent: exitCodes.refused,
  'not-permitted': exitCodes.refused,
  unauthenticated: exitCodes.refused,
  'too-many': exitCodes.refused,
  unavailable: exitCodes.failure,
};

/** Says on the error stream why something was not done, and answers the exit code. With `json`, as one JSON line. */
export function sayRefused(error: unknown, { json, language }: { json: boolean; language: Language }, { stderr }: Pick<World, 'stderr'>): number {
  if (!(error instanceof Refusal)) {
    stderr(`${{ zh: '程序故障', en: 'failure' }[language]}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    return exitCodes.failure;
  }
  const { code, message: detail, facts, faults } = error;
  if (json) stderr(`${JSON.stringify({ refused: { code, detail, facts, errors: faults } })}\n`);
  else stderr([said(code, detail, facts, language), ...faults.map((fault) => saidOfField(fault, language)), ''].join('\n'));
  return exitCodeOf[error.kind];
}

function saidOfField(fault: FieldFault, language: Language): string {
  const whole = { zh: '整个文件', en: 'the whole file' }[language];
  return `  ${fault.path === '' ? whole : fault.path}${language === 'zh' ? `：${faultInChinese(fault)}` : `: ${fault.message}`}`;
}

/** In Chinese the sentence comes first and the detail, which names values, below it. */
function said(code: string, detail: string, facts: Refusal['facts'], language: Language): string {
  const sentence = language === 'zh' ? inChinese(code, facts) : null;
  const head = { zh: '未执行', en: 'not done' }[language];
  return sentence === null ? `${head} [${code}] ${detail}` : `${head} [${code}] ${sentence}\n  ${detail}`;
}
