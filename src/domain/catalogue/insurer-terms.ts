import { z } from 'zod';
import { Currency, Text } from '../basics/index.ts';
import { contractOf, orderNames, type Contract, type Level } from '../terms/index.ts';
import type { RequestedCover } from './model.ts';

const minor = z.int().min(0);

/** When the waiting period of a coverage begins to pay: see the step `wait` of the terms. */
const Waiting = z.strictObject({ hours: z.number().min(0).max(720), manner: z.enum(['deduct', 'qualify']), clock: z.enum(['all-hours', 'business-hours']) });

/** One coverage under an insurer's terms; `subLimitMinor` null: up to the event limit. `paidRatio` is what is paid of each loss, 1 without coinsurance. */
export const TermsLine = z.strictObject({
  coverage: z.string(),
  subLimitMinor: minor.nullable(),
  waiting: Waiting.nullable(),
  paidRatio: z.number().gt(0).max(1),
  average: z.boolean(),
});
export type TermsLine = z.infer<typeof TermsLine>;

/** A scope clause that the terms contain, and what they pay where it applies: 0 excludes. */
export const ScopeRule = z.strictObject({ clause: z.string(), paidShare: z.number().min(0).lt(1) });
export type ScopeRule = z.infer<typeof ScopeRule>;

/** `content/insurers/<id>.yaml`: an insurer's terms as data, from which both the wording and the payment are made. Amounts in minor units. */
export const InsurerTerms = z
  .strictObject({
    id: z.string(),
    /** Whether this is the wording that this system's own insurer sells. */
    own: z.boolean(),
    insurer: Text,
    product: Text,
    edition: z.string().min(1),
    currency: Currency,
    order: z.enum(orderNames),
    limitMinor: minor,
    aggregateMinor: minor.nullable(),
    /** Of the amount and the ratio of the loss the greater is borne, or both together. */
    retention: z.strictObject({ amountMinor: minor, ratioOfLoss: z.number().gt(0).lt(1).nullable(), combine: z.enum(['greatest', 'sum']) }),
    lines: z.array(TermsLine).min(1),
    scope: z.array(ScopeRule),
  })
  .meta({ id: 'InsurerTerms' });
export type InsurerTerms = z.infer<typeof InsurerTerms>;

/** The levels and steps that these terms pay by, in their order of application; amounts in minor units. */
export function contractOfTerms(terms: InsurerTerms): Contract {
  const { order, limitMinor, aggregateMinor, retention, lines } = terms;
  const heads = lines.map(({ coverage, subLimitMinor, ...line }) => ({ head: coverage, subLimit: subLimitMinor, ...line }));
  const contract = contractOf({ retention: retention.amountMinor, limit: limitMinor, aggregate: aggregateMinor, heads }, order);
  return { ...contract, levels: contract.levels.map((level) => withRetention(level, retention)) };
}

const withRetention = (level: Level, { ratioOfLoss, combine }: InsurerTerms['retention']): Level => ({
  ...level,
  steps: level.steps.map((step) => (step.step === 'retain' ? { ...step, ratioOfLoss, combine } : step)),
});

/** The own insurer's terms with the limits, retention and waiting periods of a cover; what a cover does not say (manner and clock of the waiting period, coinsurance) stays as in the terms. */
export function termsOfCover(cover: RequestedCover, own: InsurerTerms): InsurerTerms {
  const usual = new Map(own.lines.map((line) => [line.coverage, line]));
  const lines = cover.lines.map(({ coverage, subLimitMinor, waitingHours }) => lineOfCover({ coverage, subLimitMinor, waitingHours }, usual.get(coverage)));
  const { currency, limitMinor, retentionMinor } = cover;
  return { ...own, currency, limitMinor, aggregateMinor: limitMinor, retention: { ...own.retention, amountMinor: retentionMinor }, lines };
}

function lineOfCover({ coverage, subLimitMinor, waitingHours }: RequestedCover['lines'][number], usual: TermsLine | undefined): TermsLine {
  const hours = waitingHours ?? usual?.waiting?.hours ?? null;
  const waiting = hours === null ? null : { manner: 'deduct' as const, clock: 'all-hours' as const, ...usual?.waiting, hours };
  return { coverage, subLimitMinor, waiting, paidRatio: usual?.paidRatio ?? 1, average: usual?.average ?? false };
}
