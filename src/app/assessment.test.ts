import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { FirmProfile } from '../domain/parties/index.ts';
import { assessments } from './assessment.ts';

it('reads a file of before names had to be visible, without what nobody sees', () => {
  const profile = parse(readFileSync(new URL('../../content/demo/firms/advisory/profile.yaml', import.meta.url), 'utf8'));
  const earlier = { firm: { ...profile, name: '示例\u200B甲\u202E公司' } };

  const { firm } = assessments.upgrades[1]!(earlier) as typeof earlier;

  expect(FirmProfile.safeParse(earlier.firm).success).toBe(false);
  expect(FirmProfile.parse(firm).name).toBe('示例甲公司');
});

it.each([
  ['示例\u3164甲公司', 'j 6940', '示例甲公司', 'J6940'],
  ['\u3164', 'no idea', 'Name not visible 名称不可见', null],
  ['示例乙公司', null, '示例乙公司', null],
])('reads a file of before fillers were refused in names and classes had a form: %j, %j', (name, gbt4754, readable, code) => {
  const profile = parse(readFileSync(new URL('../../content/demo/firms/advisory/profile.yaml', import.meta.url), 'utf8'));

  const { firm } = assessments.upgrades[2]!({ firm: { ...profile, name, gbt4754 } }) as { firm: unknown };

  expect(FirmProfile.parse(firm)).toMatchObject({ name: readable, gbt4754: code });
});
