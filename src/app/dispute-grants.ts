import { openDisputeDecider, type CaseEvent } from '../domain/assessment/index.ts';
import { instantFromMillis, instantMillis } from '../domain/basics/index.ts';
import { findingCases } from './counted-findings.ts';
import { eventsIn, type Opened } from './finding-deeds.ts';
import type { Context } from './operation.ts';

/** What the decider of a dispute is shown, and for how long: the assessment while a dispute put to it is open, its own decisions for some time after. */

const relation = 'dispute';
const mostDays = 90;

/** Shows the decider the assessment and the disputed cases. */
export async function showDispute({ grants, records, now }: Context, assessment: string, decider: string, weaknesses: Iterable<string>): Promise<void> {
  const until = instantFromMillis(instantMillis(now) + mostDays * 86_400_000);
  await grants.give({ record: assessment, to: decider, relation, from: now, until });
  for (const weakness of weaknesses) {
    const { items } = await records.list(findingCases, { where: { assessment, weakness }, limit: 1 });
    for (const { id } of items) await grants.give({ record: id, to: decider, relation, from: now, until });
  }
}

/**
 * Ends what was shown for the disputes of these weaknesses, which were decided or taken back: the assessment, unless another dispute put to the same decider
 * is open; and the case where it was taken back. A case that the decider decided stays its own to read.
 */
export async function endDisputes({ now }: Context, { owner, stored, found }: Opened, ended: ReadonlyMap<string, CaseEvent>): Promise<void> {
  const needed = new Set([...found.cases].flatMap(([weakness, { body }]) => (ended.has(weakness) ? [] : (openDisputeDecider(body.events) ?? []))));
  for (const [weakness, { kind }] of ended) {
    const dispute = eventsIn(found, weakness).findLast((event) => event.kind === 'disputed');
    if (dispute === undefined) continue;
    const over = { to: dispute.decider, relation, from: dispute.at, until: now };
    if (!needed.has(dispute.decider)) await owner.grants.give({ record: stored.id, ...over });
    if (kind === 'taken-back') await owner.grants.give({ record: found.cases.get(weakness)!.id, ...over });
  }
}
