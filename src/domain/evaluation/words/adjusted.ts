import type { Text } from '../../basics/index.ts';
import { effectWord } from './did.ts';
import { evidenceSentence } from './evidence.ts';
import { differenceWord } from './groups.ts';
import { pText } from './numbers.ts';
import { changeWord } from './paired.ts';

interface Adjusted {
  readonly p: number;
  readonly adjustedP: number;
  /** How many tests were adjusted together. */
  readonly tests: number;
}

/** A sentence that tells the adjusted p beside its own, and claims no more than the adjusted one carries. */
export function wordsWithAdjustedP(words: Text, { p, adjustedP, tests }: Adjusted): Text {
  const told = {
    zh: words.zh.replace(pText(p), `${pText(p)}，按 ${tests} 项检验校正后 ${pText(adjustedP)}`),
    en: words.en.replace(pText(p), `${pText(p)}, adjusted for ${tests} tests ${pText(adjustedP)}`),
  };
  return p <= 0.05 && adjustedP > 0.05 ? lessClaimed(told) : told;
}

const lessClaimed = (words: Text): Text =>
  [changeWord, differenceWord, effectWord].reduce((text, thing) => {
    const [shown, not] = [evidenceSentence('shown', thing), evidenceSentence('not-shown', thing)];
    return { zh: text.zh.replace(shown.zh, not.zh), en: text.en.replace(shown.en, not.en) };
  }, words);
