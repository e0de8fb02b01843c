import { z } from 'zod';
import { Assignee, assignRepair, claimFix, takeBack } from '../domain/assessment/index.ts';
import { Refusal, noteUpTo } from '../domain/basics/index.ts';
import { mayDo, type Permission } from '../domain/parties/index.ts';
import { endDisputes } from './dispute-grants.ts';
import { Outcome, actOf, byAssessment, chosen, eventsIn, happen, openOwn, plan } from './finding-deeds.ts';
import { operation, type Context } from './operation.ts';

const repairer: Permission = 'finding:write';

/** Members of the organisation that may see to repairs. */
async function assigneesOf({ members, actor }: Context): Promise<Assignee[]> {
  const all = await members.listMembers(actor.organisation);
  return all.filter(({ roles }) => mayDo(roles, repairer)).map(({ user, name }) => ({ user, name }));
}

export const listAssignees = operation({
  name: 'listAssignees',
  module: 'assessment',
  summary: { zh: '可指派的整改负责人', en: 'List the members of the organisation that may see to repairs' },
  who: repairer,
  input: z.strictObject({}),
  output: z.strictObject({ assignees: z.array(Assignee) }),
  http: { method: 'GET', path: '/assignees', status: 200, body: 'json' },
  effect: 'read',
  run: async (context) => ({ assignees: await assigneesOf(context) }),
});

export const assignFindings = operation({
  name: 'assignFindings',
  module: 'assessment',
  summary: { zh: '指派整改负责人', en: 'Name who sees to the repair of findings, or nobody' },
  who: repairer,
  input: byAssessment.extend({ ...chosen, assignee: z.string().max(100).nullable() }),
  output: Outcome,
  http: { method: 'POST', path: '/assessments/{assessment}/assignments', status: 200, body: 'json' },
  effect: 'write',
  run: async (context, { assessment, assignee, ...meant }) => {
    const opened = await openOwn(context, assessment);
    const named = assignee === null ? null : await assigneeNamed(context, assignee);
    return happen(
      context,
      opened,
      plan(opened.found, meant, (one) => assignRepair(one, actOf(context), named)),
    );
  },
});

async function assigneeNamed(context: Context, user: string): Promise<Assignee> {
  const found = (await assigneesOf(context)).find((one) => one.user === user);
  if (!found) throw new Refusal('bad-input', 'unknown-assignee', 'no member of the organisation with this id sees to repairs', { field: 'assignee' });
  return found;
}

export const claimFixes = operation({
  name: 'claimFixes',
  module: 'assessment',
  summary: { zh: '声明已修复', en: 'Say that findings are fixed; the next scan of them decides' },
  who: 'finding:write',
  input: byAssessment.extend({ ...chosen, note: noteUpTo(4000) }),
  output: Outcome,
  http: { method: 'POST', path: '/assessments/{assessment}/fix-claims', status: 200, body: 'json' },
  effect: 'write',
  run: async (context, { assessment, note, ...meant }) => {
    const opened = await openOwn(context, assessment);
    return happen(
      context,
      opened,
      plan(opened.found, meant, (one) => claimFix(one, actOf(context), note)),
    );
  },
});

export const takeBackDecisions = operation({
  name: 'takeBackDecisions',
  module: 'assessment',
  summary: { zh: '撤回处置', en: 'Take back what was asked or decided on findings: they stand again as the scans say' },
  who: 'finding:write',
  input: byAssessment.extend({ ...chosen, note: noteUpTo(4000) }),
  output: Outcome,
  http: { method: 'POST', path: '/assessments/{assessment}/take-backs', status: 200, body: 'json' },
  effect: 'write',
  run: async (context, { assessment, note, ...meant }) => {
    const opened = await openOwn(context, assessment);
    const planned = plan(opened.found, meant, (one) => takeBack(eventsIn(opened.found, one.id), actOf(context), note));
    const outcome = await happen(context, opened, planned);
    await endDisputes(context, opened, planned.events);
    return outcome;
  },
});

export const repairOperations = [listAssignees, assignFindings, claimFixes, takeBackDecisions];
