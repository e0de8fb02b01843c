import { z } from 'zod';
import { Currency, Day, Instant, type Lifecycle } from '../../basics/index.ts';
import { TermsMemory } from '../../terms/index.ts';
import { CoverPeriod } from '../model.ts';

/** A payment under one certificate, taken from the aggregate that all share. Minor units. */
export const AggregateDraw = z
  .strictObject({
    certificate: z.string(),
    member: z.string(),
    /** The insurer's word for the event; one draw for each certificate and event. */
    event: z.string(),
    lossMinor: z.int().min(1),
    /** What the terms leave of the loss: after the retention, inside the certificate's limit and inside what is left of the aggregate. */
    drawnMinor: z.int().min(0),
    /** What binds: nothing, the certificate's own limit, or the shared aggregate. */
    bound: z.enum(['nothing', 'certificate', 'aggregate']),
    at: Instant,
    by: z.string(),
    reason: z.string(),
  })
  .meta({ id: 'AggregateDraw' });
export type AggregateDraw = z.infer<typeof AggregateDraw>;

/**
 * A policy of one holder for many: the firms of a park, or those who use a vendor's product (report R97, R149). Its members have certificates, each with
 * a limit of its own; all of them draw on the limit of the policy, which is the shared aggregate. INVARIANT (never over-drawn): the draws together are
 * at most `aggregateMinor`.
 */
export const MasterPolicy = z
  .strictObject({
    policy: z.string(),
    policyNumber: z.string(),
    kind: z.enum(['park', 'vendor-product']),
    /** The park, or the product with its version. */
    name: z.string(),
    /** Organisations: who insures, and who holds the policy and enrols. */
    insurer: z.string(),
    holder: z.string(),
    period: CoverPeriod,
    currency: Currency,
    aggregateMinor: z.int().min(1),
    /** The highest limit of one certificate. */
    memberLimitMinor: z.int().min(1),
    /** What a member bears of each event. */
    retentionMinor: z.int().min(0),
    members: z.int().min(0),
    draws: z.array(AggregateDraw).max(2000),
    memory: TermsMemory,
  })
  .meta({ id: 'MasterPolicy' });
export type MasterPolicy = z.infer<typeof MasterPolicy>;

export const CertificateState = z.enum(['issued', 'ended']);
export type CertificateState = z.infer<typeof CertificateState>;

/** A certificate is issued once and ends once; a firm that comes back gets a new one. */
export const certificateLifecycle: Lifecycle<CertificateState> = { of: 'certificate', first: 'issued', moves: { issued: ['ended'], ended: [] } };

/** That one firm is insured under a master policy, up to its own limit. */
export const MemberCertificate = z
  .strictObject({
    master: z.string(),
    number: z.string(),
    state: CertificateState,
    member: z.string(),
    creditCode: z.string(),
    currency: Currency,
    limitMinor: z.int().min(1),
    /** First day with cover, and the first one without. */
    from: Day,
    to: Day,
    issuedAt: Instant,
    issuedBy: z.string(),
    ended: z.strictObject({ at: Instant, by: z.string(), reason: z.string() }).nullable(),
  })
  .meta({ id: 'MemberCertificate' });
export type MemberCertificate = z.infer<typeof MemberCertificate>;
