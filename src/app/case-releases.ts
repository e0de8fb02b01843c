import { z } from 'zod';
import { ReleaseGround, clearHit, releaseBlocked, releaseOffer, requireStraightThrough, supersedeQuote } from '../domain/underwriting/index.ts';
import { CaseChanged, change, deskPlace, ofCase, signatureOf, words } from './case-place.ts';
import { tellOnce } from './notices.ts';
import { type Context, operation } from './operation.ts';
import { endSubmission } from './submission-withdrawal.ts';
import { ownCase } from './underwriting-cases.ts';
import { quotes, submissions } from './underwriting.ts';

const id = z.string().max(100);

export const releaseCases = operation({
  name: 'releaseCases',
  module: 'underwriting',
  summary: { zh: '批量复核放行', en: 'Review up to twenty straight-through cases at once, each named with the quote that was looked at' },
  who: 'case:decide',
  input: z.strictObject({
    cases: z
      .array(z.strictObject({ submission: id, quote: id }))
      .min(1)
      .max(20),
  }),
  output: z.strictObject({ released: z.array(CaseChanged) }),
  http: { method: 'POST', path: '/case-releases', status: 200, body: 'json' },
  effect: 'write',
  run: async (context, { cases: asked }) => {
    const released: z.infer<typeof CaseChanged>[] = [];
    for (const { submission, quote } of [...asked].sort((a, b) => (a.submission < b.submission ? -1 : 1)))
      released.push(await releaseOne(context, submission, quote));
    return { released };
  },
});

async function releaseOne(context: Context, submission: string, quote: string): Promise<z.infer<typeof CaseChanged>> {
  const place = await deskPlace(context, submission);
  requireStraightThrough(place.opened.body, place.submission.body.quote, quote);
  const { body: issued } = await context.records.get(quotes, quote);
  return change(context, place.opened, releaseOffer(place.opened.body, { quote, issued }, signatureOf(context)));
}

export const releaseClearance = operation({
  name: 'releaseClearance',
  module: 'underwriting',
  summary: { zh: '解除重复申请锁定', en: 'Let a held submission go on, for a stated ground; a broker of record closes the earlier one' },
  who: 'case:release',
  input: ofCase.extend({ ground: ReleaseGround, reason: words }),
  output: CaseChanged,
  http: { method: 'POST', path: '/cases/{submission}/clearance', status: 200, body: 'json' },
  effect: 'write',
  run: async (context, { submission, ground, reason }) => {
    const opened = await ownCase(context, submission);
    const released = releaseBlocked(opened.body, { ...signatureOf(context), ground, reason });
    if (ground === 'broker-of-record') await closeEarlier(context, opened.body.clearance.against!);
    return change(context, opened, released);
  },
});

/** The firm has named another broker its own: the earlier submission ends, and whoever brought it is told. */
async function closeEarlier(context: Context, id: string): Promise<void> {
  const { organisation } = await context.records.get(submissions, id);
  const applicant = context.deskOf(organisation);
  const earlier = await applicant.records.lock(submissions, id);
  await endSubmission(context, earlier, supersedeQuote);
  await tellOnce(applicant, {
    kind: 'submission-closed',
    subject: `submission-closed ${id}`,
    assessment: earlier.body.assessment,
    weakness: null,
    text: { zh: `${earlier.body.firm} 已指定其他经纪人，本申请结束`, en: `${earlier.body.firm} has named another broker its own; this submission is closed` },
    dueAt: null,
  });
}

export const clearScreeningHit = operation({
  name: 'clearScreeningHit',
  module: 'underwriting',
  summary: { zh: '排除名单误报', en: 'Say with a reason that a hit on a list is another party; the next decision no longer refers for it' },
  who: 'case:release',
  input: ofCase.extend({ key: z.string().max(200), reason: words }),
  output: CaseChanged,
  http: { method: 'POST', path: '/cases/{submission}/screening', status: 200, body: 'json' },
  effect: 'write',
  run: async (context, { submission, key, reason }) => {
    const opened = await ownCase(context, submission);
    return change(context, opened, clearHit(opened.body, { ...signatureOf(context), key, reason }));
  },
});
