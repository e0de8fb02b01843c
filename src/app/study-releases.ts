import { z } from 'zod';
import { Instant, Refusal } from '../domain/basics/index.ts';
import {
  PublicSummary,
  fewestFirms,
  nameIn,
  namesFirms,
  runStudy,
  summariseForPublic,
  tableAsCsv,
  tooCloseTo,
  type FrozenFindings,
  type TooClose,
} from '../domain/evaluation/index.ts';
import type { RecordKind, Stored } from '../io/interfaces.ts';
import { everyRecord } from './every-record.ts';
import { assessments } from './assessment.ts';
import { exportOf } from './exports.ts';
import { loadHistories, ownRecords } from './firm-histories.ts';
import { type Context, operation } from './operation.ts';
import { byStudy, page, panels, paperOf, requireRun, stamp, studies, type StudyRun } from './study-records.ts';
import { shown } from './underwriting.ts';

/** A summary on its way to an authority: one person proposes, another approves. */
const Release = z.strictObject({
  study: z.string(),
  run: z.string(),
  authority: z.string(),
  state: z.enum(['proposed', 'approved']),
  summary: PublicSummary,
  proposedBy: z.string(),
  proposedAt: Instant,
  approvedBy: z.string().nullable(),
  approvedAt: Instant.nullable(),
});
type Release = z.infer<typeof Release>;

const releases: RecordKind<typeof Release> = { name: 'release', table: 'study_releases', schema: Release, schemaVersion: 1, upgrades: {} };

const ReleaseRecord = z.strictObject({ ...stamp, ...Release.shape }).meta({ id: 'ReleaseRecord' });

export const proposeRelease = operation({
  name: 'proposeRelease',
  module: 'evaluation',
  summary: { zh: '提议公开摘要', en: 'Propose an anonymised summary of a study for an authority; small cells are refused or hidden' },
  who: 'study:release',
  input: byStudy.extend({ authority: z.string().max(100) }),
  output: ReleaseRecord,
  http: { method: 'POST', path: '/studies/{study}/releases', status: 201, body: 'json' },
  effect: 'write',
  run: async (context, { study, authority }) => {
    await context.records.lock(studies, study);
    const { run } = await requireRun(context, { study });
    const authorities = await context.organisationsOf('authority');
    if (!authorities.some(({ id }) => id === authority)) throw new Refusal('bad-input', 'unknown-authority', 'no such authority', { field: 'authority' });
    const earlier = await proposedFor(context, { study, run: run.id, authority });
    if (earlier !== null) return shown(earlier);
    const summary = await summaryOf(context, { study, run: run.id });
    await requireFarFromReleased(context, { study, run: run.id }, await released(context));
    const stored = await context.records.insert(releases, {
      study,
      run: run.id,
      authority,
      state: 'proposed',
      summary,
      proposedBy: context.actor.user,
      proposedAt: context.now,
      approvedBy: null,
      approvedAt: null,
    });
    context.note({ release: stored.id, study, run: run.id, authority });
    return shown(stored);
  },
});

/** The summary of a run; made again at the approval, so that nothing leaves the house that the rules now in force would refuse. */
async function summaryOf(context: Context, asked: Pick<Release, 'study' | 'run'>): Promise<PublicSummary> {
  const { query, result, parts } = (await requireRun(context, asked)).run.body;
  const name = nameIn(query.question, await firmNames(context, query.source));
  if (name !== null)
    throw new Refusal('rule', 'question-names-firm', `the question is published as written, and it names the firm ${name}`, { question: query.question, name });
  const invented = query.source !== ownRecords && (await context.records.get(panels, query.source)).body.invented;
  return summariseForPublic(query.question, result, parts, invented);
}

/** The names of the firms of a source, as far as they are known: a panel holds what was brought along, which should be pseudonyms. */
async function firmNames(context: Context, source: string): Promise<Set<string>> {
  const own = (await everyRecord(context, assessments)).map(({ body }) => body.firm.name);
  const brought = source === ownRecords ? [] : (await context.records.get(panels, source)).body.histories.map(({ firm }) => firm);
  return new Set([...own, ...brought]);
}

/** Summaries that have left this house, to whichever authority: what one reads, another may come to read. */
const released = async (context: Context): Promise<Release[]> =>
  (await everyRecord(context, releases))
    .filter(({ organisation, body }) => organisation === context.actor.organisation && body.state === 'approved')
    .map(({ body }) => body);

/** As `released`, while nobody else can approve one: two that are too close would otherwise both leave at once. */
async function releasedForSure(context: Context): Promise<Release[]> {
  const own = (await everyRecord(context, releases)).filter(({ organisation }) => organisation === context.actor.organisation);
  const locked: Release[] = [];
  for (const id of own.map((one) => one.id).sort()) locked.push((await context.records.lock(releases, id)).body);
  return locked.filter(({ state }) => state === 'approved');
}

