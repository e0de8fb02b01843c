import { assess } from '../domain/assessment/index.ts';
import { Refusal, dayOf } from '../domain/basics/index.ts';
import type { BookedFirm } from '../domain/rating/index.ts';
import type { Stored } from '../io/interfaces.ts';
import { assessments, scansOf } from './assessment.ts';
import { assessedFindings } from './counted-findings.ts';
import type { Context } from './operation.ts';
import { policies, type PolicyFile } from './policy.ts';
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

/** A policy as the firm, the cover and the security that it was priced on: the assessment as it was at the quote, weighed as of that moment. */
export async function bookPolicy(context: Context, { body }: Stored<PolicyFile>): Promise<BookedFirm | LeftOut> {
  const { number, cover } = body.policy;
  try {
    const issued = (await context.records.get(quotes, body.quote)).body;
    const desk = context.deskOf(issued.applicant);
    const file = (await desk.records.version(assessments, issued.assessment, issued.assessmentVersion)).body;
    const then = { ...context, now: issued.issuedAt };
    const { findings, accepted } = await assessedFindings(then, desk, issued.assessment, file);
    const { firm, answers, reports } = file;
    const asked = { firm, answers, findings, accepted, scans: scansOf(reports), outlook: context.content.outlook, now: then.now };
    return {
      id: number,
      package: cover.package ?? 'composed',
      firm,
      cover,
      on: dayOf(issued.issuedAt),
      security: assess(asked, context.content.assessmentBasis).security,
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
