import { z } from 'zod';
import { Day, Instant, Refusal, Text, dayOf, requireMove, wordsUpTo } from '../domain/basics/index.ts';
import {
  RatebookDraft,
  casesUnder,
  checkDraft,
  checkRatebook,
  compareRatebooks,
  freezeTariff,
  inventBook,
  lastTariff,
  listTariffs,
  makeFilingPack,
  movePolicies,
  proposalLifecycle,
  requireReleasable,
  sumUpMoves,
  type BookedFirm,
  type CheckedDraft,
  type Moved,
  type Ratebook,
  type Tariff,
  type TariffVersion,
} from '../domain/rating/index.ts';
import type { Stored } from '../io/interfaces.ts';
import { exportOf } from './exports.ts';
import { type Context, operation } from './operation.ts';
import { bookPolicy, leftOut, policiesInForce, type LeftOut } from './own-book.ts';
import { ProposedRatebook, RatebookDifference, TrialBook, ratebookProposals } from './ratebook-record.ts';
import { FilingPackView, tariffsOf } from './tariff.ts';

const id = z.string().max(100);
const byProposal = z.strictObject({ proposal: id });
const ofVersion = byProposal.extend({ version: z.int() });

const Fault = z.strictObject({ at: z.string(), code: z.string(), message: Text });
const ProposalView = z
  .strictObject({
    id: z.string(),
    version: z.int(),
    createdAt: Instant,
    updatedAt: Instant,
    ...ProposedRatebook.omit({ tariff: true }).shape,
    /** The version that the draft changes: the last of the list today, as submitted afterwards. */
    base: z.strictObject({ version: z.string(), hash: z.string(), effectiveFrom: Day }),
    /** What still keeps it from being submitted, each at its field or cell. */
    faults: z.array(Fault),
    /** Hash of the ratebook that it makes; null while something is wrong. */
    hash: z.string().nullable(),
    /** The dislocation is of these very two ratebooks. */
    dislocationIsCurrent: z.boolean(),
    /** Policies in force that a dislocation can be tried on. */
    ownPolicies: z.int(),
  })
  .meta({ id: 'RatebookProposalRecord' });

const ProposalSummary = z
  .strictObject({
    id: z.string(),
    version: z.string(),
    /** Both languages empty until somebody has typed them. */
    title: RatebookDraft.shape.title,
    state: ProposedRatebook.shape.state,
    effectiveFrom: z.string(),
    changes: z.int(),
    /** Change of the book's premium; null before it was worked out. */
    change: z.number().nullable(),
    updatedAt: Instant,
    by: z.string(),
  })
  .meta({ id: 'RatebookProposalSummary' });

type StoredProposal = Stored<ProposedRatebook>;

/** The draft against the tariff as it is now. */
interface Looked extends CheckedDraft {
  readonly base: TariffVersion;
  readonly versions: readonly TariffVersion[];
}

async function lookAt(context: Context, { draft }: Pick<ProposedRatebook, 'draft'>): Promise<Looked> {
  const versions = await tariffsOf(context, context.actor.organisation);
  return { ...checkDraft(draft, versions, dayOf(context.now), context.content.catalogue), base: lastTariff(versions), versions };
}

/** Own proposals only: a grant of another organisation shows none of them here. */
async function ownProposal(context: Context, asked: string): Promise<StoredProposal> {
  const stored = await context.records.get(ratebookProposals, asked);
  if (stored.organisation !== context.actor.organisation) throw new Refusal('absent', 'not-found', 'no such record');
  return stored;
}

/** Counted up to here for the choice of a book. */
const mostPolicies = 20_000;

async function shown(context: Context, stored: StoredProposal): Promise<z.infer<typeof ProposalView>> {
  const { tariff, ...body } = stored.body;
  const isOpen = body.state === 'draft' || body.state === 'returned';
  const looked = await lookAt(context, body);
  const hash = isOpen ? (looked.tariff?.ratebook.hash ?? null) : (tariff?.hash ?? null);
  const { version, effectiveFrom, ratebook } = looked.base;
  const base =
    body.basedOn === null || isOpen ? { version, hash: ratebook.hash, effectiveFrom } : { ...body.basedOn, effectiveFrom: dateOf(body, looked.versions) };
  return {
    ...{ id: stored.id, version: stored.version, createdAt: stored.createdAt, updatedAt: stored.updatedAt },
    ...body,
    differences: isOpen && looked.tariff !== null ? RatebookDifference.parse(compareRatebooks(ratebook, looked.tariff.ratebook)) : body.differences,
    base,
    faults: isOpen ? looked.faults.map((fault) => ({ ...fault })) : [],
    hash,
    dislocationIsCurrent: body.dislocation !== null && body.dislocation.hash === hash && body.dislocation.basedOnHash === base.hash,
    ownPolicies: isOpen ? (await policiesInForce(context, mostPolicies)).length : 0,
  };
}