/** Refuses a run whose groups, by themselves or together with those of released summaries, tell of too few firms. */
async function requireFarFromReleased(context: Context, asked: Pick<Release, 'study' | 'run'>, earlier: readonly Release[]): Promise<void> {
  const now = (await requireRun(context, asked)).run.body;
  if (!namesFirms(now))
    throw new Refusal('rule', 'study-run-outdated', 'this run does not say which firms its numbers are taken over: run the study again first');
  const others = earlier.filter(({ run }, at) => earlier.findIndex((one) => one.run === run) === at);
  const frozen: FrozenFindings[] = [];
  for (const one of others) frozen.push(await withFirms(context, (await requireRun(context, one)).run.body));
  const close = tooCloseTo(frozen, now);
  if (close !== null) throw tooClose(close, [...new Set(close.released.map((at) => others[at]!.summary.question))]);
}

function tooClose({ findings }: TooClose, questions: readonly string[]): Refusal {
  const titles = [...new Map(findings.map(({ title }) => [title.en, title])).values()];
  const told = { fewest: fewestFirms, zh: titles.map(({ zh }) => zh).join('、'), en: titles.map(({ en }) => en).join(', ') };
  if (questions.length === 0)
    return new Refusal('rule', 'too-few-firms', `fewer than ${fewestFirms} firms set the groups apart from each other: ${told.en}`, {
      ...told,
      cells: told.en,
    });
  const message = `together with summaries released before the study tells of fewer than ${fewestFirms} firms, on ${told.en}`;
  return new Refusal('rule', 'too-close-to-released', message, { ...told, released: questions.join('；') });
}

/** The findings of a run with the firms behind each; a run that does not name them is computed again from its query. */
async function withFirms(context: Context, run: StudyRun): Promise<FrozenFindings> {
  if (namesFirms(run)) return run;
  const { result, tables } = runStudy(run.query, await loadHistories(context, run.query.source), paperOf(context));
  return { result, data: tables.map((table) => (table === null ? null : tableAsCsv(table))) };
}

/** The summary of that run already on its way to that authority, so that two people proposing at once make one. */
async function proposedFor({ records }: Context, { study, run, authority }: Pick<Release, 'study' | 'run' | 'authority'>): Promise<Stored<Release> | null> {
  const { items } = await records.list(releases, { where: { study, authority }, limit: 200 });
  return items.find(({ body }) => body.run === run) ?? null;
}

const byRelease = z.strictObject({ release: z.string().max(100) });

export const approveRelease = operation({
  name: 'approveRelease',
  module: 'evaluation',
  summary: { zh: '批准公开摘要', en: 'Approve a proposed summary, as somebody else than who proposed it; the authority can read it from then on' },
  who: 'study:release',
  input: byRelease,
  output: ReleaseRecord,
  http: { method: 'POST', path: '/releases/{release}/approval', status: 200, body: 'json' },
  effect: 'write',
  run: async (context, { release }) => {
    const earlier = await releasedForSure(context);
    const { body, version } = await context.records.lock(releases, release);
    if (body.state === 'approved') throw new Refusal('conflict', 'already-approved', 'this summary was approved already', { release });
    if (body.proposedBy === context.actor.user) throw new Refusal('rule', 'second-person-needed', 'who proposed a summary cannot approve it', { release });
    // As the rules now in force have it: an earlier proposal may tell more than they allow.
    const summary = await summaryOf(context, body);
    await requireFarFromReleased(context, body, earlier);
    const approved: Release = { ...body, summary, state: 'approved', approvedBy: context.actor.user, approvedAt: context.now };
    const stored = await context.records.save(releases, release, version, approved);
    await context.grants.give({ record: release, to: body.authority, relation: 'authority', from: context.now, until: null });
    context.note({ release, authority: body.authority });
    return shown(stored);
  },
});

export const listReleases = operation({
  name: 'listReleases',
  module: 'evaluation',
  summary: { zh: '公开摘要列表', en: 'List summaries proposed or released, newest first' },
  who: 'study:read',
  input: page,
  output: z.strictObject({ items: z.array(ReleaseRecord), next: z.string().nullable() }),
  http: { method: 'GET', path: '/releases', status: 200, body: 'json' },
  effect: 'read',
  run: async (context, asked) => {
    const { items, next } = await context.records.list(releases, asked);
    return { items: items.map(shown), next };
  },
});

export const exportReleases = exportOf(listReleases, {
  rows: ({ items }) => items,
  columns: [
    ['text', '研究', 'Study', ({ study }) => study],
    ['text', '主管部门', 'Authority', ({ authority }) => authority],
    ['text', '状态', 'State', ({ state }) => state],
    ['instant', '提出时间', 'Proposed at', ({ proposedAt }) => proposedAt],
    ['instant', '批准时间', 'Approved at', ({ approvedAt }) => approvedAt],
    ['text', '编号', 'Id', ({ id }) => id],
  ],
});

export const getRelease = operation({
  name: 'getRelease',
  module: 'evaluation',
  summary: { zh: '查看公开摘要', en: 'Read one summary' },
  who: 'study:read',
  input: byRelease,
  output: ReleaseRecord,
  http: { method: 'GET', path: '/releases/{release}', status: 200, body: 'json' },
  effect: 'read',
  run: async (context, { release }) => shown(await context.records.get(releases, release)),
});
