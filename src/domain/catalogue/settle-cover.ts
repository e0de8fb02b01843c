import { Refusal, type Day } from '../basics/index.ts';
import { onSale } from './recommend.ts';
import type { Catalogue, CoverLine, RequestedCover } from './model.ts';

/** How far ahead cover can begin: today's price says nothing of a year that is still far off. */
export const longestDeferralDays = 90;

/**
 * The cover as it would be agreed: every term that was left to the catalogue is written out, so that price, policy and document say the same.
 * `today` is the day in Beijing. Throws a Refusal `package-unknown`, `not-in-force` (the package, with its first day),
 * `retention-not-below-limit`, `sub-limit-above-limit` or `inception-out-of-range`.
 */
export function settleCover(cover: RequestedCover, catalogue: Catalogue, today: Day): RequestedCover {
  requirePackage(cover, catalogue, today);
  requireAmounts(cover);
  requireInception(cover, today);
  return { ...cover, lines: cover.lines.map((line) => settleLine(line, catalogue)) };
}

function requirePackage({ package: id }: RequestedCover, { packages }: Catalogue, today: Day): void {
  if (id === null) return;
  const chosen = packages.get(id);
  if (chosen === undefined) throw new Refusal('bad-input', 'package-unknown', 'there is no such package on sale', { field: 'cover.package' });
  const from = chosen.effectiveFrom;
  if (!onSale(chosen, today)) throw new Refusal('rule', 'not-in-force', `\`${id}\` is in force from ${from} on, and today is ${today}`, { id, from, today });
}

function requireAmounts({ limitMinor, retentionMinor, lines }: RequestedCover): void {
  if (retentionMinor >= limitMinor)
    throw new Refusal('bad-input', 'retention-not-below-limit', 'the retention must be below the limit', { retention: retentionMinor, limit: limitMinor });
  const beyond = lines.find(({ subLimitMinor }) => subLimitMinor > limitMinor);
  if (beyond)
    throw new Refusal('bad-input', 'sub-limit-above-limit', `the sub-limit of \`${beyond.coverage}\` is above the limit`, {
      coverage: beyond.coverage,
      subLimit: beyond.subLimitMinor,
      limit: limitMinor,
    });
}

/** Whole days from one day to another. */
const daysBetween = (from: Day, to: Day): number => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);

function requireInception({ from }: RequestedCover, today: Day): void {
  if (from === null) return;
  const ahead = daysBetween(today, from);
  if (ahead < 1 || ahead > longestDeferralDays)
    throw new Refusal('bad-input', 'inception-out-of-range', `cover can begin between tomorrow and ${longestDeferralDays} days from today`, {
      from,
      today,
      days: longestDeferralDays,
    });
}

/** A coverage that the catalogue lacks is left for the tariff to refuse. */
function settleLine(line: CoverLine, { coverages }: Catalogue): CoverLine {
  const coverage = coverages.get(line.coverage);
  return coverage?.timeBased ? { ...line, waitingHours: line.waitingHours ?? coverage.defaultTerms.waitingHours } : line;
}
