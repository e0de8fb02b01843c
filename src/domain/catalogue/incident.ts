import { z } from 'zod';
import { Currency, Day, Provenance, Text } from '../basics/index.ts';
import { Circumstance } from './circumstance.ts';
import { Peril } from './model.ts';

/** A stretch of an outage and what it costs in minor units. */
const LossStretch = z.strictObject({ hours: z.number().gt(0), business: z.boolean(), amountMinor: z.int().min(0) });

/** One loss of an incident. INVARIANT (hours re-add): where there are hours, their amounts sum to `amountMinor`. */
export const IncidentItem = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]*$/),
  /** The coverage that it is of. */
  head: z.string(),
  title: Text,
  amountMinor: z.int().min(1),
  hours: z.array(LossStretch).min(1).nullable(),
  /** What holds of this loss besides what holds of the whole incident. */
  circumstances: z.array(Circumstance),
});
export type IncidentItem = z.infer<typeof IncidentItem>;

/**
 * `content/incidents/<id>.yaml`: an incident to replay. The outline is published, with its sources; the losses are those of an invented firm that the same
 * thing happens to, and are judgement.
 */
export const Incident = z
  .strictObject({
    id: z.string(),
    title: Text,
    peril: Peril,
    happened: Day,
    outline: Text,
    sources: z.array(z.strictObject({ name: z.string().min(1), url: z.url(), provenance: Provenance })).min(1),
    /** Who the invented firm is and how its losses were set. */
    assumed: Text,
    currency: Currency,
    circumstances: z.array(Circumstance),
    items: z.array(IncidentItem).min(1),
  })
  .meta({ id: 'Incident' });
export type Incident = z.infer<typeof Incident>;