const dateOf = ({ basedOn }: Pick<ProposedRatebook, 'basedOn'>, versions: readonly TariffVersion[]): Day =>
  versions.find(({ version }) => version === basedOn?.version)?.effectiveFrom ?? versions[0]!.effectiveFrom;

const me = ({ actor }: Context): { user: string; name: string } => ({ user: actor.user, name: actor.name });

/** The next free name and the first day of the month after next, so that there is time to look and to file. */
function blankDraft(versions: readonly TariffVersion[], today: Day): RatebookDraft {
  const [year, order] = lastTariff(versions).version.split('.').map(Number) as [number, number];
  const first = new Date(Date.UTC(Number(today.slice(0, 4)), Number(today.slice(5, 7)) + 1, 1)).toISOString().slice(0, 10);
  return { version: `${year}.${order + 1}`, title: { zh: '', en: '' }, why: '', effectiveFrom: first, changes: [] };
}

export const draftRatebook = operation({
  name: 'draftRatebook',
  module: 'rating',
  summary: { zh: '起草费率调整', en: 'Begin a draft of a new version of the tariff, on the last one' },
  who: 'ratebook:propose',
  input: z.strictObject({ draft: RatebookDraft.optional() }),
  output: ProposalView,
  http: { method: 'POST', path: '/ratebook-proposals', status: 201, body: 'json' },
  effect: 'write',
  run: async (context, { draft: given }) => {
    const versions = await tariffsOf(context, context.actor.organisation);
    const draft = given ?? blankDraft(versions, dayOf(context.now));
    const stored = await context.records.insert(ratebookProposals, {
      draft,
      state: 'draft',
      effectiveFrom: draft.effectiveFrom,
      ...{ dislocation: null, job: null, basedOn: null, tariff: null, differences: null, proposedBy: null, proposedAt: null },
      ...{ decidedBy: null, decidedAt: null, reason: null },
      authors: [me(context)],
    });
    context.note({ proposal: stored.id, version: draft.version });
    return shown(context, stored);
  },
});

export const saveRatebookDraft = operation({
  name: 'saveRatebookDraft',
  module: 'rating',
  summary: { zh: '保存费率草稿', en: 'Save a draft; a returned proposal becomes a draft again. The answer says what is still wrong, cell by cell' },
  who: 'ratebook:propose',
  input: ofVersion.extend({ draft: RatebookDraft }),
  output: ProposalView,
  http: { method: 'PUT', path: '/ratebook-proposals/{proposal}', status: 200, body: 'json' },
  effect: 'write',
  run: async (context, { proposal, version, draft }) => {
    const { body } = await context.records.lock(ratebookProposals, proposal);
    if (body.state !== 'draft') requireMove(proposalLifecycle, body.state, 'draft');
    const authors = body.authors.some(({ user }) => user === context.actor.user) ? body.authors : [...body.authors, me(context)];
    const saved = { ...body, draft, state: 'draft' as const, effectiveFrom: draft.effectiveFrom, authors, basedOn: null, tariff: null, differences: null };
    return shown(context, await context.records.save(ratebookProposals, proposal, version, saved));
  },
});

export const discardRatebookDraft = operation({
  name: 'discardRatebookDraft',
  module: 'rating',
  summary: { zh: '放弃费率草稿', en: 'Put a draft aside for good; it stays on record' },
  who: 'ratebook:propose',
  input: ofVersion,
  output: ProposalView,
  http: { method: 'POST', path: '/ratebook-proposals/{proposal}/discard', status: 200, body: 'json' },
  effect: 'write',
  run: async (context, { proposal, version }) => {
    const { body } = await context.records.lock(ratebookProposals, proposal);
    requireMove(proposalLifecycle, body.state, 'discarded');
    return shown(context, await context.records.save(ratebookProposals, proposal, version, { ...body, state: 'discarded' }));
  },
});

export const tryRatebookDraft = operation({
  name: 'tryRatebookDraft',
  module: 'rating',
  summary: { zh: '测算费率影响', en: 'Work out in the background what a draft does to a book: the own policies in force, or an invented book' },
  who: 'ratebook:propose',
  input: ofVersion.extend({ book: TrialBook }),
  output: z.strictObject({ job: z.string() }),
  http: { method: 'POST', path: '/ratebook-proposals/{proposal}/dislocation', status: 202, body: 'json' },
  effect: 'write',
  run: async (context, { proposal, version, book }) => {
    const { body } = await context.records.lock(ratebookProposals, proposal);
    requireDraft(body, proposal);
    requireSound(await lookAt(context, body));
    const job = await context.jobs.enqueue('dislocateRatebook', { proposal, book }, { about: body.draft.version });
    await context.records.save(ratebookProposals, proposal, version, { ...body, job });
    return { job };
  },
});

