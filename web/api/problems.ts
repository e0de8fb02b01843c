import type { TFunction } from 'i18next';
import { zh } from '../texts/zh.ts';
import type { Problem } from './problem.ts';

export interface Explanation {
  /** What happened. */
  readonly happened: string;
  /** What was kept. */
  readonly kept: string;
  /** What to do. */
  readonly next: string;
}

type Known = keyof typeof zh.problems;

const byStatus: Readonly<Record<number, Known>> = {
  401: 'unauthenticated',
  403: 'not-permitted',
  404: 'not-found',
  413: 'too-large',
  429: 'too-many-requests',
  502: 'database-unavailable',
  503: 'database-unavailable',
  504: 'database-unavailable',
};

const isKnown = (code: string): code is Known => code in zh.problems;

const words = (facts: Problem['facts']): Record<string, string> => Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, wordOf(value)]));

const wordOf = (value: unknown): string => (value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value));

/** A place in a file is not always known: the brackets that would hold it go with it. */
const withoutEmptyBrackets = (sentence: string): string => sentence.replace(/（\s*）|\s?\(\s*\)/g, '');

/** The sentences for a problem; a code that is not in the list is shown with the server's own detail. */
export function explain(problem: Problem, t: TFunction): Explanation {
  const code = isKnown(problem.code) ? problem.code : byStatus[problem.status];
  if (code === undefined)
    return {
      happened: problem.status >= 500 ? t('problems.unknown.happened') : problem.message,
      kept: t('problems.unknown.kept'),
      next: t('problems.unknown.next'),
    };
  const facts = words(problem.facts);
  // Which facts a sentence needs is known to the sentence only, so that they are all offered to it.
  const say = t as unknown as (key: string, facts: Record<string, string>) => string;
  return {
    happened: withoutEmptyBrackets(say(`problems.${code}.happened`, facts)),
    kept: say(`problems.${code}.kept`, facts),
    next: say(`problems.${code}.next`, facts),
  };
}
