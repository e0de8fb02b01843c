import { z } from 'zod';
import { Refusal, wordsUpTo } from '../domain/basics/index.ts';
import { closeCase, closeSubmission, endWithSubmission, type IssuedQuote, type Submission } from '../domain/underwriting/index.ts';
import type { Stored } from '../io/interfaces.ts';
import { endOffers } from './offer-end.ts';
import { type Context, operation } from './operation.ts';
import { cases, findCase } from './underwriting-cases.ts';
import { submissions } from './submission-records.ts';

export const withdrawSubmission = operation({
  name: 'withdrawSubmission',
  module: 'underwriting',
  summary: { zh: '撤回投保申请', en: 'Withdraw one’s own submission before anything of it is bound; its offers end' },
  who: 'submission:write',
  input: z.strictObject({ submission: z.string().max(100), reason: wordsUpTo(1000) }),
  output: z.strictObject({ submission: z.string(), closed: z.boolean() }),
  http: { method: 'POST', path: '/submissions/{submission}/withdrawal', status: 200, body: 'json' },
  effect: 'write',
  run: async (context, { submission, reason }) => {
    const locked = await context.records.lock(submissions, submission);
    await endSubmission(context, locked, (issued) => endWithSubmission(issued, { name: context.actor.name, at: context.now, reason }));
    context.note({ submission });
    return { submission, closed: true };
  },
});

/**
 * Ends a submission that nothing of is bound: `endOffer` ends each of its offers, with what hangs on them, its case closed. It is locked before this. Throws a
 * Refusal `another-offer-bound` (conflict) or `move-not-allowed`.
 */
export async function endSubmission(
  context: Context,
  { id, version, organisation, body }: Stored<Submission>,
  endOffer: (issued: IssuedQuote) => IssuedQuote,
): Promise<void> {
  if (body.state === 'bound') throw new Refusal('conflict', 'another-offer-bound', 'an offer of this submission is bound already', { submission: id });
  const insurer = context.deskOf(body.insurer);
  const closed = closeSubmission(body);
  await endOffers(context, { insurer: body.insurer, offers: body.offers, cause: 'submission-ended' }, endOffer);
  await context.deskOf(organisation).records.save(submissions, id, version, closed);
  const found = await findCase(insurer.records, id);
  if (found === null) return;
  const opened = await insurer.records.lock(cases, found.id);
  await insurer.records.save(cases, opened.id, opened.version, closeCase(opened.body, context.now));
}
