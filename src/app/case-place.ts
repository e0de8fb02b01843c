import { z } from 'zod';
import { Refusal, wordsUpTo } from '../domain/basics/index.ts';
import { CaseQueue, Contingency, requireUnlocked, type IssuedQuote, type Signature, type UnderwritingCase } from '../domain/underwriting/index.ts';
import type { Stored } from '../io/interfaces.ts';
import { assessments } from './assessment.ts';
import type { Context } from './operation.ts';
import { caseLocks, cases } from './underwriting-cases.ts';
import { openPlace, quotes, submissions, type Place } from './underwriting.ts';

/** What the operations of the desk have in common. */
export const ofCase = z.strictObject({ submission: z.string().max(100) });
export const words = wordsUpTo(2000);
export const CaseChanged = z.strictObject({ submission: z.string(), queue: CaseQueue }).meta({ id: 'CaseChanged' });
export const ContingencyRecord = z.strictObject({ id: z.string(), version: z.int(), ...Contingency.shape }).meta({ id: 'ContingencyRecord' });

export const signatureOf = ({ actor, now }: Pick<Context, 'actor' | 'now'>): Signature => ({ by: actor.user, name: actor.name, at: now });
export const deciderOf = (context: Context) => ({ ...signatureOf(context), roles: context.actor.roles });

/** A case as it is, without locks: for reading. Absent for all but its insurer. */
export async function readPlace(context: Context, asked: string): Promise<{ place: Place; submission: Place['submission'] }> {
  const submission = await context.records.get(submissions, asked);
  const { items } = await context.records.list(cases, { where: { submission: asked }, limit: 1 });
  const opened = items[0];
  if (opened === undefined || opened.organisation !== context.actor.organisation) throw new Refusal('absent', 'not-found', 'no such record');
  const file = await context.records.get(assessments, submission.body.assessment);
  return { place: { submission, file, opened }, submission };
}

/** The offers of a submission as the acting organisation sees them, in their order. */
export async function offersOf({ records }: Pick<Context, 'records'>, ids: readonly string[]): Promise<Stored<IssuedQuote>[]> {
  const found: Stored<IssuedQuote>[] = [];
  for (const one of ids) found.push(await records.get(quotes, one));
  return found;
}

/** The place of one's own case, locked, with nobody else at it. */
export async function deskPlace(context: Context, asked: string): Promise<Place> {
  const place = await openPlace(context, asked);
  if (place.opened.organisation !== context.actor.organisation) throw new Refusal('absent', 'not-found', 'no such record');
  const { items } = await context.records.list(caseLocks, { where: { case: place.opened.id }, limit: 1 });
  requireUnlocked(items[0]?.body ?? null, context.actor.user, context.now);
  return place;
}

/** Saves an edited case and says in the journal where it went. */
export async function change(context: Context, opened: Stored<UnderwritingCase>, edit: Partial<UnderwritingCase>): Promise<z.infer<typeof CaseChanged>> {
  const saved = await context.records.save(cases, opened.id, opened.version, { ...opened.body, ...edit });
  context.note({ submission: saved.body.submission, queue: saved.body.queue });
  return { submission: saved.body.submission, queue: saved.body.queue };
}