function requireDraft({ state }: ProposedRatebook, proposal: string): void {
  if (state === 'draft') return;
  throw new Refusal('conflict', 'not-a-draft', 'only a draft can be changed or tried', { proposal, state });
}

/** Throws a Refusal `proposal-invalid` that names everything that is wrong. */
function requireSound({ tariff, faults }: Looked): Tariff {
  if (tariff !== null) return tariff;
  const named = faults.map(({ at, message }) => ({ path: at, code: 'proposal-invalid', message: `${message.zh} ${message.en}` }));
  throw new Refusal('bad-input', 'proposal-invalid', faults.map(({ message }) => message.en).join('; '), { faults: faults.length }, named);
}

/** Policies between two reports of progress; other work of the process goes on in between. */
const step = 200;

export const dislocateRatebook = operation({
  name: 'dislocateRatebook',
  module: 'rating',
  summary: { zh: '执行费率影响测算', en: 'Price a book under the last tariff and the draft' },
  who: 'ratebook:propose',
  input: byProposal.extend({ book: TrialBook }),
  output: z.strictObject({ policies: z.int(), leftOut: z.int() }),
  http: null,
  effect: 'write',
  run: async (context, { proposal, book }) => {
    const { body } = await ownProposal(context, proposal);
    requireDraft(body, proposal);
    const looked = await lookAt(context, body);
    const after = requireSound(looked);
    requireFileable(after);
    const before = { catalogue: after.catalogue, ratebook: looked.base.ratebook };
    const { moved, out } = await moveBook(context, await openBook(context, book), { before, after });
    if (moved.length === 0) throw new Refusal('rule', 'book-empty', 'no policy of the book can be priced under both tariffs', { leftOut: out.length });
    const dislocation = {
      book: { ...book, policies: moved.length },
      leftOut: out.slice(0, 200),
      basedOnHash: before.ratebook.hash,
      hash: after.ratebook.hash,
      at: context.clock(),
      result: ProposedRatebook.shape.dislocation.unwrap().shape.result.parse(sumUpMoves(moved)),
    };
    await keepDislocation(context, proposal, dislocation);
    context.note({ proposal, policies: moved.length, leftOut: out.length, hash: after.ratebook.hash });
    return { policies: moved.length, leftOut: out.length };
  },
});

/** The dear part of the check, once for each trial. Throws a Refusal `tables-off-the-model`. */
function requireFileable(tariff: Tariff): void {
  const off = checkRatebook(tariff, []).findings.find(({ rule }) => rule === 'tables-off-the-model');
  if (off !== undefined) throw new Refusal('rule', 'tables-off-the-model', off.detail, { at: off.at });
}

/** The book in parts that are worked through one after the other. */
async function openBook(context: Context, { kind, policies, seed }: TrialBook): Promise<(() => Promise<BookedFirm | LeftOut>)[]> {
  if (kind === 'invented') return inventBook(seed ?? 1, policies, context.content.catalogue).map((booked) => () => Promise.resolve(booked));
  return (await policiesInForce(context, policies)).map((policy) => () => bookPolicy(context, policy));
}
type TrialBook = z.infer<typeof TrialBook>;

async function moveBook(
  context: Context,
  book: readonly (() => Promise<BookedFirm | LeftOut>)[],
  tariffs: { before: Tariff; after: Tariff },
): Promise<{ moved: Moved[]; out: LeftOut[] }> {
  const priced: (Moved | LeftOut)[] = [];
  for (let from = 0; from < book.length; from += step) {
    const part = book.slice(from, from + step);
    const opened: (BookedFirm | LeftOut)[] = [];
    for (const open of part) opened.push(await open());
    priced.push(...movePart(opened, tariffs));
    await context.progress({ done: from + part.length, total: book.length, note: '' });
  }
  return { moved: priced.filter((one): one is Moved => !isLeftOut(one)), out: priced.filter(isLeftOut) };
}

const isLeftOut = <T extends object>(one: T | LeftOut): one is LeftOut => 'reason' in one;

