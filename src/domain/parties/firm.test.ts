import { describe, expect, it } from 'vitest';
import { FirmProfile, PrintedName, normaliseName, sameFirm } from './index.ts';

/** Ignorable letters (Hangul fillers), marks and selectors, and format characters: Unicode shows none of them. */
const unseen = ['\u3164', '\u115f', '\u1160', '\uffa0', '\u034f', '\ufe0f', '\u{e0100}', '\u200b', '\u202e', '\u00ad'];

describe('a printed name', () => {
  it.each(unseen)('is refused with %j in it or alone', (one) => {
    expect(PrintedName.safeParse(one).success).toBe(false);
    expect(PrintedName.safeParse(`示例雾港${one}科技有限公司`).success).toBe(false);
  });

  it.each(['示例雾港科技有限公司', '한국 주식회사', 'Société Générale (中国) 有限公司', '𠮷野家', '3'])('takes %s', (name) =>
    expect(PrintedName.safeParse(name).success).toBe(true),
  );

  it.each(['', '…', '\n', '甲\n乙\u0007'])('is refused where nothing can be read or a control stands in it: %j', (name) =>
    expect(PrintedName.safeParse(name).success).toBe(false),
  );
});

describe('a firm', () => {
  it.each(unseen)('is the same with %j in its name, as stored before such names were refused', (one) => {
    const [plain, dressed] = ['示例雾港科技有限公司', `示例雾港${one}科技有${one}限公司`].map((name) => ({ name, creditCode: null }));

    expect(normaliseName(dressed!.name)).toBe(normaliseName(plain!.name));
    expect(sameFirm(plain!, dressed!)).toBe('name');
  });
});

describe('a class of GB/T 4754', () => {
  const { gbt4754 } = FirmProfile.shape;

  it.each(['J6940', 'j6940', ' J 6940 ', 'Ｊ６９４０', 'J\u200b6940'])('is one code however it is typed: %j', (typed) =>
    expect(gbt4754.parse(typed)).toBe('J6940'),
  );

  it.each(['J', 'J69', 'T9600', null])('may be stated as far as it is known: %s', (code) => expect(gbt4754.parse(code)).toBe(code));

  it.each(['', '6940', 'J69401', 'JJ940', 'U1000', 'J-6940', 'none'])('is refused as %j', (typed) => expect(gbt4754.safeParse(typed).success).toBe(false));
});
