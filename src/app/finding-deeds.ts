import { z } from 'zod';
import { TrackedFinding, type CaseEvent, standings } from '../domain/assessment/index.ts';
import { Refusal } from '../domain/basics/index.ts';
import { mayDo, type Permission } from '../domain/parties/index.ts';
import type { Stored } from '../io/interfaces.ts';
import { assessments, reassess, type AssessmentFile } from './assessment.ts';
import { assessedFindings, findingCases, surroundingsOf, type AssessedFindings } from './counted-findings.ts';
import type { Context, Desk } from './operation.ts';

/** What all operations on findings over time share: which are meant, what happens to each, and what follows for the assessment. */

export const byAssessment = z.strictObject({ assessment: z.string().max(100) });

/**
 * Weaknesses by their id, or scanner findings, which stand for all the weaknesses that they report. All of them are treated alike, or none is; with
 * `partial` those that the rules refuse are left as they are and named in the answer.
 */
export const chosen = { findings: z.array(z.string().max(100)).min(1).max(500), partial: z.boolean().optional() };

const RefusedFinding = z
  .strictObject({ finding: z.string(), code: z.string(), detail: z.string(), facts: z.record(z.string(), z.unknown()) })
  .meta({ id: 'RefusedFinding' });
type RefusedFinding = z.infer<typeof RefusedFinding>;

/** The weaknesses as they stand now, and those that were left alone with the reason. */
export const Outcome = z.strictObject({ findings: z.array(TrackedFinding), refused: z.array(RefusedFinding) });
type Outcome = z.infer<typeof Outcome>;

/** An assessment with its findings over time, at the desk of its owner. */
export interface Opened {
  readonly owner: Desk;
  readonly stored: Stored<AssessmentFile>;
  readonly found: AssessedFindings;
}

async function open(context: Context, owner: Desk, stored: Stored<AssessmentFile>): Promise<Opened> {
  return { owner, stored, found: await assessedFindings(context, owner, stored.id, stored.body) };
}

/** The organisation's own assessment, held until the transaction ends. */
export const openOwn = async (context: Context, assessment: string): Promise<Opened> =>
  open(context, context, await context.records.lock(assessments, assessment));

/** An assessment that was shown to the organisation, held until the transaction ends, to decide on. */
export async function openShown(context: Context, assessment: string): Promise<Opened> {
  const { organisation } = await context.records.get(assessments, assessment);
  const owner = context.deskOf(organisation);
  return open(context, owner, await owner.records.lock(assessments, assessment));
}

/** The weaknesses that an id means: one weakness, or all that a scanner finding reports. Throws a Refusal `unknown-finding`. */
function meantBy({ tracked }: AssessedFindings, id: string): TrackedFinding[] {
  const meant = tracked.filter((one) => one.id === id || one.sources.some(({ findings }) => findings.includes(id)));
  return meant.length > 0 ? meant : unknown(id);
}

export function unknown(id: string): never {
  throw new Refusal('absent', 'unknown-finding', `the assessment has no finding \`${id}\``, { finding: id });
}

export const eventsIn = ({ cases }: AssessedFindings, weakness: string): readonly CaseEvent[] => cases.get(weakness)?.body.events ?? [];

/** What is to happen to each of the chosen weaknesses, and which are left alone. */
export interface Planned<Event extends CaseEvent = CaseEvent> {
  readonly events: ReadonlyMap<string, Event>;
  readonly refused: readonly RefusedFinding[];
}

/** Makes the event of each weakness that is meant. Throws the Refusal of the first that is refused, unless `partial`. */
export function plan<Event extends CaseEvent>(
  found: AssessedFindings,
  { findings, partial }: { findings: readonly string[]; partial?: boolean | undefined },
  event: (one: TrackedFinding) => Event,
): Planned<Event> {
  const events = new Map<string, Event>();
  const refused: RefusedFinding[] = [];
  for (const id of findings) {
    try {
      for (const one of meantBy(found, id)) if (!events.has(one.id)) events.set(one.id, event(one));
    } catch (error) {
      if (!(error instanceof Refusal) || partial !== true) throw error;
      refused.push({ finding: id, code: error.code, detail: error.message, facts: { ...error.facts } });
    }
  }
  return { events, refused };
}

/** Adds one event to each weakness, assesses anew, and says how they stand now. */
export async function happen(context: Context, { owner, stored, found }: Opened, { events: added, refused }: Planned): Promise<Outcome> {
  if (added.size === 0) return { findings: [], refused: [...refused] };
  for (const [weakness, event] of added) await addEvent(owner, stored.id, found, weakness, event);
  const after = standings(found.readings, (weakness) => eventsWith(found, weakness, added), surroundingsOf(context, stored.body));
  const result = reassess(context, stored.body, after);
  await owner.records.save(assessments, stored.id, stored.version, { ...stored.body, result });
  context.note({ assessment: stored.id, findings: added.size, refused: refused.length, scoreBefore: stored.body.result.score, scoreAfter: result.score });
  return { findings: after.tracked.filter(({ id }) => added.has(id)), refused: [...refused] };
}

export function eventsWith(found: AssessedFindings, weakness: string, added: ReadonlyMap<string, CaseEvent>): readonly CaseEvent[] {
  const event = added.get(weakness);
  return event === undefined ? eventsIn(found, weakness) : [...eventsIn(found, weakness), event];
}

async function addEvent({ records }: Desk, assessment: string, { cases }: AssessedFindings, weakness: string, event: CaseEvent): Promise<void> {
  const known = cases.get(weakness);
  if (known === undefined) await records.insert(findingCases, { assessment, weakness, events: [event] });
  else await records.save(findingCases, known.id, known.version, { ...known.body, events: [...known.body.events, event] });
}

/** The members of an organisation, other than whoever asks, who may do this: the second person that a decision needs (INVARIANT four-eyes). */
export async function secondPeople({ actor, members }: Context, organisation: string, permission: Permission): Promise<{ user: string; name: string }[]> {
  const able = (await members.listMembers(organisation)).filter(({ user, roles }) => user !== actor.user && mayDo(roles, permission));
  return able.map(({ user, name }) => ({ user, name }));
}

/** Who acts and when. */
export const actOf = ({ actor, now }: Context) => ({ at: now, by: { user: actor.user, name: actor.name, organisation: actor.organisation } });

export const numbersOf = ({ content }: Context) => content.assessmentBasis.parameters.values;
