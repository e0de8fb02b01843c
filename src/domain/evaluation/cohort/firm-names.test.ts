import { describe, expect, it } from 'vitest';
import { nameIn } from './firm-names.ts';

describe('the name of a firm in a question', () => {
  const names = ['示例恒轮精密制造股份有限公司', 'Ants Co., Ltd.', '甲'];

  it('is found whatever its spacing, case, width and legal form', () => {
    expect(nameIn('示例 恒轮精密制造投保后怎样？', names)).toBe(names[0]);
    expect(nameIn('Did ＡＮＴＳ improve?', names)).toBe(names[1]);
    expect(nameIn('How did Ants Co., Ltd. do?', names)).toBe(names[1]);
  });

  it('is not found in other words', () => {
    expect(nameIn('Did applicants and tenants improve?', names)).toBeNull();
    expect(nameIn('甲类制造企业投保后怎样？', names)).toBeNull();
    expect(nameIn('', names)).toBeNull();
  });
});
