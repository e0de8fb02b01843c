import { describe, expectTypeOf, it } from 'vitest';
import type { components } from './schema.d.ts';
import type { AssessmentRecord, CountedFinding, JournalEntry, PolicyRecord, QuoteRecord, QuoteSummary, SubmissionRecord } from './wire.ts';

type Schemas = components['schemas'];

/** The same form with nothing to be written to, as the generated types have it. */
type Still<T> = T extends (infer E)[] ? readonly Still<E>[] : T extends object ? { readonly [K in keyof T]: Still<T[K]> } : T;

/** Checked by the compiler: what the server says it sends fits what the portal reads. */
describe('what the portal reads', () => {
  it('is what the server says it sends', () => {
    // Records keyed by an enumeration reach the published schema as keyed by any string, which is looser than what is sent.
    expectTypeOf<Omit<Schemas['AssessmentRecord'], 'result' | 'answers'>>().toExtend<Still<Omit<AssessmentRecord, 'result' | 'answers'>>>();
    expectTypeOf<Schemas['CountedFinding']>().toExtend<Still<CountedFinding>>();
    expectTypeOf<Schemas['JournalEntry']>().toExtend<Still<JournalEntry>>();
    expectTypeOf<Schemas['PolicyRecord']>().toExtend<Still<PolicyRecord>>();
    expectTypeOf<Schemas['QuoteRecord']>().toExtend<Still<QuoteRecord>>();
    expectTypeOf<Omit<Schemas['QuoteSummary'], 'currency'>>().toExtend<Still<Omit<QuoteSummary, 'currency'>>>();
    expectTypeOf<Schemas['SubmissionRecord']>().toExtend<Still<SubmissionRecord>>();
  });
});
