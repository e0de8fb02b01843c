import type { Language } from '../../domain/basics/index.ts';
import { exactMoney } from '../../domain/notation/index.ts';
import type { CoverRequest } from './model.ts';
import { wordsIn } from './words.ts';

/** The coverages of a document as its table shows them. */
export function coverageRows({ lines, currency }: Pick<CoverRequest['data'], 'lines' | 'currency'>, language: Language) {
  const words = wordsIn(language);
  return lines.map((line) => ({
    title: line.title[language],
    trigger: line.trigger[language],
    class: words[line.class],
    subLimit: exactMoney({ currency, minor: line.subLimitMinor }, language),
    waiting: line.waitingHours === null ? words.none : `${line.waitingHours} ${words.hours}`,
  }));
}