/** Together, which is much faster; one by one when one of them cannot be priced. */
function movePart(opened: readonly (BookedFirm | LeftOut)[], tariffs: { before: Tariff; after: Tariff }): (Moved | LeftOut)[] {
  const out = opened.filter(isLeftOut);
  const booked = opened.filter((one): one is BookedFirm => !isLeftOut(one));
  try {
    return [...out, ...movePolicies(booked, tariffs)];
  } catch {
    return [...out, ...booked.map((one) => moveOne(one, tariffs))];
  }
}

function moveOne(booked: BookedFirm, tariffs: { before: Tariff; after: Tariff }): Moved | LeftOut {
  try {
    return movePolicies([booked], tariffs)[0]!;
  } catch (error) {
    return leftOut(booked.id, error);
  }
}

/** Kept only with the draft that it is of: what was changed meanwhile stays as it is, and the dislocation shows as out of date. */
async function keepDislocation(context: Context, proposal: string, dislocation: NonNullable<ProposedRatebook['dislocation']>): Promise<void> {
  const { body, version } = await context.records.lock(ratebookProposals, proposal);
  requireDraft(body, proposal);
  await context.records.save(ratebookProposals, proposal, version, { ...body, dislocation });
}

export const submitRatebook = operation({
  name: 'submitRatebook',
  module: 'rating',
  summary: { zh: '提交费率审批', en: 'Submit a sound draft with its dislocation to a second person; from here on neither changes' },
  who: 'ratebook:propose',
  input: ofVersion,
  output: ProposalView,
  http: { method: 'POST', path: '/ratebook-proposals/{proposal}/submission', status: 200, body: 'json' },
  effect: 'write',
  run: async (context, { proposal, version }) => {
    const { body } = await context.records.lock(ratebookProposals, proposal);
    requireMove(proposalLifecycle, body.state, 'proposed');
    const looked = await lookAt(context, body);
    const { ratebook } = requireSound(looked);
    const { base } = looked;
    if (body.dislocation?.hash !== ratebook.hash || body.dislocation.basedOnHash !== base.ratebook.hash)
      throw new Refusal('rule', 'dislocation-missing', 'work out first what this very draft does to a book', { proposal });
    const stored = await context.records.save(ratebookProposals, proposal, version, {
      ...body,
      state: 'proposed',
      basedOn: { version: base.version, hash: base.ratebook.hash },
      tariff: freezeTariff(ratebook),
      differences: RatebookDifference.parse(compareRatebooks(base.ratebook, ratebook)),
      authors: body.authors.some(({ user }) => user === context.actor.user) ? body.authors : [...body.authors, me(context)],
      ...{ proposedBy: me(context), proposedAt: context.now, decidedBy: null, decidedAt: null, reason: null },
    });
    context.note({ proposal, version: body.draft.version, hash: ratebook.hash });
    return shown(context, stored);
  },
});

export const decideRatebook = operation({
  name: 'decideRatebook',
  module: 'rating',
  summary: { zh: '批准或退回费率', en: 'Release a proposal, so that it is in force from its day on, or return it with a reason; never by one of its authors' },
  who: 'ratebook:release',
  input: byProposal.extend({ decision: z.enum(['released', 'returned']), reason: wordsUpTo(2000).nullable() }),
  output: ProposalView,
  http: { method: 'POST', path: '/ratebook-proposals/{proposal}/decision', status: 200, body: 'json' },
  effect: 'write',
  run: async (context, { proposal, decision, reason }) => {
    await waitForOtherDecisions(context);
    const { body, version } = await context.records.lock(ratebookProposals, proposal);
    if (body.state !== 'proposed')
      throw new Refusal('conflict', 'already-decided', 'this proposal is not waiting for a decision', { proposal, state: body.state });
    if (body.authors.some(({ user }) => user === context.actor.user))
      throw new Refusal('rule', 'second-person-needed', 'who wrote on a ratebook cannot release it', { proposal });
    if (decision === 'returned' && (reason ?? '').trim() === '')
      throw new Refusal('bad-input', 'return-without-reason', 'say why the proposal is returned', { field: 'reason' });
    if (decision === 'released') await requireReleasableNow(context, body);
    const decided = { ...body, state: decision, reason, decidedBy: me(context), decidedAt: context.now };
    const stored = await context.records.save(ratebookProposals, proposal, version, decided);
    context.note({ proposal, decision, hash: body.tariff?.hash ?? '', effectiveFrom: body.effectiveFrom });
    return shown(context, stored);
  },
});

/**
 * Two releases at once would each find the other not there yet. Everybody who decides locks every proposal that waits, oldest first, so that the second one goes on when the first is
 * done and finds it released.
 */
