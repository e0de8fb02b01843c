import { z } from 'zod';
import { Day, Instant, Refusal, hashData, instantMillis } from '../../basics/index.ts';
import type { OrganisationKind } from '../../parties/index.ts';
import type { AssessmentReport } from './model.ts';

/** What the signer says of its own interests, printed with the signature. `conflict` with what it is, or none. */
export const InterestDisclosure = z.strictObject({ conflict: z.boolean(), statement: z.string().min(1).max(1000) });
export type InterestDisclosure = z.infer<typeof InterestDisclosure>;

/** An assessor that the owner of an assessment appointed for a time. */
export const Appointment = z.strictObject({
  assessment: z.string(),
  assessor: z.string(),
  assessorName: z.string(),
  from: Instant,
  until: Instant,
  revokedAt: Instant.nullable(),
  appointedBy: z.string(),
});
export type Appointment = z.infer<typeof Appointment>;

export type AppointmentState = 'in-force' | 'ended' | 'revoked';

export function appointmentState({ from, until, revokedAt }: Appointment, now: Instant): AppointmentState {
  if (revokedAt !== null) return 'revoked';
  return instantMillis(from) <= instantMillis(now) && instantMillis(now) < instantMillis(until) ? 'in-force' : 'ended';
}

const mostDays = 366;

/** Refuses an end that has passed or lies more than a year ahead (`appointment-period`). */
export function requireAppointmentPeriod(until: Instant, now: Instant): void {
  const millis = instantMillis(until) - instantMillis(now);
  if (millis > 0 && millis <= mostDays * 86_400_000) return;
  throw new Refusal('rule', 'appointment-period', `an appointment ends in the future and within ${mostDays} days`, { until, mostDays });
}

/**
 * The appointment under which a signer signs: an organisation of assessors other than the firm itself, appointed and not ended; a report is signed once.
 * Throws a Refusal `signer-is-no-assessor`, `signer-is-not-appointed` or `report-signed-already`.
 */
export function requireMaySign(
  report: { readonly owner: string; readonly signed: boolean },
  signer: { readonly organisation: string; readonly kind: OrganisationKind },
  appointments: readonly Appointment[],
  now: Instant,
): Appointment {
  if (signer.kind !== 'assessor' || signer.organisation === report.owner)
    throw new Refusal('rule', 'signer-is-no-assessor', 'an assessment report is signed by an independent assessor', { kind: signer.kind });
  const appointment = appointments.find((one) => one.assessor === signer.organisation && appointmentState(one, now) === 'in-force');
  if (appointment === undefined) throw new Refusal('rule', 'signer-is-not-appointed', 'the firm has not appointed this assessor, or the appointment has ended');
  if (report.signed) throw new Refusal('conflict', 'report-signed-already', 'this report was signed already');
  return appointment;
}

/** Who signed, as the document prints it. */
export const Signer = z.strictObject({
  organisation: z.string(),
  name: z.string(),
  person: z.string(),
  at: Instant,
  /** SHA-256 of the public key (SPKI, DER), by which it is compared. */
  keyFingerprint: z.string(),
  disclosure: InterestDisclosure,
});
export type Signer = z.infer<typeof Signer>;

/** What is signed: its canonical JSON (RFC 8785) as UTF-8. Names the report by its hash and each document by the hash of its bytes. */
export const SignedStatement = z.strictObject({
  form: z.literal('riskloop-signature-1'),
  code: z.string(),
  report: z.string(),
  documents: z.strictObject({ zh: z.string(), en: z.string() }),
  subject: z.string(),
  assessedOn: Day,
  signer: Signer,
});
export type SignedStatement = z.infer<typeof SignedStatement>;

/** Everything that anyone needs to check a signed report without this installation. */
export const SignatureBundle = z
  .strictObject({
    statement: SignedStatement,
    algorithm: z.literal('Ed25519'),
    /** Of the canonical statement, base64. */
    signature: z.base64(),
    /** SubjectPublicKeyInfo, DER, base64. */
    publicKey: z.base64(),
  })
  .meta({ id: 'SignatureBundle' });
export type SignatureBundle = z.infer<typeof SignatureBundle>;

/** What a signature is over: the hash of the report's canonical JSON. */
export const reportHash = (report: AssessmentReport): string => hashData(report);

/** A name as a stranger may see it: two signs at each end of a long name, one of a short one, the rest hidden. */
export function maskName(name: string): string {
  const signs = [...name];
  if (signs.length <= 2) return `${signs[0] ?? ''}*`;
  const shown = signs.length > 5 ? 2 : 1;
  return `${signs.slice(0, shown).join('')}${'*'.repeat(Math.min(signs.length - 2 * shown, 6))}${signs.slice(-shown).join('')}`;
}
