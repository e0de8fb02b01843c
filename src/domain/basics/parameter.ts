import { z } from 'zod';
import { Text } from './text.ts';

/** Where a parameter's value comes from: V verified in the named source, M quoted from memory, D derived here, J judgement prior. A J value is shown as a prior wherever it is shown. */
export const Provenance = z.enum(['V', 'M', 'D', 'J']);
export type Provenance = z.infer<typeof Provenance>;

/** One number of the tariff or of the assessment, with what a reader needs to doubt it. */
export const Parameter = z.strictObject({
  key: z.string().regex(/^[a-z][a-z0-9.-]*$/),
  value: z.number(),
  unit: z.string().min(1),
  population: z.string().min(1),
  source: z.string().min(1),
  provenance: Provenance,
  confidence: z.enum(['H', 'M', 'L']),
  effectiveFrom: z.iso.date(),
  title: Text,
});
export type Parameter = z.infer<typeof Parameter>;
