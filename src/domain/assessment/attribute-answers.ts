import type { Instant } from '../basics/index.ts';
import type { Answer, Answers } from './model.ts';

/** Who gives answers, and when. */
export interface Author {
  readonly user: string;
  readonly name: string;
  readonly at: Instant;
}

/**
 * The answers with their authors: who gave or changed one is its author from then on; an answer that says what it said before keeps the one it had, whatever
 * the sender claims.
 */
export function attributeAnswers(before: Answers, after: Answers, author: Author): Answers {
  const answers = Object.entries(after.answers).map(([id, answer]) => {
    const earlier = before.answers[id];
    return [id, earlier !== undefined && answerSays(earlier) === answerSays(answer) ? withAuthor(answer, earlier.by) : withAuthor(answer, author)] as const;
  });
  return { ...after, answers: Object.fromEntries(answers) };
}

/** Everything that an answer says, without who said it. */
export const answerSays = ({ value, coverage, kind, on, until, note, except = '', proof = null }: Answer): string =>
  JSON.stringify([value, coverage, kind, on, until, note, except, proof?.hash ?? null]);

function withAuthor(answer: Answer, by: Answer['by']): Answer {
  const said = { ...answer };
  delete said.by;
  return by === undefined ? said : { ...said, by };
}
