import { z } from 'zod';
import { dayOf, daysBefore, Refusal, requireMove, type Day, type Instant } from '../../basics/index.ts';
import { evaluate, exactMinor, type Contract, type Item } from '../../terms/index.ts';
import { coverEnds } from '../cancellation/cancel.ts';
import type { Policy } from '../model.ts';
import { certificateLifecycle, type AggregateDraw, type MasterPolicy, type MemberCertificate } from './model.ts';

type Insuring = Pick<Policy, 'state' | 'period' | 'cancellation'>;

/** The first day on which a certificate does not insure any more: the day after its last, or earlier that of its policy. */
export const certificateEnds = ({ to }: MemberCertificate, policy: Insuring): Day => [to, coverEnds(policy)].sort()[0]!;

/** The last day with cover of a certificate, by its period, its own end and that of its policy; null where cover never began. */
export function certificateLastDay(certificate: MemberCertificate, policy: Insuring): Day | null {
  const { from, ended } = certificate;
  const ends = [certificateEnds(certificate, policy), ...(ended === null ? [] : [dayOf(ended.at)])].sort()[0]!;
  return ends <= from ? null : daysBefore(ends, 1);
}

export const CertificateStanding = z.enum(['future', 'in-force', 'ended', 'never-began']);
export type CertificateStanding = z.infer<typeof CertificateStanding>;

/** Whether a certificate insures on a day: begun, not over, not ended, and its policy not over before it. `never-began`: it insured and will insure no day. */
export function certificateStanding(certificate: MemberCertificate, policy: Insuring, at: Instant): CertificateStanding {
  const day = dayOf(at);
  const last = certificateLastDay(certificate, policy);
  if (last === null) return 'never-began';
  if (certificate.state === 'ended' || day > last) return 'ended';
  return day < certificate.from ? 'future' : 'in-force';
}

/** Ends one firm's certificate. What it drew stays drawn. Throws a Refusal `move-not-allowed` for one that has ended. */
export function endCertificate(certificate: MemberCertificate, act: { at: Instant; by: string; reason: string }): MemberCertificate {
  requireMove(certificateLifecycle, certificate.state, 'ended');
  return { ...certificate, state: 'ended', ended: act };
}

/** What members have drawn of the shared aggregate; minor units. */
export const aggregateDrawn = ({ draws }: Pick<MasterPolicy, 'draws'>): number => draws.reduce((sum, { drawnMinor }) => sum + drawnMinor, 0);

/** What the draws have left of the shared aggregate; minor units. */
export const aggregateLeft = (master: Pick<MasterPolicy, 'aggregateMinor' | 'draws'>): number => master.aggregateMinor - aggregateDrawn(master);

/** The terms of one certificate: its retention for each event, its own limit for the year, and then what all members share. */
const termsOf = ({ retentionMinor, aggregateMinor }: MasterPolicy, { limitMinor }: MemberCertificate): Contract => ({
  order: 'MASTER',
  levels: [
    {
      id: 'retention',
      by: ['insured', 'event'],
      heads: null,
      steps: [
        {
          ...{ step: 'retain', clause: 'member-retention', amount: retentionMinor, ratioOfLoss: null, ratioOfSumInsured: null },
          ...{ combine: 'greatest', least: null, most: null, carried: false },
        },
      ],
    },
    { id: 'certificate', by: ['insured', 'period'], heads: null, steps: [{ step: 'aggregate', clause: 'certificate-limit', limit: limitMinor, retention: 0 }] },
    { id: 'shared', by: ['period'], heads: null, steps: [{ step: 'aggregate', clause: 'shared-aggregate', limit: aggregateMinor, retention: 0 }] },
  ],
});

/** A loss of a member, as the insurer has settled on it. */
export interface MemberLoss {
  readonly certificate: string;
  readonly event: string;
  /** The day on which it happened. */
  readonly on: string;
  readonly lossMinor: number;
  readonly at: Instant;
  readonly by: string;
  readonly reason: string;
}

/**
 * Takes a member's loss from its certificate and from the aggregate that all share, by the algebra of cover, and answers the master policy after it.
 * Throws a Refusal `loss-to-come` for a day after that of the draw, `loss-outside-certificate` for a day that the certificate did not insure, or
 * `event-drawn-already`.
 */
export function drawOnAggregate(
  master: MasterPolicy,
  certificate: MemberCertificate,
  policy: Insuring,
  loss: MemberLoss,
): { master: MasterPolicy; draw: AggregateDraw } {
  requireInsured(certificate, certificateEnds(certificate, policy), loss);
  if (master.draws.some((one) => one.certificate === loss.certificate && one.event === loss.event))
    throw new Refusal('conflict', 'event-drawn-already', `the event \`${loss.event}\` was taken from this certificate already`, { event: loss.event });
  const paid = evaluate(termsOf(master, certificate), [itemOf(certificate, loss)], master.memory, exactMinor('half-even'));
  const { certificate: name, event, lossMinor, at, by, reason } = loss;
  const draw = { certificate: name, member: certificate.member, event, lossMinor, drawnMinor: paid.total, bound: whatBinds(paid.trace), at, by, reason };
  return { master: { ...master, memory: paid.memory, draws: [...master.draws, draw] }, draw };
}

function requireInsured({ from, ended }: MemberCertificate, ends: Day, { on, at, certificate }: MemberLoss): void {
  if (on > dayOf(at)) throw new Refusal('bad-input', 'loss-to-come', `a loss of ${on} has not happened yet`, { field: 'on', on });
  const last = ended === null || dayOf(ended.at) > ends ? ends : dayOf(ended.at);
  if (on < from || on >= last)
    throw new Refusal('rule', 'loss-outside-certificate', `the certificate insures from ${from} until ${last}, not on ${on}`, {
      certificate,
      on,
      from,
      until: last,
    });
}

const itemOf = ({ creditCode }: MemberCertificate, { certificate, event, lossMinor }: MemberLoss): Item => ({
  ...{ id: certificate, head: 'member', amount: lossMinor, event, insured: creditCode, period: 'year', location: null, claimant: null },
  ...{ sumInsured: null, valueAtRisk: null, hours: null, cover: { share: 1, clause: 'certificate' } },
});

/** The last of the two limits that took something away. */
function whatBinds(trace: readonly { level: string; amountIn: number; amountOut: number }[]): AggregateDraw['bound'] {
  const cut = (level: string): boolean => trace.some((line) => line.level === level && line.amountOut < line.amountIn);
  if (cut('shared')) return 'aggregate';
  return cut('certificate') ? 'certificate' : 'nothing';
}
