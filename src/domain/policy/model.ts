import { z } from 'zod';
import { Grade } from '../assessment/index.ts';
import { Instant, Money, type Lifecycle } from '../basics/index.ts';
import { RequestedCover } from '../catalogue/index.ts';
import { Worksheet } from '../rating/index.ts';
import { Cancellation } from './cancellation/model.ts';

/** What the applicant must have opened and accepted before a policy can be bound: notice (投保须知), terms (条款), exclusions (免责条款). */
export const AcceptedDocument = z.enum(['notice', 'terms', 'exclusions']);
export type AcceptedDocument = z.infer<typeof AcceptedDocument>;

/** That a document was opened before it was accepted, and which text (`hash`); kept with the policy, because it settles later disputes. */
export const Acceptance = z.strictObject({ document: AcceptedDocument, hash: z.string().max(100), openedAt: Instant, acceptedAt: Instant });
export type Acceptance = z.infer<typeof Acceptance>;

/** From the first instant of cover to the first instant without it, in Beijing time. */
export const CoverPeriod = z.strictObject({ from: Instant, to: Instant });
export type CoverPeriod = z.infer<typeof CoverPeriod>;

export const PolicyState = z.enum(['bound', 'in-force', 'expired', 'cancelled']);
export type PolicyState = z.infer<typeof PolicyState>;

/** One version of a policy: what was agreed, for how long, at which price, resting on which versions of everything. */
export const Policy = z
  .strictObject({
    number: z.string(),
    /** Counts from 1; an endorsement makes the next. */
    version: z.int().min(1),
    state: PolicyState,
    quote: z.string().nullable(),
    insured: z.strictObject({ name: z.string(), creditCode: z.string().nullable() }),
    period: CoverPeriod,
    boundAt: Instant,
    cover: RequestedCover,
    premium: z.strictObject({ exVat: Money, vat: Money, total: Money }),
    worksheet: Worksheet,
    /** The assessment that it rests on, in short. */
    security: z.strictObject({ score: z.number(), grade: Grade, assessedAt: Instant }),
    acceptances: z.array(Acceptance),
    versions: z.record(z.string(), z.string()),
    /** How it was ended before its time; null while it stands, and for policies that lapsed before this was kept. */
    cancellation: Cancellation.nullable(),
  })
  .meta({ id: 'Policy' });
export type Policy = z.infer<typeof Policy>;

/**
 * A bound policy comes into force on its first day, and ends by time or by cancellation. `cancelled`: its end before time is settled; it insures until the
 * day that its cancellation names, and nothing else can be changed on it any more.
 */
export const policyLifecycle: Lifecycle<PolicyState> = {
  of: 'policy',
  first: 'bound',
  moves: { bound: ['in-force', 'cancelled'], 'in-force': ['expired', 'cancelled'], expired: [], cancelled: [] },
};
