import { hashData, instantMillis, Refusal, type Instant } from '../../basics/index.ts';
import type { FirmProfile } from '../../parties/index.ts';
import { isPut, type Known } from '../condition.ts';
import type { Answer, Answers, Question, Questionnaire } from '../model.ts';
import type { SectionAssignment } from './model.ts';

const absent = (): Refusal => new Refusal('absent', 'not-found', 'no such record');

/**
 * Passes when the sections are this person's and still open. Throws a Refusal `not-found` when they are somebody else's or were taken back, as if there were
 * none, and `assignment-ended` when their time is over.
 */
export function requireAssigned({ email, state, until }: SectionAssignment, person: { readonly email: string }, now: Instant): void {
  if (email !== person.email.toLowerCase() || state === 'revoked') throw absent();
  if (instantMillis(until) <= instantMillis(now)) throw new Refusal('rule', 'assignment-ended', `the time for these questions ended at ${until}`, { until });
}

/** Throws a Refusal `unknown-section` for the first id that the questionnaire does not have. */
export function requireSections(sections: readonly string[], { sections: known }: Questionnaire): void {
  const wrong = sections.find((id) => !known.some((section) => section.id === id));
  if (wrong !== undefined)
    throw new Refusal('bad-input', 'unknown-section', `the questionnaire has no section \`${wrong}\``, { field: 'sections', section: wrong });
}

/** The assigned sections with the questions that are put to this firm, or may be once other answers are there: those that the person may answer. */
export const assignedSections = (
  { sections }: Pick<SectionAssignment, 'sections'>,
  questionnaire: Questionnaire,
  firm: FirmProfile,
): Questionnaire['sections'] =>
  questionnaire.sections
    .filter(({ id }) => sections.includes(id))
    .map((section) => ({ ...section, questions: section.questions.filter((question) => isPut(question, { firm, answers: {} }) !== 'no') }));

/** Of assigned sections, the questions that are put as the application now stands; one that hangs on an answer which is not there yet is not. */
export const putSections = (sections: Questionnaire['sections'], known: Known): Questionnaire['sections'] =>
  sections.map((section) => ({ ...section, questions: section.questions.filter((question) => isPut(question, known) === 'yes') }));

const questionsIn = (sections: Questionnaire['sections']): Question[] => sections.flatMap(({ questions }) => questions);

/** The answers to the assigned questions alone. */
export function answersIn(sections: Questionnaire['sections'], { answers }: Answers): Record<string, Answer> {
  return Object.fromEntries(questionsIn(sections).flatMap(({ id }) => (answers[id] === undefined ? [] : [[id, answers[id]]])));
}

/** Stands for a state of the assigned answers: equal exactly when they are. */
export const basisOf = (answers: Readonly<Record<string, Answer>>): string => hashData(answers);

/**
 * The application's answers with those that were given to the assigned sections; what is not among them there is taken back. Throws a Refusal `question-not-assigned` for the first answer to any other
 * question, so that nobody reaches further than was entrusted to him.
 */
export function answerSections(all: Answers, given: Readonly<Record<string, Answer>>, sections: Questionnaire['sections']): Answers {
  const own = new Set(questionsIn(sections).map(({ id }) => id));
  const beyond = Object.keys(given).find((id) => !own.has(id));
  if (beyond !== undefined)
    throw new Refusal('rule', 'question-not-assigned', `question \`${beyond}\` is not among those assigned to you; nothing was saved`, {
      field: `answers.${beyond}`,
    });
  const others = Object.entries(all.answers).filter(([id]) => !own.has(id));
  return { ...all, answers: { ...Object.fromEntries(others), ...given } };
}
