import { questionWords, standings } from '../domain/assessment/index.ts';
import { Refusal, type Text } from '../domain/basics/index.ts';
import {
  asQuoted,
  basisChanges,
  decidedSince,
  eventsUntil,
  indicateQuote,
  keyedReasons,
  requireLookedAt,
  requireStillOffered,
  type Application,
  type AssessedBasis,
  type IssuedQuote,
  type DecidedAgain,
} from '../domain/underwriting/index.ts';
import type { Stored } from '../io/interfaces.ts';
import { applicationAt, assessments, type AssessmentFile } from './assessment.ts';
import { assessedFindings, surroundingsOf, type AssessedFindings } from './counted-findings.ts';
import { otherLimitsOf } from './firm-limits.ts';
import type { Context } from './operation.ts';
import { rulesOf } from './tariff.ts';
import { holdFirm } from './underwriting-cases.ts';
import { applicationOf, clearedHits, type Place } from './underwriting.ts';

/** That no policy runs beside a quote that is bound without a person having looked at both; others of the firm wait. Throws a Refusal `limits-not-looked-at`. */
export async function requireLimitsLookedAt(context: Context, { body }: Stored<IssuedQuote>, place: Place): Promise<void> {
  await holdFirm(context, place);
  requireLookedAt(body, await otherLimitsOf(context, place, body.quote.cover), context.content.desk.authority.levels);
}

/**
 * A quote is bound on the facts that it was made on. Where the firm has changed them since, it is decided again on those of today; time that has passed
 * changes nothing within its validity. Throws a Refusal `basis-changed`.
 */
export async function requireBasis(context: Context, { id, body: issued }: Stored<IssuedQuote>, place: Place): Promise<void> {
  const { file } = place;
  if (file.version === issued.assessmentVersion) return;
  const owner = context.deskOf(file.organisation);
  const before = asRead((await owner.records.version(assessments, file.id, issued.assessmentVersion)).body);
  const found = await assessedFindings(context, owner, file.id, before);
  const changes = basisChanges(basisOf(before, []), basisOf(file.body, decidedIn(found, issued.quote.at)), questionsOf(context));
  if (changes.length === 0) return;
  const terms = place.opened.body.decisions.findLast((one) => one.quote === id && one.outcome === 'approved')?.terms ?? null;
  const rules = await rulesOf(context, place.submission.body.insurer);
  const decide = (on: Application): DecidedAgain => {
    const application = asQuoted({ ...on, clearedHits: clearedHits(place) }, issued.quote, terms);
    const quote = indicateQuote(application, rules);
    return { reasons: keyedReasons(quote, application.waived ?? []), premiumMinor: quote.worksheet.premium.total };
  };
  const today = decide(await applicationOf(context, file, issued.quote.cover));
  const counted = standings(found.readings, (weakness) => eventsUntil(eventsOf(found, weakness), issued.quote.at), surroundingsOf(context, before));
  const unchanged = unlessOutdated(() => decide({ ...applicationAt(context, before, counted), cover: issued.quote.cover }));
  requireStillOffered(issued, today, unchanged, changes);
}

/** The file without the reports that were read only after that version: their findings are on record by now. */
const asRead = (file: AssessmentFile): AssessmentFile => ({ ...file, reports: file.reports.filter(({ state }) => state === 'read') });

/** Null where answers no longer fit the questionnaire now in force. */
function unlessOutdated<T>(decide: () => T): T | null {
  try {
    return decide();
  } catch (error) {
    if (error instanceof Refusal && outdated.has(error.code)) return null;
    throw error;
  }
}

const outdated: ReadonlySet<string> = new Set(['wrong-questionnaire', 'unknown-question']);

const eventsOf = ({ cases }: AssessedFindings, weakness: string) => cases.get(weakness)?.body.events ?? [];

/** The weaknesses about which people decided since an instant what they count for, each with the version of its file. */
const decidedIn = ({ cases }: AssessedFindings, since: string): string[] =>
  [...cases.values()].filter(({ body }) => decidedSince(body.events, since)).map(({ id, version }) => `${id} ${version}`);

function questionsOf({ content: { assessmentBasis: rules } }: Context): Map<string, Text> {
  return new Map([...rules.questionnaire.byId].map(([id, question]) => [id, questionWords(question, rules)]));
}

const basisOf = ({ firm, answers, reports, profileChoice }: AssessmentFile, decided: readonly string[]): AssessedBasis => ({
  ...{ firm, answers, profile: profileChoice?.profile ?? null },
  reports: [...reports.filter(({ scan }) => scan !== null).map(({ id }) => id), ...decided],
});
