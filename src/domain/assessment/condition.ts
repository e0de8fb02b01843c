import type { Instant } from '../basics/index.ts';
import type { FirmFact, FirmProfile } from '../parties/index.ts';
import { freshnessOf } from './freshness.ts';
import type { Answer, AnswerValue, Condition, Question } from './model.ts';
import { saidValue } from './said-value.ts';

/** Whether a condition holds; `open` as long as an answer that it hangs on is missing or unknown. */
export type Holds = 'yes' | 'no' | 'open';

/** What a condition is held against. */
export interface Known {
  readonly firm: FirmProfile;
  readonly answers: Readonly<Record<string, Answer>>;
}

const opposite: Readonly<Record<Holds, Holds>> = { yes: 'no', no: 'yes', open: 'open' };

/** Kleene's three values: `open` decides nothing where the rest already does. */
export function holds(condition: Condition, known: Known): Holds {
  if ('fact' in condition) return known.firm[condition.fact] ? 'yes' : 'no';
  if ('answer' in condition) return answered(condition, known.answers[condition.answer]);
  if ('not' in condition) return opposite[holds(condition.not, known)];
  const [parts, decides] = 'all' in condition ? ([condition.all, 'no'] as const) : ([condition.any, 'yes'] as const);
  const all = parts.map((part) => holds(part, known));
  return all.includes(decides) ? decides : all.includes('open') ? 'open' : opposite[decides];
}

/** What a condition does not name rules it out, but for the two values that say nothing of what is there. */
function answered({ is }: { readonly is: readonly AnswerValue[] }, answer: Answer | undefined): Holds {
  const value = answer === undefined ? 'unknown' : saidValue(answer);
  if (is.includes(value)) return 'yes';
  return value === 'unknown' || value === 'not-applicable' ? 'open' : 'no';
}

/** The questions whose answers a condition reads. */
function questionsRead(condition: Condition): string[] {
  if ('answer' in condition) return [condition.answer];
  if ('not' in condition) return questionsRead(condition.not);
  return 'all' in condition ? condition.all.flatMap(questionsRead) : 'any' in condition ? condition.any.flatMap(questionsRead) : [];
}

/** The condition under which a question is put; a bare fact is the short form of one. */
const conditionOf = ({ onlyIf }: Pick<Question, 'onlyIf'>): Condition | null => (typeof onlyIf === 'string' ? { fact: onlyIf } : onlyIf);

/** Whether a question is put to this firm; `open` as long as nothing is known of the answers that this hangs on. */
export function isPut(question: Pick<Question, 'onlyIf'>, known: Known): Holds {
  const condition = conditionOf(question);
  return condition === null ? 'yes' : holds(condition, known);
}

/** Whether a question is ruled out at an instant by answers that still count, each for `validDays` at most. */
export function isRuledOut(
  question: Pick<Question, 'onlyIf'>,
  known: Known,
  { now, validDays }: { readonly now: Instant; readonly validDays: number },
): boolean {
  if (isPut(question, known) !== 'no') return false;
  const lasting = Object.entries(known.answers).filter(([, answer]) => freshnessOf({ ...answer, validDays }, now) > 0);
  return isPut(question, { ...known, answers: Object.fromEntries(lasting) }) === 'no';
}

/** A denial: the answer or the fact by which a condition does not hold. */
export type Denial = { readonly answer: string } | { readonly fact: FirmFact };

/** Everything that makes a condition come out as it does; of parts, those that decide. */
function decidedBy(condition: Condition, known: Known, outcome: Holds): Denial[] {
  if ('fact' in condition || 'answer' in condition) return [condition];
  if ('not' in condition) return decidedBy(condition.not, known, opposite[outcome]);
  const parts = 'all' in condition ? condition.all : condition.any;
  return parts.filter((part) => holds(part, known) === outcome).flatMap((part) => decidedBy(part, known, outcome));
}

/** What denies that a question applies, an answer before a fact of the profile; undefined where it is put, or nothing is known yet. */
export function denialOf(question: Pick<Question, 'onlyIf'>, known: Known): Denial | undefined {
  const condition = conditionOf(question);
  if (condition === null || holds(condition, known) !== 'no') return undefined;
  const denials = decidedBy(condition, known, 'no');
  return denials.find((one) => 'answer' in one) ?? denials[0];
}

/** The questions whose answers settle whether this one is put. */
export function putBy(question: Pick<Question, 'onlyIf'>): string[] {
  const condition = conditionOf(question);
  return condition === null ? [] : questionsRead(condition);
}
