import { z } from 'zod';
import { Currency, Text, type Parameter } from '../basics/index.ts';
import { Peril } from '../catalogue/index.ts';

export { Parameter, Provenance } from '../basics/index.ts';

/**
 * What the firm's security does to each peril's frequency, as assessment found it (methods §2): `controls` is M_c before the combined clamp,
 * `findings` is V_p ≥ 1.
 */
export const SecurityModifiers = z.strictObject({
  controls: z.record(Peril, z.number().gt(0)),
  findings: z.record(Peril, z.number().min(1)),
});
export type SecurityModifiers = z.infer<typeof SecurityModifiers>;

/** The parameters that the modifiers of each peril rest on, for the worksheet to cite. */
export interface SecurityBasis {
  readonly controls: Readonly<Record<Peril, readonly Parameter[]>>;
  readonly findings: Readonly<Record<Peril, readonly Parameter[]>>;
}

/** One readable step of a price. Amounts in integer minor units of the worksheet's currency. */
export const WorksheetLine = z.strictObject({
  /** Stable, e.g. `ransomware.frequency`. */
  id: z.string(),
  label: Text,
  section: z.enum(['adjustment', 'frequency', 'severity', 'security', 'cover', 'load', 'total']),
  peril: Peril.nullable(),
  coverage: z.string().nullable(),
  /** The number of this step, in `unit`: a rate, a factor, an expected value. */
  value: z.number(),
  unit: z.string(),
  /** What this line adds to the premium before VAT; null for lines that only explain. The sum over all lines is `premium.exVat`. */
  amountMinor: z.int().nullable(),
  /** Keys of the parameters used, so that the reader can open each source. */
  parameters: z.array(z.string()),
});
export type WorksheetLine = z.infer<typeof WorksheetLine>;

/** A bar of the premium waterfall: what one group of facts does to the premium including VAT. Bars sum to the total. */
export const WaterfallBar = z.strictObject({
  id: z.string(),
  label: Text,
  kind: z.enum(['base', 'size', 'industry', 'control', 'finding', 'adjustment', 'cover', 'load', 'tax', 'minimum']),
  deltaMinor: z.int(),
});
export type WaterfallBar = z.infer<typeof WaterfallBar>;

/** A price that can be read line by line. INVARIANT (re-adds): Σ amountMinor = premium.exVat; exVat + vat = total; Σ deltaMinor = total. */
export const Worksheet = z
  .strictObject({
    currency: Currency,
    lines: z.array(WorksheetLine),
    waterfall: z.array(WaterfallBar),
    premium: z.strictObject({ currency: Currency, exVat: z.int(), vat: z.int(), total: z.int() }),
    /** Expected loss to the cover in a year, and its share of the premium before VAT. */
    expectedLossMinor: z.int(),
    /** Premium before VAT as a share of the limit. */
    rateOnLine: z.number(),
    /** The minimum premium was charged instead of the computed one. */
    minimumApplied: z.boolean(),
    /** A security modifier reached its bound, so that part of the risk is not in the price: underwriting refers such a case. */
    clamped: z.array(Peril),
    ratebook: z.string(),
    parametersHash: z.string(),
    /** Keys of cited parameters whose provenance is J. */
    priors: z.array(z.string()),
  })
  .meta({ id: 'Worksheet' });
export type Worksheet = z.infer<typeof Worksheet>;
