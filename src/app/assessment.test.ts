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
