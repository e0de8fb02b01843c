import type { FirmProfile } from '../../parties/index.ts';
import type { AppetiteRow } from './model.ts';

/** The first row that fits the firm; null where the insurer has said nothing of such firms. */
export const appetiteFor = ({ industry, gbt4754 }: Pick<FirmProfile, 'industry' | 'gbt4754'>, rows: readonly AppetiteRow[]): AppetiteRow | null =>
  rows.find((row) => (row.gbt4754.length > 0 ? row.gbt4754.some((prefix) => gbt4754?.startsWith(prefix)) : row.industries.includes(industry))) ?? null;
