import type { Day, Text } from '../basics/index.ts';
import type { FirmProfile } from '../parties/index.ts';
import type { Package } from './model.ts';

/** A package that fits a firm, and why, in words made from its facts. */
export interface Recommendation {
  readonly package: Package;
  /** Empty when it is only not unfit: made for firms of every kind. */
  readonly reasons: readonly Text[];
}

type Facts = Pick<
  FirmProfile,
  'industry' | 'personalRecords' | 'sellsOnline' | 'operatesIndustrialControl' | 'sellsTechnologyServices' | 'makesDigitalProducts'
>;

/** How many industries a package may name and still count as made for each of them. */
const fewIndustries = 3;

/** Whether a package is on sale on a day. */
export const onSale = ({ effectiveFrom }: Pick<Package, 'effectiveFrom'>, today: Day): boolean => effectiveFrom <= today;

/**
 * The packages that a firm can take, those with most reasons first and the lower limit before the higher among equals (R68): one is recommended where it is made for
 * the firm's industry, or suits a fact of the firm. A package that demands a fact which the firm lacks is left out.
 */
export function recommendPackages(firm: Facts, packages: readonly Package[], today: Day): Recommendation[] {
  return packages
    .filter((one) => onSale(one, today) && (one.industries.length === 0 || one.industries.includes(firm.industry)))
    .map((one) => ({ package: one, reasons: reasonsFor(firm, one) }))
    .sort((a, b) => b.reasons.length - a.reasons.length || a.package.cover.limitMinor - b.package.cover.limitMinor);
}

function reasonsFor(firm: Facts, { industries, title, suits = [] }: Package): Text[] {
  const made: Text[] =
    industries.length > 0 && industries.length <= fewIndustries
      ? [{ zh: `为贵企业所在行业设计（${title.zh}）`, en: `made for your industry (${title.en.toLowerCase()})` }]
      : [];
  const facts = suits
    .filter(({ fact, least }) => (fact === 'personalRecords' ? firm.personalRecords >= (least ?? 1) : firm[fact]))
    .map(({ because }) => because);
  return [...made, ...facts];
}
