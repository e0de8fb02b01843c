import type { Text } from '../domain/basics/index.ts';
import { asQuoted, basisChanges, indicateQuote, requireStillOffered, type AssessedBasis, type IssuedQuote } from '../domain/underwriting/index.ts';
import type { Stored } from '../io/interfaces.ts';
import { assessments, type AssessmentFile } from './assessment.ts';
import { assessedFindings } from './counted-findings.ts';
import type { Context } from './operation.ts';
import { rulesOf } from './tariff.ts';
import { findCase } from './underwriting-cases.ts';
import { placeApplication, type Place } from './underwriting.ts';

/**
 * A quote is bound on the facts that it was made on. Where the firm has changed them since, it is decided again on those of today; time that has passed
 * changes nothing within its validity. Throws a Refusal `basis-changed`.
 */
export async function requireBasis(context: Context, issued: Stored<IssuedQuote>, submission: Place['submission']): Promise<void> {
  const { records } = context.deskOf(submission.organisation);
  const file = await records.get(assessments, issued.body.assessment);
  const changes = await changesSince(context, issued, file);
  const opened = await findCase(context.deskOf(issued.organisation).records, submission.id);
  if (changes.length === 0 || opened === null) return;
  const terms = opened.body.decisions.findLast((one) => one.quote === issued.id && one.outcome === 'approved')?.terms ?? null;
  const application = await placeApplication(context, { submission, file, opened }, issued.body.quote.cover);
  requireStillOffered(issued.body, indicateQuote(asQuoted(application, issued.body.quote, terms), await rulesOf(context, issued.organisation)), changes);
}

async function changesSince(context: Context, { body }: Stored<IssuedQuote>, file: Stored<AssessmentFile>): Promise<Text[]> {
  const desk = context.deskOf(file.organisation);
  const before = await desk.records.version(assessments, file.id, body.assessmentVersion);
  const { cases } = await assessedFindings(context, desk, file.id, file.body);
  const decided = [...cases.values()].filter(({ updatedAt }) => updatedAt > body.issuedAt).map(({ id, version }) => `${id} ${version}`);
  const { byId } = context.content.assessmentBasis.questionnaire;
  const words = new Map([...byId].flatMap(([id, { asks }]) => (asks ? [[id, asks] as const] : [])));
  return basisChanges(basisOf(before.body, []), basisOf(file.body, decided), words);
}

const basisOf = ({ firm, answers, reports, profileChoice }: AssessmentFile, decided: readonly string[]): AssessedBasis => ({
  ...{ firm, answers, profile: profileChoice?.profile ?? null },
  reports: [...reports.filter(({ scan }) => scan !== null).map(({ id }) => id), ...decided],
});
