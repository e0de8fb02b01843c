import { z } from 'zod';
import { hashData, type Text } from '../basics/index.ts';
import {
  Clause,
  InsurerTerms,
  Wording,
  ownTerms,
  payIncident,
  renderWording,
  termsOfCover,
  type Incident,
  type Payment,
  type RequestedCover,
  type WordingLibrary,
} from '../catalogue/index.ts';

/**
 * The wording of a policy as it was bound: the terms, the text made from them with its glossary, and the clauses behind it. It is kept whole with the policy, so
 * that neither the text nor what is paid changes when the library does. `hash` is the SHA-256 of the three.
 */
export const PinnedWording = z
  .strictObject({ hash: z.string().regex(/^[0-9a-f]{64}$/), terms: InsurerTerms, text: Wording, clauses: z.array(Clause) })
  .meta({ id: 'PinnedWording' });
export type PinnedWording = z.infer<typeof PinnedWording>;

/** Makes the wording of a cover from the own insurer's terms in the library, in the name of who insures and with the dated warranties agreed for it, and pins it. */
export function pinWording(
  cover: RequestedCover,
  library: WordingLibrary,
  { insurer, warranties = [] }: { insurer?: string; warranties?: readonly { title: Text; text: Text }[] } = {},
): PinnedWording {
  const own = termsOfCover(cover, ownTerms(library));
  const terms = insurer === undefined ? own : { ...own, insurer: { zh: insurer, en: insurer } };
  const text = renderWording(terms, library, warranties);
  const used = new Set(text.sections.flatMap(({ articles }) => articles.map(({ clause }) => clause)));
  const pinned = { terms, text, clauses: [...library.clauses.values()].filter(({ id }) => used.has(id)) };
  return { hash: hashData(pinned), ...pinned };
}

/** Whether text, terms and clauses are still those that were pinned. */
export const isAsPinned = ({ hash, ...pinned }: PinnedWording): boolean => hashData(pinned) === hash;

/** What a pinned wording pays of an incident as the first loss of its year. Throws a Refusal `incident-currency-differs`. */
export const payUnderWording = (incident: Incident, { terms, clauses }: PinnedWording): Payment =>
  payIncident(incident, terms, new Map(clauses.map((clause) => [clause.id, clause])));
