import { describe, expect, it } from 'vitest';
import { catalogue, referenceFirm } from '../../../test/tariff.ts';
import { recommendPackages } from './index.ts';

const packages = [...catalogue().packages.values()];
const today = '2026-11-28';
const firm = {
  ...referenceFirm,
  industry: 'services' as const,
  personalRecords: 0,
  sellsOnline: false,
  operatesIndustrialControl: false,
  sellsTechnologyServices: false,
  makesDigitalProducts: false,
};
const first = (facts: Partial<typeof firm>): string => recommendPackages({ ...firm, ...facts } as typeof firm, packages, today)[0]!.package.id;
const reasonsOf = (id: string, facts: Partial<typeof firm>) =>
  recommendPackages({ ...firm, ...facts } as typeof firm, packages, today).find(({ package: { id: one } }) => one === id)?.reasons ?? null;

describe('the recommendation of a package', () => {
  it('puts what is made for the industry before what is made for all', () => {
    expect(first({ industry: 'healthcare' as never })).toBe('healthcare');
    expect(first({ industry: 'finance' as never })).toBe('finance');
  });

  it('follows the facts of the firm, with a reason for each', () => {
    expect(
      reasonsOf('scenario-internet-platform', { industry: 'retail' as never, sellsOnline: true })!
        .map(({ zh }) => zh)
        .join(),
    ).toContain('线上');
    expect(
      reasonsOf('scenario-internet-platform', { industry: 'retail' as never })!
        .map(({ zh }) => zh)
        .join(),
    ).not.toContain('线上');
    expect(reasonsOf('scenario-product-lifecycle', { industry: 'manufacturing' as never, makesDigitalProducts: true })!.length).toBeGreaterThan(0);
  });

  it('offers nothing of another industry, and nothing before its day', () => {
    expect(reasonsOf('healthcare', {})).toBeNull();
    expect(recommendPackages(firm, packages, '2025-01-01')).toEqual([]);
  });

  it('gives every firm something to start from', () => {
    for (const industry of [
      'finance',
      'healthcare',
      'information',
      'education',
      'public',
      'retail',
      'manufacturing',
      'automotive',
      'services',
      'construction',
      'agriculture',
      'mining',
    ] as const)
      expect(recommendPackages({ ...firm, industry }, packages, today).length).toBeGreaterThanOrEqual(3);
  });
});
