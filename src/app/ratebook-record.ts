import { z } from 'zod';
import { Day, Instant, Text } from '../domain/basics/index.ts';
import { FrozenTariff, ProposalState, RatebookDraft } from '../domain/rating/index.ts';
import type { RecordKind } from '../io/interfaces.ts';

const Slice = z.strictObject({ slice: z.string(), policies: z.int(), beforeMinor: z.int(), afterMinor: z.int(), change: z.number() });
const Moved = z.strictObject({
  id: z.string(),
  industry: z.string(),
  package: z.string(),
  size: z.string(),
  beforeMinor: z.int(),
  afterMinor: z.int(),
  change: z.number(),
  minimum: z.strictObject({ before: z.boolean(), after: z.boolean() }),
});
export const DislocationView = z
  .strictObject({
    policies: z.int(),
    beforeMinor: z.int(),
    afterMinor: z.int(),
    change: z.number(),
    bands: z.array(z.strictObject({ from: z.number().nullable(), to: z.number().nullable(), policies: z.int() })),
    quantiles: z.array(z.strictObject({ share: z.number(), change: z.number() })),
    byIndustry: z.array(Slice),
    byPackage: z.array(Slice),
    bySize: z.array(Slice),
    worst: z.array(Moved),
    minimum: z.strictObject({ onto: z.int(), off: z.int(), stay: z.int() }),
  })
  .meta({ id: 'Dislocation' });

export const RatebookDifference = z
  .strictObject({
    from: z.string(),
    to: z.string(),
    parameters: z.array(
      z.strictObject({
        key: z.string(),
        title: Text,
        unit: z.string(),
        before: z.number().nullable(),
        after: z.number().nullable(),
        relative: z.number().nullable(),
        sourceBefore: z.string().nullable(),
        sourceAfter: z.string().nullable(),
        prior: z.boolean(),
      }),
    ),
    structure: z.array(z.string()),
  })
  .meta({ id: 'RatebookDifference' });

/** The policies that a tariff is tried on: the insurer's own that are in force, or an invented book that its seed makes again. */
export const TrialBook = z.strictObject({ kind: z.enum(['own', 'invented']), policies: z.int().min(1).max(20_000), seed: z.int().nullable() });

/** What a draft does to a book, with the hashes of the two ratebooks that were compared. */
const TriedDislocation = z.strictObject({
  book: TrialBook,
  /** Policies that could not be priced under one of the two, and why. */
  leftOut: z.array(z.strictObject({ id: z.string(), reason: z.string() })),
  basedOnHash: z.string(),
  hash: z.string(),
  at: Instant,
  result: DislocationView,
});

const Person = z.strictObject({ user: z.string(), name: z.string() });

/** A proposed version of the tariff from its first draft to its release, with what the second person saw. */
export const ProposedRatebook = z.strictObject({
  draft: RatebookDraft,
  state: ProposalState,
  /** The first day, as a column; empty while none is chosen. */
  effectiveFrom: z.union([Day, z.literal('')]),
  dislocation: TriedDislocation.nullable(),
  /** The job that works a dislocation out; null: none was asked for. */
  job: z.string().nullable(),
  /** From here on as submitted; null while it is a draft. */
  basedOn: z.strictObject({ version: z.string(), hash: z.string() }).nullable(),
  tariff: FrozenTariff.nullable(),
  differences: RatebookDifference.nullable(),
  /** Everybody who wrote on it: none of them can release it. */
  authors: z.array(Person).min(1),
  proposedBy: Person.nullable(),
  proposedAt: Instant.nullable(),
  decidedBy: Person.nullable(),
  decidedAt: Instant.nullable(),
  /** Why it was returned. */
  reason: z.string().nullable(),
});
export type ProposedRatebook = z.infer<typeof ProposedRatebook>;

export const ratebookProposals: RecordKind<typeof ProposedRatebook> = {
  name: 'ratebook-proposal',
  table: 'ratebook_proposals',
  schema: ProposedRatebook,
  schemaVersion: 2,
  upgrades: { 1: withDraft },
};

const neverInForce = '此前的批准没有切换所用费率，请重新提交。It was released before a release switched the ratebook: submit it again.';

/** Version 1 changed no ratebook: what was undecided is a draft again, what was decided is returned. */
function withDraft(body: unknown): unknown {
  const { proposal, state, proposedBy, proposedAt, decidedBy, decidedAt } = body as Record<string, unknown>;
  const person = (user: unknown): unknown => (user === null ? null : { user, name: user });
  const open = state === 'proposed';
  return {
    draft: proposal,
    state: open ? 'draft' : 'returned',
    effectiveFrom: '',
    ...{ dislocation: null, job: null, basedOn: null, tariff: null, differences: null },
    authors: [person(proposedBy)],
    proposedBy: open ? null : person(proposedBy),
    proposedAt: open ? null : proposedAt,
    decidedBy: person(decidedBy),
    decidedAt,
    reason: state === 'released' ? neverInForce : null,
  };
}
