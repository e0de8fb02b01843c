import { z } from 'zod';
import { Day, Instant } from '../domain/basics/index.ts';
import type { OrganisationKind } from '../domain/parties/index.ts';
import { FeedKind, ThreatSource, classPath } from '../domain/threats/index.ts';
import { tellOnce } from './notices.ts';
import { operation, type Context } from './operation.ts';

const FeedVersion = z.strictObject({
  model: z.string().nullable(),
  date: Day.nullable(),
  entries: z.int(),
  origin: z.string(),
  hash: z.string(),
  receivedAt: Instant,
  releasedBy: z.string().nullable(),
});

const FeedAttempt = z.strictObject({
  kind: FeedKind,
  at: Instant,
  origin: z.string(),
  outcome: z.enum(['taken', 'same', 'held', 'refused', 'absent']),
  code: z.string().nullable(),
  detail: z.string().nullable(),
});

const FeedState = z
  .strictObject({ kind: FeedKind, inForce: FeedVersion.nullable(), held: FeedVersion.nullable(), lastAttempt: FeedAttempt.nullable() })
  .meta({ id: 'FeedState' });

const FeedStates = z.strictObject({ feeds: z.array(FeedState), outlook: z.strictObject({ version: z.string(), sources: z.array(ThreatSource) }) });

async function statesOf({ feeds }: Context): Promise<z.infer<typeof FeedStates>> {
  const { version, sources } = feeds.outlook();
  return { feeds: [...(await feeds.state())], outlook: { version, sources: [...sources] } };
}

export const getThreatFeeds = operation({
  name: 'getThreatFeeds',
  module: 'threats',
  summary: { zh: '威胁情报状态', en: 'Say which threat feeds are in force, which are held, and how the last attempt to bring them up to date went' },
  who: 'assessment:read',
  input: z.strictObject({}),
  output: FeedStates,
  http: { method: 'GET', path: '/threat-feeds', status: 200, body: 'json' },
  effect: 'read',
  run: (context) => statesOf(context),
});

export const releaseEpssModel = operation({
  name: 'releaseEpssModel',
  module: 'threats',
  summary: { zh: '放行新的 EPSS 模型', en: 'Let prices follow the scores of a new EPSS model that is held' },
  who: 'threats:release',
  input: z.strictObject({ model: z.string().min(1).max(100) }),
  output: FeedStates,
  http: { method: 'POST', path: '/threat-feeds/epss/releases', status: 200, body: 'json' },
  effect: 'write',
  run: async (context, { model }) => {
    const before = context.feeds.outlook().version;
    await context.feeds.release(model, context.actor.user);
    context.note({ model, outlookBefore: before, outlookAfter: context.feeds.outlook().version });
    return statesOf(context);
  },
});

const WeaknessClass = z.strictObject({ cwe: z.int(), name: z.string(), abstraction: z.string() });

export const describeWeaknesses = operation({
  name: 'describeWeaknesses',
  module: 'threats',
  summary: {
    zh: '弱点类型说明',
    en: 'Name kinds of weakness by their CWE numbers, each with the more general kinds above it; unknown numbers have an empty path',
  },
  who: 'assessment:read',
  input: z.strictObject({ cwes: z.string().regex(/^\d{1,5}(?:,\d{1,5}){0,99}$/, 'CWE numbers, separated by commas, at most 100') }),
  output: z.strictObject({ weaknesses: z.array(z.strictObject({ cwe: z.int(), path: z.array(WeaknessClass) })) }),
  http: { method: 'GET', path: '/weaknesses', status: 200, body: 'json' },
  effect: 'read',
  run: async ({ feeds }, { cwes }) => ({
    weaknesses: [...new Set(cwes.split(',').map(Number))].map((cwe) => ({
      cwe,
      path: classPath(feeds.weaknesses(), cwe).map(({ cwe, name, abstraction }) => ({ cwe, name, abstraction })),
    })),
  }),
});

export const refreshThreatFeeds = operation({
  name: 'refreshThreatFeeds',
  module: 'threats',
  summary: { zh: '更新威胁情报', en: 'Bring the threat feeds up to date; a bad or truncated feed changes nothing' },
  who: 'system:run',
  input: z.strictObject({}),
  output: z.strictObject({ attempts: z.array(FeedAttempt) }),
  http: null,
  schedule: 'daily-for-the-installation',
  effect: 'write',
  run: async (context) => {
    const attempts = await context.feeds.refresh();
    for (const { kind, outcome, code } of attempts) context.note({ [kind]: code ?? outcome });
    if (attempts.some(({ outcome }) => outcome === 'held')) await tellInsurers(context);
    return { attempts: [...attempts] };
  },
});

const pricing: OrganisationKind = 'insurer';

/** Whoever prices is told that a new model waits for a decision. */
async function tellInsurers(context: Context): Promise<void> {
  const held = (await context.feeds.state()).find(({ kind }) => kind === 'epss')?.held;
  const model = held?.model ?? 'unstated';
  const text = {
    zh: `EPSS 启用了新模型（${model}），放行前保费仍按原模型评分计算`,
    en: `EPSS has a new model (${model}); until it is released, prices use the scores of the old one`,
  };
  for (const { id } of await context.organisationsOf(pricing))
    await tellOnce(context.deskOf(id), { kind: 'epss-model-held', subject: `epss-model-held ${model}`, assessment: null, weakness: null, text, dueAt: null });
}

export const threatOperations = [getThreatFeeds, describeWeaknesses, releaseEpssModel, refreshThreatFeeds];
