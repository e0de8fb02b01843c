import { answerSays, type CaseEvent } from '../../assessment/index.ts';
import { Refusal, instantMillis, type Instant, type Text } from '../../basics/index.ts';
import type { FirmProfile } from '../../parties/index.ts';
import type { Application } from '../application.ts';
import { reasonKey, type KeyedReason } from '../decide-quote.ts';
import type { Quote } from '../model.ts';
import type { IssuedQuote } from '../submission.ts';
import { enumerated, factInBoth } from './both-languages.ts';
import type { DecisionTerms } from './case-file.ts';
import { firmChanges } from './renewal-changes.ts';

/** What a firm is assessed on, as it says it and as it hands it in. */
export interface AssessedBasis {
  readonly firm: FirmProfile;
  readonly answers: Application['answers'];
  /** Names of what was handed in or taken back, and of what people decided about findings since the quote. */
  readonly reports: readonly string[];
  readonly profile: string | null;
}

/** What people had done about a weakness by an instant. */
export const eventsUntil = (events: readonly CaseEvent[], until: Instant): CaseEvent[] => events.filter(({ at }) => instantMillis(at) <= instantMillis(until));

/** Whether people have changed since an instant what a weakness counts for: accepted the risk, upheld a dispute, or took such a decision back. */
export const decidedSince = (events: readonly CaseEvent[], since: Instant): boolean =>
  events.some((event) => instantMillis(event.at) > instantMillis(since) && changesWhatCounts(event));

const changesWhatCounts = (event: CaseEvent): boolean =>
  event.kind === 'taken-back' || (event.kind === 'acceptance-decided' && event.granted) || (event.kind === 'dispute-decided' && event.upheld);

/** What a firm has changed since it was quoted, in words; `questions` has the words of each question. Empty: the basis is that of the quote. */
export function basisChanges(before: AssessedBasis, now: AssessedBasis, questions: ReadonlyMap<string, Text>): Text[] {
  const ids = [...new Set([...Object.keys(before.answers.answers), ...Object.keys(now.answers.answers)])];
  const answered = ids.filter((id) => said(before.answers, id) !== said(now.answers, id));
  const facts = firmChanges(before.firm, now.firm).map(({ title }) => title);
  const otherFacts = facts.length === 0 && JSON.stringify(before.firm) !== JSON.stringify(now.firm);
  return [
    ...answered.slice(0, mostNamed).map((id) => questions.get(id) ?? { zh: id, en: id }),
    ...(answered.length > mostNamed ? [{ zh: `另有 ${answered.length - mostNamed} 项回答`, en: `${answered.length - mostNamed} more answers` }] : []),
    ...facts,
    ...(otherFacts ? [{ zh: '企业情况', en: 'the facts of the firm' }] : []),
    ...(before.reports.join('\n') === now.reports.join('\n') ? [] : [{ zh: '扫描报告与发现', en: 'scan reports and findings' }]),
    ...(before.profile === now.profile ? [] : [{ zh: '评估方案', en: 'the assessment profile' }]),
  ];
}

const mostNamed = 3;

/** An answer without who gave it and the note that goes with it. */
const said = ({ answers }: AssessedBasis['answers'], id: string): string | null => {
  const answer = answers[id];
  return answer === undefined ? null : answerSays({ ...answer, note: '' });
};

/** The application under the cover and the terms that a quote was approved with, begun on a day that can still be chosen. */
export const asQuoted = (application: Application, quote: Quote, terms: DecisionTerms | null): Application => ({
  ...application,
  cover: { ...quote.cover, from: null },
  otherLimits: undefined,
  waived: (terms?.waivers ?? []).map(({ blocker }) => blocker),
  schedule: terms?.schedule ?? [],
});

/** A decision as binding looks at it again: its reasons, and the yearly premium including VAT in minor units. */
export interface DecidedAgain {
  readonly reasons: readonly KeyedReason[];
  readonly premiumMinor: number;
}

/** Reasons of today that stand against a quote: those to decline, and those to refer that no person has settled on this quote. */
export function standsAgainst({ settled }: Pick<IssuedQuote, 'settled'>, today: readonly KeyedReason[]): KeyedReason[] {
  const known = new Set(settled?.outcome === 'approved' ? settled.reasons.map(reasonKey) : []);
  return today.filter(({ reason }) => reason.authority === null || !known.has(reasonKey(reason)));
}

const dearer: KeyedReason = {
  key: 'premium-higher',
  reason: { code: 'premium-higher', text: { zh: '保费会更高', en: 'the premium would be higher' }, guideline: null, authority: null },
};

/**
 * Throws a Refusal `basis-changed` (conflict), which names what the firm changed and what stands against it now. What is worse than the quote is a reason
 * that stands, or a higher premium, as that also tells of a worse case of a reason that stood before. What time alone brings is left out: `unchanged` is the
 * decision of today on what the firm was quoted on; null where it cannot be made any more, and the quote itself stands in its place.
 */
export function requireStillOffered(
  issued: Pick<IssuedQuote, 'settled' | 'quote'>,
  today: DecidedAgain,
  unchanged: DecidedAgain | null,
  changes: readonly Text[],
): void {
  const byTime = new Set(unchanged?.reasons.map(({ key }) => key));
  const worse = standsAgainst(issued, today.reasons).filter(({ key }) => !byTime.has(key));
  const isDearer = today.premiumMinor > (unchanged?.premiumMinor ?? issued.quote.worksheet.premium.total);
  const left = [...worse, ...(isDearer ? [dearer] : [])].map(({ reason }) => reason);
  if (left.length === 0) return;
  throw new Refusal(
    'conflict',
    'basis-changed',
    'the assessment has changed since the quote, and the firm would not be quoted on these terms now: ask for a new quote',
    { ...factInBoth('what', enumerated(changes)), ...factInBoth('reasons', enumerated(left.map(({ text }) => text))) },
    left.map(({ code, text }) => ({ path: code, code: 'stands-against', message: `${text.zh} · ${text.en}` })),
  );
}
