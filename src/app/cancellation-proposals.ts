import { z } from 'zod';
import { Day, Instant, Text, daysBefore } from '../domain/basics/index.ts';
import type { CancellationProposal } from '../domain/policy/index.ts';
import type { Stored } from '../io/interfaces.ts';
import { exportOf } from './exports.ts';
import { tellOnce } from './notices.ts';
import { type Context, operation } from './operation.ts';
import { type PolicyFile, policies } from './policy-file.ts';

const ProposedCancellation = z
  .strictObject({
    policy: z.string(),
    number: z.string(),
    firm: z.string(),
    ground: Text,
    /** The last day with cover, once it is signed. */
    lastDay: Day,
    needs: Text,
    by: z.string(),
    at: Instant,
    /** Whether the reader proposed or signed it already, and so cannot sign. */
    signedByMe: z.boolean(),
  })
  .meta({ id: 'ProposedCancellation' });

const levelTitle = ({ content }: Context, { needs }: CancellationProposal): Text =>
  content.desk.authority.levels.find(({ level }) => level === needs)?.title ?? { zh: needs, en: needs };

function describeProposal(context: Context, { id, body }: Stored<PolicyFile>, proposal: CancellationProposal): z.infer<typeof ProposedCancellation> {
  const [{ name, at }] = proposal.signatures as [CancellationProposal['signatures'][number]];
  return {
    ...{ policy: id, number: body.policy.number, firm: body.policy.insured.name, ground: proposal.plan.title, by: name, at },
    lastDay: daysBefore(proposal.plan.ends, 1),
    needs: levelTitle(context, proposal),
    signedByMe: proposal.signatures.some(({ by }) => by === context.actor.user),
  };
}

export const listProposedCancellations = operation({
  name: 'listProposedCancellations',
  module: 'policy',
  summary: { zh: '等待会签的解除提议', en: 'List the cancellations of one’s own policies that wait for a second person' },
  who: 'case:decide',
  input: z.strictObject({ after: z.string().max(200).optional(), limit: z.coerce.number().int().min(1).max(200).optional() }),
  output: z.strictObject({ items: z.array(ProposedCancellation), next: z.string().nullable() }),
  http: { method: 'GET', path: '/cancellation-proposals', status: 200, body: 'json' },
  effect: 'read',
  run: async (context, page) => {
    const { items, next } = await context.records.list(policies, { ...page, where: { awaits: 'signature' } });
    const own = items.filter(({ organisation }) => organisation === context.actor.organisation);
    return {
      items: own.flatMap((one) => (one.body.proposedCancellation === null ? [] : [describeProposal(context, one, one.body.proposedCancellation)])),
      next,
    };
  },
});

export const exportProposedCancellations = exportOf(listProposedCancellations, {
  rows: ({ items }) => items,
  columns: [
    ['text', '保单号', 'Policy number', ({ number }) => number],
    ['text', '被保险人', 'Insured', ({ firm }) => firm],
    ['text', '解除事由', 'Ground', ({ ground }, language) => ground[language]],
    ['day', '最后保障日', 'Last day of cover', ({ lastDay }) => lastDay],
    ['text', '会签权限', 'Takes the signature of', ({ needs }, language) => needs[language]],
    ['text', '提议人', 'Proposed by', ({ by }) => by],
    ['instant', '提议时间', 'Proposed at', ({ at }) => at],
    ['text', '编号', 'Id', ({ policy }) => policy],
  ],
});

/** Tells the insurer's desk that a cancellation waits for somebody with the authority; who proposed it knows already. */
export async function tellSigners(context: Context, file: Stored<PolicyFile>, proposal: CancellationProposal): Promise<void> {
  const { number, firm, ground, by, needs } = describeProposal(context, file, proposal);
  await tellOnce(context, {
    ...{ kind: 'cancellation-proposed', subject: `cancellation-proposed ${file.id} ${context.now}`, assessment: null, weakness: null, dueAt: null },
    ...{ policy: file.id, readBy: [context.actor.user] },
    text: {
      zh: `${by} 提议解除保单 ${number}（${firm}，${ground.zh}），等待${needs.zh}会签`,
      en: `${by} proposes to end policy ${number} (${firm}, ${ground.en}); it waits for the signature of: ${needs.en}`,
    },
  });
}
