import { z } from 'zod';
import { Text } from '../basics/index.ts';
import { Circumstance } from './circumstance.ts';

const id = z.string().regex(/^[a-z][a-z0-9.-]*$/);

/** A sentence that stands only when every condition holds: a parameter equals the word, or is there (`true`: neither null, false nor zero) or not there. */
const ClausePart = z.strictObject({ when: z.record(z.string(), z.union([z.string(), z.boolean()])), text: Text });

/** Said once for each entry of a list parameter, e.g. each layer. */
const EachPart = z.strictObject({ each: z.string(), text: Text });

const said = {
  id,
  title: Text,
  /** With slots in braces, filled from the parameters of what the clause speaks of. */
  text: Text,
  parts: z.array(z.union([ClausePart, EachPart])),
  /** Terms of the glossary that the text uses. */
  terms: z.array(z.string()),
};

/** Speaks of one step of the computation; its slots are that step's parameters. */
const StepClause = z.strictObject({
  nature: z.literal('step'),
  step: z.enum(['cover', 'wait', 'share', 'retain', 'franchise', 'cap', 'layer', 'aggregate', 'reinstate']),
  ...said,
});

/** What one coverage promises. */
const PromiseClause = z.strictObject({ nature: z.literal('promise'), coverage: z.string(), ...said });

/** A trigger, definition, exclusion or reduction: losses of these heads (null: all) in any of these circumstances are paid only in part or not at all. */
const ScopeClause = z.strictObject({
  nature: z.literal('scope'),
  about: z.enum(['trigger', 'definition', 'exclusion', 'reduction']),
  circumstances: z.array(Circumstance).min(1),
  heads: z.array(z.string()).min(1).nullable(),
  ...said,
});

/** Speaks of the computation as a whole. */
const GeneralClause = z.strictObject({ nature: z.literal('general'), ...said });

export const Clause = z.discriminatedUnion('nature', [StepClause, PromiseClause, ScopeClause, GeneralClause]);
export type Clause = z.infer<typeof Clause>;
export type ClauseOf<N extends Clause['nature']> = Extract<Clause, { nature: N }>;

export const ClauseFile = z.strictObject({ clauses: z.array(Clause).min(1) });

/** Clauses by id. */
export type Clauses = ReadonlyMap<string, Clause>;
