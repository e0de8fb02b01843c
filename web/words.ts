import type { TFunction } from 'i18next';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { saidIn, type Language, type Money, type Said, type Text } from '../src/domain/basics/index.ts';
import { exactMoney, shortMoney } from './format.ts';

export interface Wording {
  readonly t: TFunction;
  readonly language: Language;
  /** The side of a bilingual text that the reader asked for. */
  readonly of: (text: Text) => string;
  /** What somebody typed as it stands, words of the system in the reader's language. */
  readonly said: (said: Said) => string;
  readonly money: (money: Money) => string;
  readonly short: (money: Money) => string;
}

/** Everything a component needs to speak the reader's language. */
export function useWords(): Wording {
  const { t, i18n } = useTranslation();
  const language: Language = i18n.language === 'en' ? 'en' : 'zh';
  return useMemo(
    () => ({
      t,
      language,
      of: (text: Text) => text[language],
      said: (said: Said) => saidIn(said, language),
      money: (money: Money) => exactMoney(money, language),
      short: (money: Money) => shortMoney(money, language),
    }),
    [t, language],
  );
}
