import { Refusal } from '../basics/index.ts';
import type { OrganisationKind } from '../parties/index.ts';
import type { Answers, EvidenceKind, Question } from './model.ts';

/** The evidence that an organisation can put its own name to: nobody verifies himself, and what machines observe comes from machines. */
const attestable = (kind: OrganisationKind): readonly EvidenceKind[] =>
  kind === 'assessor' ? ['self-declared', 'document', 'verified'] : ['self-declared', 'document'];

/** The hashes of all documents that answers rest on. */
export const proofsIn = ({ answers }: Answers): Set<string> => new Set(Object.values(answers).flatMap(({ proof }) => proof?.hash ?? []));

/** Throws a Refusal `document-missing` for the first answer that says it is documented and names no document: a document nobody can look at proves nothing. */
function requireDocuments(answers: Answers['answers']): void {
  const bare = Object.entries(answers).find(([, { kind, proof }]) => kind === 'document' && (proof ?? null) === null);
  if (bare)
    throw new Refusal('rule', 'document-missing', `answer \`${bare[0]}\` is called documented, but no document is attached; nothing was saved`, {
      field: `answers.${bare[0]}.proof`,
      question: bare[0],
    });
}

/** Throws a Refusal `answer-not-taken` for the first “not applicable” to a question that always applies. */
export function requireApplicable({ answers }: Answers, questions: ReadonlyMap<string, Pick<Question, 'mayNotApply'>>): void {
  const wrong = Object.entries(answers).find(([id, { value }]) => value === 'not-applicable' && questions.get(id)?.mayNotApply === false);
  if (wrong)
    throw new Refusal('bad-input', 'answer-not-taken', `question \`${wrong[0]}\` applies to every firm that it is put to; nothing was saved`, {
      field: `answers.${wrong[0]}.value`,
      question: wrong[0],
    });
}

/**
 * Throws a Refusal `evidence-not-attestable` for the first answer whose evidence its giver cannot vouch for: a firm that calls its own word
 * verified would be priced as if an assessor had looked. Throws `document-missing` where a document is claimed and none attached.
 */
export function requireAttestable({ answers }: Answers, by: OrganisationKind): void {
  const allowed = attestable(by);
  const beyond = Object.entries(answers).find(([, { kind }]) => !allowed.includes(kind));
  if (beyond)
    throw new Refusal('rule', 'evidence-not-attestable', `answer \`${beyond[0]}\` is called \`${beyond[1].kind}\`, which you cannot attest yourself`, {
      field: `answers.${beyond[0]}.kind`,
      kind: beyond[1].kind,
    });
  requireDocuments(answers);
}