async function waitForOtherDecisions(context: Context): Promise<void> {
  const { items } = await context.records.list(ratebookProposals, { where: { state: 'proposed' }, limit: 200 });
  const own = items.filter(({ organisation }) => organisation === context.actor.organisation);
  for (const { id: waiting } of own.toReversed()) await context.records.lock(ratebookProposals, waiting);
}

async function requireReleasableNow(context: Context, { draft, basedOn }: ProposedRatebook): Promise<void> {
  const { version, hash } = basedOn!;
  const asked = { version: draft.version, effectiveFrom: draft.effectiveFrom, basedOn: version, basedOnHash: hash };
  requireReleasable(asked, await tariffsOf(context, context.actor.organisation), dayOf(context.now));
}

export const listRatebookProposals = operation({
  name: 'listRatebookProposals',
  module: 'rating',
  summary: { zh: '费率调整列表', en: 'List drafts, proposals and releases of the tariff, newest first' },
  who: 'ratebook:read',
  input: z.strictObject({ after: z.string().max(200).optional(), limit: z.coerce.number().int().min(1).max(200).optional() }),
  output: z.strictObject({ items: z.array(ProposalSummary), next: z.string().nullable() }),
  http: { method: 'GET', path: '/ratebook-proposals', status: 200, body: 'json' },
  effect: 'read',
  run: async (context, asked) => {
    const { items, next } = await context.records.list(ratebookProposals, asked);
    return { items: items.map(summary), next };
  },
});

const summary = ({ id: proposal, updatedAt, body }: StoredProposal): z.infer<typeof ProposalSummary> => ({
  id: proposal,
  version: body.draft.version,
  title: body.draft.title,
  state: body.state,
  effectiveFrom: body.draft.effectiveFrom,
  changes: body.draft.changes.length,
  change: body.dislocation?.result.change ?? null,
  updatedAt,
  by: (body.proposedBy ?? body.authors[0]!).name,
});

export const exportRatebookProposals = exportOf(listRatebookProposals, {
  rows: ({ items }) => items,
  columns: [
    ['text', '版本', 'Version', ({ version }) => version],
    ['text', '名称', 'Title', ({ title }, language) => title[language]],
    ['text', '状态', 'State', ({ state }) => state],
    ['day', '生效日', 'First day', ({ effectiveFrom }) => effectiveFrom || null],
    ['integer', '改动项数', 'Numbers changed', ({ changes }) => changes],
    ['share', '保费变化', 'Change of the premium', ({ change }) => change],
    ['text', '经办', 'By', ({ by }) => by],
    ['instant', '更新时间', 'Changed at', ({ updatedAt }) => updatedAt],
    ['text', '编号', 'Id', ({ id: proposal }) => proposal],
  ],
});

export const getRatebookProposal = operation({
  name: 'getRatebookProposal',
  module: 'rating',
  summary: { zh: '查看费率调整', en: 'Read a draft or proposal with what it changes, what is wrong with it and what it does to a book' },
  who: 'ratebook:read',
  input: byProposal,
  output: ProposalView,
  http: { method: 'GET', path: '/ratebook-proposals/{proposal}', status: 200, body: 'json' },
  effect: 'read',
  run: async (context, { proposal }) => shown(context, await ownProposal(context, proposal)),
});

export const getFilingPack = operation({
  name: 'getFilingPack',
  module: 'rating',
  summary: { zh: '拟议费率的备案文件', en: 'Make the filing pack of a sound draft or a proposal' },
  who: 'ratebook:read',
  input: byProposal,
  output: FilingPackView,
  http: { method: 'GET', path: '/ratebook-proposals/{proposal}/filing', status: 200, body: 'json' },
  effect: 'read',
  run: async (context, { proposal }) => {
    const { body } = await ownProposal(context, proposal);
    const ratebook = await ratebookOf(context, body);
    const cases = casesUnder({ catalogue: context.content.catalogue, ratebook }, context.content.ratebookCases);
    return FilingPackView.parse(makeFilingPack(ratebook, cases));
  },
});

/** What was submitted, or what the draft makes. Throws a Refusal `proposal-invalid` for a draft with faults. */
async function ratebookOf(context: Context, body: ProposedRatebook): Promise<Ratebook> {
  if (body.tariff === null) return requireSound(await lookAt(context, body)).ratebook;
  return lastTariff(listTariffs([], context.content.parameters, [{ proposal: '', tariff: body.tariff }])).ratebook;
}

export const ratebookProposalOperations = [
  draftRatebook,
  saveRatebookDraft,
  discardRatebookDraft,
  tryRatebookDraft,
  dislocateRatebook,
  submitRatebook,
  decideRatebook,
  listRatebookProposals,
  exportRatebookProposals,
  getRatebookProposal,
  getFilingPack,
];
