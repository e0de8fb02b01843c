import { instantFromMillis, instantMillis, valueOf, type ContentProblem, type Instant, type ParameterSet } from '../basics/index.ts';

const key = 'quote.valid-days';

/** The last instant at which a quote of `at` can be bound; its days are the parameter `quote.valid-days`. */
export const quoteValidUntil = (at: Instant, parameters: ParameterSet): Instant => instantFromMillis(instantMillis(at) + valueOf(parameters, key) * 86_400_000);

/** Parameters that quoting needs and that are missing. */
export const missingQuoteParameters = ({ byKey }: ParameterSet): ContentProblem[] =>
  byKey.has(key) ? [] : [{ file: 'content/parameters', at: key, message: `quoting needs a parameter \`${key}\`` }];
