import type { Instant, Language, Money } from '../../domain/basics/index.ts';
import { dateTime, exactMoney } from '../../domain/notation/index.ts';

/** An amount with its sign always shown, also at zero, for steps that add to a total. */
export const printChange = (money: Money, language: Language): string => `${money.minor < 0 ? '' : '+'}${exactMoney(money, language)}`;

/** An instant in Beijing time, to the second, with the zone named. */
export const printInstant = (instant: Instant, language: Language): string => `${dateTime(instant)}${language === 'zh' ? '（北京时间）' : ' (Beijing time)'}`;
