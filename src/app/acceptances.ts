import { z } from 'zod';
import { decideAcceptance, lastAcceptanceDay, requestAcceptance, type CaseEvent, type TrackedFinding } from '../domain/assessment/index.ts';
import { Day, Refusal, hashData, noteUpTo, wordsUpTo } from '../domain/basics/index.ts';
import { effectOf, factsOf } from './decision-effect.ts';
import { tellAsked, tellDecided } from './decision-notices.ts';
import { Outcome, actOf, byAssessment, chosen, eventsIn, happen, numbersOf, openOwn, openShown, plan, secondPeople, type Opened } from './finding-deeds.ts';
import { operation } from './operation.ts';

const words = {
  asked: { zh: '有风险接受申请待另一人审批', en: 'a request to accept a risk waits for a second person' },
  granted: { zh: '已同意接受风险', en: 'the acceptance of a risk was granted' },
  refused: { zh: '未同意接受风险', en: 'the acceptance of a risk was refused' },
};

/** The version of the assessment that the approver had before it; when it has moved on, nothing is decided on what nobody looked at. */
const seenVersion = { seenVersion: z.int().min(1).optional() };

function requireSeen({ stored }: Opened, seen: number | undefined): void {
  if (seen === undefined || seen === stored.version) return;
  throw new Refusal('conflict', 'changed-meanwhile', `assessment \`${stored.id}\` is at version ${stored.version}, you saw ${seen}; nothing was decided`, {
    record: stored.id,
    expected: seen,
    actual: stored.version,
  });
}

export const requestAcceptances = operation({
  name: 'requestAcceptances',
  module: 'assessment',
  summary: { zh: '申请接受风险', en: 'Ask to accept the risk of findings until a day; a second person decides' },
  who: 'finding:write',
  input: byAssessment.extend({ ...chosen, reason: wordsUpTo(4000), until: Day }),
  output: Outcome,
  http: { method: 'POST', path: '/assessments/{assessment}/acceptance-requests', status: 200, body: 'json' },
  effect: 'write',
  run: async (context, { assessment, reason, until, ...meant }) => {
    const opened = await openOwn(context, assessment);
    const asked = (one: TrackedFinding) => requestAcceptance(one, actOf(context), { reason, until }, numbersOf(context));
    const planned = plan(opened.found, meant, asked);
    const outcome = await happen(context, opened, planned);
    await tellAsked(context, opened, { decider: context.actor.organisation, about: [...planned.events.keys()], words: words.asked, dueAt: null });
    return outcome;
  },
});

export const decideAcceptances = operation({
  name: 'decideAcceptances',
  module: 'assessment',
  summary: { zh: '审批风险接受', en: 'Grant or refuse requests to accept the risk of findings' },
  who: 'acceptance:decide',
  input: byAssessment.extend({ ...chosen, ...seenVersion, granted: z.boolean(), note: noteUpTo(4000) }),
  output: Outcome,
  http: { method: 'POST', path: '/assessments/{assessment}/acceptance-decisions', status: 200, body: 'json' },
  effect: 'write',
  run: async (context, { assessment, seenVersion: seen, granted, note, ...meant }) => {
    const opened = await openShown(context, assessment);
    requireSeen(opened, seen);
    const { events, refused } = plan(opened.found, meant, (one) => decideAcceptance(one, eventsIn(opened.found, one.id), actOf(context), { granted, note }));
    const effect = await effectOf(context, opened, events);
    const decided = new Map([...events].map(([id, event]): [string, CaseEvent] => [id, { ...event, effect }]));
    const outcome = await happen(context, opened, { events: decided, refused });
    context.note({ granted: granted ? 1 : 0, snapshot: hashData([...decided.values()]), ...factsOf(effect) });
    await tellDecided(context, opened, [...events.keys()], granted ? words.granted : words.refused);
    return outcome;
  },
});

export const listAcceptanceDeciders = operation({
  name: 'listAcceptanceDeciders',
  module: 'assessment',
  summary: {
    zh: '可审批风险接受的成员',
    en: 'List the other members of the organisation who may decide on accepting a risk (with none, a request would wait for ever), and the last day to ask for',
  },
  who: 'finding:write',
  input: z.strictObject({}),
  output: z.strictObject({ deciders: z.array(z.strictObject({ user: z.string(), name: z.string() })), lastDay: Day }),
  http: { method: 'GET', path: '/acceptance-deciders', status: 200, body: 'json' },
  effect: 'read',
  run: async (context) => ({
    deciders: await secondPeople(context, context.actor.organisation, 'acceptance:decide'),
    lastDay: lastAcceptanceDay(context.now, numbersOf(context)),
  }),
});

export const acceptanceOperations = [listAcceptanceDeciders, requestAcceptances, decideAcceptances];
