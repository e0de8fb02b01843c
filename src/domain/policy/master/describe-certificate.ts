import { daysBefore, type Day, type Text } from '../../basics/index.ts';
import type { Policy } from '../model.ts';
import { certificateLastDay } from './draw.ts';
import type { MasterPolicy, MemberCertificate } from './model.ts';

/** A coverage as the schedule of the master policy lists it. */
interface ListedCoverage {
  readonly title: Text;
  readonly class: string;
  readonly subLimitMinor: number;
  readonly waitingHours: number | null;
  readonly trigger: Text;
}

/** What a policy's file holds that a certificate names: the policy, and its schedule as it was agreed. */
interface HeldPolicy {
  readonly policy: Policy;
  readonly schedule: Readonly<Record<string, unknown>>;
}

const startOf = (day: Day): string => `${day}T00:00:00+08:00`;

/** The last day with cover of a certificate that was ended, or whose policy was, before its period is over; else null. */
function endedOn(certificate: MemberCertificate, policy: Policy): Day | null {
  const last = certificateLastDay(certificate, policy);
  return last === daysBefore(certificate.to, 1) ? null : last;
}

/** What the certificate (保险凭证) of one member says, as plain data for whoever prints it. */
export function describeCertificate(certificate: MemberCertificate, master: MasterPolicy, { policy, schedule }: HeldPolicy) {
  const { number, member, creditCode, from, to, currency, limitMinor, issuedAt, ended } = certificate;
  const lines = schedule['lines'] as readonly ListedCoverage[];
  return {
    number,
    insurer: schedule['insurer'],
    member: { name: member, creditCode },
    holder: policy.insured.name,
    master: { number: master.policyNumber, name: master.name, kind: master.kind },
    period: { from: startOf(from), to: startOf(to) },
    endedOn: endedOn(certificate, policy),
    neverBegan: certificateLastDay(certificate, policy) === null,
    ...{ currency, limitMinor, retentionMinor: master.retentionMinor, aggregateMinor: master.aggregateMinor },
    lines: lines.map((line) => ({ ...line, subLimitMinor: Math.min(line.subLimitMinor, limitMinor) })),
    issuedAt,
    dataAsOf: policy.cancellation?.at ?? ended?.at ?? issuedAt,
  };
}
