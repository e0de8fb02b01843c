import { minorPerMajor, type Money } from '../../domain/basics/index.ts';

const digits = '零壹贰叁肆伍陆柒捌玖';
const placesInSection = ['', '拾', '佰', '仟'];
const sections = ['', '万', '亿', '万亿'];
const currencyNames: Record<Money['currency'], { name: string; unit: string }> = {
  CNY: { name: '人民币', unit: '元' },
  USD: { name: '美元', unit: '元' },
  EUR: { name: '欧元', unit: '元' },
  GBP: { name: '英镑', unit: '镑' },
  HKD: { name: '港币', unit: '元' },
  JPY: { name: '日元', unit: '元' },
};

/**
 * An amount in Chinese capitals, as cheques and policies write it, e.g. `人民币壹万贰仟叁佰肆拾伍元整`.
 * After the PBC's rules for bills (支付结算办法, annex 1): 整 closes an amount without 角 and 分; one 零 stands for any run of zeros.
 */
export function capitalAmount({ currency, minor }: Money): string {
  const { name, unit } = currencyNames[currency];
  const perMajor = minorPerMajor(currency);
  const size = Math.abs(minor);
  const whole = Math.floor(size / perMajor);
  const cents = perMajor === 100 ? size % 100 : 0;
  const wholeText = whole === 0 && cents > 0 ? '' : `${capitalInteger(whole)}${unit}`;
  return `${name}${minor < 0 ? '负' : ''}${wholeText}${capitalCents(cents, whole > 0)}`;
}

function capitalCents(cents: number, afterWhole: boolean): string {
  if (cents === 0) return '整';
  const tenths = Math.floor(cents / 10);
  const hundredths = cents % 10;
  const tenthsText = tenths > 0 ? `${digits[tenths]}角` : afterWhole ? '零' : '';
  return tenthsText + (hundredths > 0 ? `${digits[hundredths]}分` : '');
}

/** A whole number up to 2^53 in capitals; sections of four digits, highest first. */
function capitalInteger(whole: number): string {
  if (whole === 0) return '零';
  const parts: string[] = [];
  for (let level = 0, rest = whole; rest > 0; level += 1, rest = Math.floor(rest / 10_000)) {
    const section = rest % 10_000;
    const higherExists = rest >= 10_000;
    if (section > 0) parts.unshift((higherExists && section < 1000 ? '零' : '') + capitalSection(section) + sections[level]);
  }
  return joinHundredMillions(parts.join(''), whole);
}

/** 万亿 already says 亿: 壹万亿零贰亿 is read 壹万零贰亿. */
function joinHundredMillions(text: string, whole: number): string {
  const hundredMillions = Math.floor(whole / 100_000_000) % 10_000;
  return hundredMillions > 0 ? text.replace('万亿', '万') : text;
}

function capitalSection(section: number): string {
  let text = '';
  let gap = false;
  for (let place = 3; place >= 0; place -= 1) {
    const digit = Math.floor(section / 10 ** place) % 10;
    if (digit === 0) {
      gap ||= text !== '';
      continue;
    }
    text += (gap ? '零' : '') + digits[digit] + placesInSection[place];
    gap = false;
  }
  return text;
}
