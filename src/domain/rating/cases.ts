import { z } from 'zod';
import { Day } from '../basics/index.ts';
import { RequestedCover } from '../catalogue/index.ts';
import { FirmProfile } from '../parties/index.ts';
import { ScheduleItem } from './adjustment.ts';
import { SecurityModifiers, type Worksheet } from './model.ts';
import { priceCover } from './price.ts';
import type { Tariff } from './risk.ts';

/** The figures of a worksheet that a case pins: every line's value to nine digits, every amount to the unit. */
const PinnedFigures = z.strictObject({
  premium: z.strictObject({ exVat: z.int(), vat: z.int(), total: z.int() }),
  expectedLossMinor: z.int(),
  minimumApplied: z.boolean(),
  clamped: z.array(z.string()),
  waterfall: z.record(z.string(), z.int()),
  /** By line id: its value, or its amount in minor units where it has one. */
  lines: z.record(z.string(), z.number()),
});
export type PinnedFigures = z.infer<typeof PinnedFigures>;

/** `content/ratebooks/<version>/cases/*.yaml`: an input that a person can follow and the figures that the ratebook must give for it. */
export const RatebookCase = z.strictObject({
  title: z.string().min(1),
  /** What the case is there to show. */
  why: z.string().min(1),
  firm: FirmProfile,
  cover: RequestedCover,
  security: SecurityModifiers,
  /** Day of the price and the underwriter's items, in a ratebook that rates experience and schedule. */
  on: Day.optional(),
  schedule: z.array(ScheduleItem).optional(),
  expected: PinnedFigures,
});
export type RatebookCase = z.infer<typeof RatebookCase>;

/** A case under the name of its file. */
export interface NamedCase {
  readonly name: string;
  readonly value: RatebookCase;
}

/** The figures that the tariff gives for a case today. */
export const figuresOf = ({ firm, cover, security, on, schedule }: Omit<RatebookCase, 'title' | 'why' | 'expected'>, tariff: Tariff): PinnedFigures =>
  pin(priceCover({ firm, cover, security, ...(on === undefined ? {} : { on }), ...(schedule === undefined ? {} : { schedule }) }, tariff));

function pin({ premium, expectedLossMinor, minimumApplied, clamped, waterfall, lines }: Worksheet): PinnedFigures {
  return {
    premium: { exVat: premium.exVat, vat: premium.vat, total: premium.total },
    expectedLossMinor,
    minimumApplied,
    clamped,
    waterfall: Object.fromEntries(waterfall.map(({ id, deltaMinor }) => [id, deltaMinor])),
    lines: Object.fromEntries(lines.map(({ id, value, amountMinor }) => [id, amountMinor ?? Number(value.toPrecision(9))])),
  };
}
