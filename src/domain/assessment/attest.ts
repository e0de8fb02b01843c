import { Refusal } from '../basics/index.ts';
import type { OrganisationKind } from '../parties/index.ts';
import type { Answers, EvidenceKind } from './model.ts';

/** The evidence that an organisation can put its own name to: nobody verifies himself, and what machines observe comes from machines. */
const attestable = (kind: OrganisationKind): readonly EvidenceKind[] =>
  kind === 'assessor' ? ['self-declared', 'document', 'verified'] : ['self-declared', 'document'];

/**
 * Throws a Refusal `evidence-not-attestable` for the first answer whose evidence its giver cannot vouch for: a firm that calls its own word
 * verified would be priced as if an assessor had looked.
 */
export function requireAttestable({ answers }: Answers, by: OrganisationKind): void {
  const allowed = attestable(by);
  const beyond = Object.entries(answers).find(([, { kind }]) => !allowed.includes(kind));
  if (beyond)
    throw new Refusal('rule', 'evidence-not-attestable', `answer \`${beyond[0]}\` is called \`${beyond[1].kind}\`, which you cannot attest yourself`, {
      field: `answers.${beyond[0]}.kind`,
      kind: beyond[1].kind,
    });
}
