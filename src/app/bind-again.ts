import { Refusal, type Text } from '../domain/basics/index.ts';
import {
  asQuoted,
  basisChanges,
  indicateQuote,
  requireStillOffered,
  standsAgainst,
  type AssessedBasis,
  type IssuedQuote,
  type Quote,
} from '../domain/underwriting/index.ts';
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
  const before = await records.version(assessments, file.id, issued.body.assessmentVersion);
  const decided = await decidedSince(context, file, issued.body.issuedAt);
  const changes = basisChanges(basisOf(before.body, []), basisOf(file.body, decided), questionsOf(context));
  const opened = await findCase(context.deskOf(issued.organisation).records, submission.id);
  if (changes.length === 0 || opened === null) return;
  const decide = (on: Stored<AssessmentFile>) => decideAgain(context, issued, { submission, file: on, opened });
  const against = standsAgainst(issued.body, await decide(file));
  // What people decided about findings since is in both files: then time cannot be told from it.
  const unchanged = against.length === 0 || decided.length > 0 ? null : await unlessOutdated(decide(before));
  requireStillOffered(against, unchanged, changes);
}

async function decideAgain(context: Context, { id, body }: Stored<IssuedQuote>, place: Place): Promise<Quote> {
  const terms = place.opened.body.decisions.findLast((one) => one.quote === id && one.outcome === 'approved')?.terms ?? null;
  const application = await placeApplication(context, place, body.quote.cover);
  return indicateQuote(asQuoted(application, body.quote, terms), await rulesOf(context, place.submission.body.insurer));
}

/** Null where answers no longer fit the questionnaire now in force. */
const unlessOutdated = (decision: Promise<Quote>): Promise<Quote | null> =>
  decision.catch((error: unknown) => {
    if (error instanceof Refusal) return null;
    throw error;
  });

/** The weaknesses about which people decided something since an instant, each with the version of its file. */
async function decidedSince(context: Context, file: Stored<AssessmentFile>, since: string): Promise<string[]> {
  const { cases } = await assessedFindings(context, context.deskOf(file.organisation), file.id, file.body);
  return [...cases.values()].filter(({ updatedAt }) => updatedAt > since).map(({ id, version }) => `${id} ${version}`);
}

const questionsOf = ({ content }: Context): Map<string, Text> =>
  new Map([...content.assessmentBasis.questionnaire.byId].flatMap(([id, { asks }]) => (asks ? [[id, asks] as const] : [])));

const basisOf = ({ firm, answers, reports, profileChoice }: AssessmentFile, decided: readonly string[]): AssessedBasis => ({
  ...{ firm, answers, profile: profileChoice?.profile ?? null },
  reports: [...reports.filter(({ scan }) => scan !== null).map(({ id }) => id), ...decided],
});
