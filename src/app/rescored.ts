import { type Assessment, assessmentEngine, standings } from '../domain/assessment/index.ts';
import { Refusal } from '../domain/basics/index.ts';
import { scoringOf } from '../domain/evaluation/index.ts';
import type { Stored } from '../io/interfaces.ts';
import { type AssessmentFile, reassess } from './assessment.ts';
import { assessedFindings, surroundingsOf } from './counted-findings.ts';
import type { Context } from './operation.ts';

/** The rules under which an assessment made now would score. */
function rulesNow({ content: { assessmentBasis } }: Context): string {
  const { controls, questionnaire, profiles, parameters } = assessmentBasis;
  return scoringOf({
    engine: assessmentEngine,
    controls: controls.version,
    questionnaire: questionnaire.version,
    profiles: profiles.version,
    parameters: parameters.version,
  });
}

/** What an assessment pinned of its evidence; with these unchanged it is the same evidence. */
const evidence = ['firm', 'answers', 'findings', 'scans'] as const;

/**
 * An earlier version of an assessment with its own evidence, as it stood on its day, under the rules now in force and today's threat outlook. Null when those rules
 * are the ones it was made under, when they no longer understand it (answers to an earlier questionnaire), or when its evidence is no longer whole (a report was
 * withdrawn since).
 */
export async function rescoredNow(context: Context, { id, organisation, body }: Stored<AssessmentFile>): Promise<Assessment | null> {
  if (scoringOf(body.result.versions) === rulesNow(context)) return null;
  const again = await assessAgain({ ...context, now: body.result.at }, organisation, id, body);
  const isWhole = again !== null && evidence.every((part) => again.versions[part] === body.result.versions[part]);
  return isWhole ? again : null;
}

/** Findings count as people had decided on them by that day. */
async function assessAgain(context: Context, organisation: string, id: string, file: AssessmentFile): Promise<Assessment | null> {
  const { readings, cases } = await assessedFindings(context, context.deskOf(organisation), id, file);
  const eventsOf = (weakness: string) => (cases.get(weakness)?.body.events ?? []).filter(({ at }) => Date.parse(at) <= Date.parse(context.now));
  const counted = standings(readings, eventsOf, surroundingsOf(context, file));
  try {
    return reassess(context, file, counted);
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}
