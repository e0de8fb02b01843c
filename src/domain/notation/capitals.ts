import type { Currency, Money } from '../basics/index.ts';
import { decimalsOf } from './money.ts';

const capitalDigits = '零壹贰叁肆伍陆柒捌玖';
const capitalPlaces = ['仟', '佰', '拾', ''];

const names: Readonly<Record<Currency, { name: string; unit: string; cents: 'jiao' | 'pence' }>> = {
  CNY: { name: '人民币', unit: '元', cents: 'jiao' },
  USD: { name: '美元', unit: '元', cents: 'jiao' },
  EUR: { name: '欧元', unit: '元', cents: 'jiao' },
  GBP: { name: '英镑', unit: '镑', cents: 'pence' },
  HKD: { name: '港币', unit: '元', cents: 'jiao' },
  JPY: { name: '日元', unit: '元', cents: 'jiao' },
};

/**
 * An amount in Chinese capitals as bills and policies write it: `人民币壹万贰仟叁佰肆拾伍元整`.
 * After the rules for filling in bills (支付结算办法, annex 1): 整 closes an amount without 角 and 分, and one 零 stands for a run of zeros. Where these
 * rules leave a 零 to the writer, none is written before 仟 or 角 next to 万 or 元, and one is written where a whole section of four is empty.
 */
export function capitalAmount({ currency, minor }: Money): string {
  const { name, unit, cents: kind } = names[currency];
  const exact = BigInt(Math.abs(minor));
  const perMajor = 10n ** BigInt(decimalsOf(currency));
  const whole = exact / perMajor;
  const cents = Number(exact % perMajor);
  const wholeText = whole > 0n ? `${capitalInteger(whole)}${unit}` : cents === 0 ? `零${unit}` : '';
  return `${name}${minor < 0 ? '负' : ''}${wholeText}${cents === 0 ? '整' : capitalCents[kind](cents, whole > 0n)}`;
}

/** Four digits in capitals with their places; inner zeros become one 零, outer zeros are left to the caller. */
function capitalSection(value: bigint): string {
  const digits = value.toString().padStart(4, '0');
  const words = [...digits].map((d, i) => (d === '0' ? '零' : `${capitalDigits[Number(d)]}${capitalPlaces[i]}`)).join('');
  return words.replace(/零+/g, '零').replace(/^零|零$/g, '');
}

function capitalInteger(value: bigint): string {
  for (const [size, word] of [
    [100_000_000n, '亿'],
    [10_000n, '万'],
  ] as const) {
    if (value < size) continue;
    const rest = value % size;
    const gap = rest > 0n && rest < size / 10n ? '零' : '';
    return `${capitalInteger(value / size)}${word}${gap}${rest > 0n ? capitalInteger(rest) : ''}`;
  }
  return capitalSection(value);
}

const capitalCents = {
  jiao: (cents: number, afterWhole: boolean): string => {
    const [jiao, fen] = [Math.floor(cents / 10), cents % 10];
    const tenths = jiao > 0 ? `${capitalDigits[jiao]}角` : afterWhole ? '零' : '';
    return `${tenths}${fen > 0 ? `${capitalDigits[fen]}分` : ''}`;
  },
  pence: (cents: number, afterWhole: boolean): string => `${afterWhole && cents < 10 ? '零' : ''}${capitalInteger(BigInt(cents))}便士`,
};
