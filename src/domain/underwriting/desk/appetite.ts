import type { FirmProfile } from '../../parties/index.ts';
import type { AppetiteRow } from './model.ts';

/** The first row that fits the firm; null where the insurer has said nothing of such firms. */
export const appetiteFor = ({ industry, gbt4754 }: Pick<FirmProfile, 'industry' | 'gbt4754'>, rows: readonly AppetiteRow[]): AppetiteRow | null =>
  rows.find((row) => (row.gbt4754.length > 0 ? row.gbt4754.some((prefix) => gbt4754?.startsWith(prefix)) : row.industries.includes(industry))) ?? null;

/**
 * The row outside the appetite that the firm may fall under as far as it has said: its industry is one in which such firms stand and no class is stated, or the class
 * that it states is a section, division or group that holds it. Null where nothing can hide.
 */
export const hiddenRow = ({ industry, gbt4754 }: Pick<FirmProfile, 'industry' | 'gbt4754'>, rows: readonly AppetiteRow[]): AppetiteRow | null =>
  rows.find(
    (row) =>
      row.appetite === 'outside' &&
      row.gbt4754.length > 0 &&
      (gbt4754 === null ? row.industries.includes(industry) : row.gbt4754.some((prefix) => prefix.length > gbt4754.length && prefix.startsWith(gbt4754))),
  ) ?? null;
