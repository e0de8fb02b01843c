import { Refusal, dayOf } from '../domain/basics/index.ts';
import type { BookedFirm } from '../domain/rating/index.ts';
import { agreedSchedule } from '../domain/underwriting/index.ts';
import type { Stored } from '../io/interfaces.ts';
import { assessments, reassess } from './assessment.ts';
import { assessedFindings } from './counted-findings.ts';
import type { Context } from './operation.ts';
import { policies, type PolicyFile } from './policy.ts';
import { findCase } from './underwriting-cases.ts';
import { quotes } from './underwriting.ts';

/** A policy that cannot be priced anew, and the code of the reason. */
export interface LeftOut {
  readonly id: string;
  readonly reason: string;
}

/** The insurer's policies that are not over, newest first. */
export async function policiesInForce(context: Context, most: number): Promise<Stored<PolicyFile>[]> {
  const found: Stored<PolicyFile>[] = [];
  for (let after: string | null = null; found.length < most;) {
    const { items, next }: { items: readonly Stored<PolicyFile>[]; next: string | null } = await context.records.list(policies, { after, limit: 200 });
    found.push(...items.filter((one) => isOwnAndAlive(one, context)));
    if (next === null) break;
    after = next;
  }
  return found.slice(0, most);
}

const isOwnAndAlive = ({ organisation, body: { policy } }: Stored<PolicyFile>, { actor, now }: Context): boolean =>
  organisation === actor.organisation && ['bound', 'in-force'].includes(policy.state) && Date.parse(policy.period.to) > Date.parse(now);

/** A policy as the firm, the cover, the security and the schedule items that it was priced on: the assessment as it was at the quote, weighed as of that moment. */
export async function bookPolicy(context: Context, { body }: Stored<PolicyFile>): Promise<BookedFirm | LeftOut> {
  const { number, cover } = body.policy;
  try {
    const issued = (await context.records.get(quotes, body.quote)).body;
    const desk = context.deskOf(issued.applicant);
    const file = (await desk.records.version(assessments, issued.assessment, issued.assessmentVersion)).body;
    const then = { ...context, now: issued.issuedAt };
    const counted = await assessedFindings(then, desk, issued.assessment, file);
    const opened = await findCase(context.records, issued.submission);
    return {
      id: number,
      package: cover.package ?? 'composed',
      firm: file.firm,
      cover,
      on: dayOf(issued.issuedAt),
      security: reassess(then, file, counted).security,
      schedule: opened === null ? [] : agreedSchedule(opened.body, body.quote),
    };
  } catch (error) {
    return leftOut(number, error);
  }
}

/** A rule that speaks against it leaves a policy out; anything else is a defect. */
export function leftOut(id: string, error: unknown): LeftOut {
  if (error instanceof Refusal && error.kind !== 'unavailable') return { id, reason: error.code };
  throw error;
}
