import { describe, expect, it } from 'vitest';
import { creditCodeIsValid, tidyCreditCode } from './credit-code.ts';

describe('the unified social credit code', () => {
  const valid = '91330200MA2ABCDE0X';

  it('accepts exactly one check character for a body', () => {
    const accepted = [...'0123456789ABCDEFGHJKLMNPQRTUWXY'].filter((last) => creditCodeIsValid(valid.slice(0, 17) + last));

    expect(accepted).toHaveLength(1);
  });

  it('notices every single wrong character', () => {
    const last = [...'0123456789ABCDEFGHJKLMNPQRTUWXY'].find((c) => creditCodeIsValid(valid.slice(0, 17) + c))!;
    const code = valid.slice(0, 17) + last;

    for (let i = 0; i < 17; i += 1) expect(creditCodeIsValid(`${code.slice(0, i)}${code[i] === '7' ? '8' : '7'}${code.slice(i + 1)}`)).toBe(false);
  });

  it('refuses wrong lengths and letters that the standard leaves out', () => {
    expect(creditCodeIsValid('9133')).toBe(false);
    expect(creditCodeIsValid('91330200MA2IOZSV0X')).toBe(false);
    expect(tidyCreditCode(' 9133 0200 ma2 ')).toBe('91330200MA2');
  });
});
