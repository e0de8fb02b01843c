import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { useDatabase } from '../../test/postgres.ts';
import { personOf, receivedBy, runnerOver } from '../../test/runner.ts';
import type { ScannerReport } from '../domain/assessment/index.ts';
import { Refusal, hashText, instantFromMillis } from '../domain/basics/index.ts';
import { loadContent } from '../io/content/index.ts';
import { openQueue, type OpenQueue } from '../io/jobs/index.ts';
import { getAssessment, readReport, saveAnswers, saveFirm, startAssessment, submitReport } from './assessment.ts';
import { cancelPolicy, previewCancellation } from './cancellation.ts';
import { decideContingency, getBinder, handInEvidence, lapseBinders, listContingencies } from './contingencies.ts';
import { listNotices } from './notices.ts';
import { addOfferTo, answerRequest, expireQuotes, getProgress, prolongOffer, withdrawOffer } from './offers.ts';
import type { Actor } from './operation.ts';
import { bindPolicy, getPolicy, getPolicySchedule, listPapers, listPostings } from './policy.ts';
import { getPolicyWording } from './policy-wording.ts';
import { getRenewal, startRenewal } from './renewals.ts';
import type { Runner } from './run.ts';
import { decideSubsidyApplication, listSubsidyApplications } from './subsidy-applications.ts';
import { applyForSubsidy } from './subsidy-requests.ts';
import { listSubsidySchemes, openSubsidyScheme } from './subsidy-schemes.ts';
import { withdrawSubmission } from './submission-withdrawal.ts';
import { createSubmission, getQuote, getSubmission, listSubmissions, previewPrice, requestQuote } from './underwriting.ts';
import { decideReferral, signReferral } from './case-decisions.ts';
import { holdCase, leaveCase } from './case-hold.ts';
import { previewReferral } from './case-preview.ts';
import { claimCase, claimNextCase, listCases, noteCase } from './case-queue.ts';
import { clearScreeningHit, releaseCases, releaseClearance } from './case-releases.ts';
import { getCase } from './case-view.ts';
import { previewConditionWaiver, waiveCondition } from './case-waivers.ts';

/** The desk end to end, over a real database and the insurer's own paper, with a clock that tests move. */
const store = useDatabase();
const paper = loadContent({ contentDir: fileURLToPath(new URL('../../content', import.meta.url)), feedDirs: [] });
const operations = [
  ...[
    startAssessment,
    saveAnswers,
    saveFirm,
    submitReport,
    readReport,
    createSubmission,
    getSubmission,
    listSubmissions,
    requestQuote,
    getQuote,
    bindPolicy,
    getPolicy,
    getPolicySchedule,
    getPolicyWording,
    listPostings,
    listPapers,
    previewPrice,
  ],
  ...[
    listCases,
    getCase,
    holdCase,
    leaveCase,
    claimCase,
    claimNextCase,
    noteCase,
    previewReferral,
    decideReferral,
    signReferral,
    releaseCases,
    releaseClearance,
    clearScreeningHit,
  ],
  ...[
    addOfferTo,
    getProgress,
    answerRequest,
    withdrawOffer,
    prolongOffer,
    expireQuotes,
    handInEvidence,
    decideContingency,
    previewConditionWaiver,
    waiveCondition,
    getBinder,
    lapseBinders,
    listContingencies,
    listNotices,
    getRenewal,
    startRenewal,
    previewCancellation,
    cancelPolicy,
    withdrawSubmission,
    openSubsidyScheme,
    listSubsidySchemes,
    applyForSubsidy,
    decideSubsidyApplication,
    listSubsidyApplications,
  ],
];
/** The schemes on offer, and one whose covers begin by 1 December 2026. */
const withEnding = (schemes: typeof paper.subsidyOffer.schemes) =>
  new Map([...schemes, ['ending-2026', { ...schemes.get('harbour-city-2026')!, id: 'ending-2026', until: '2026-12-01' }]]);
const start = Date.parse('2026-11-22T02:00:00Z');
const day = (n: number): string => instantFromMillis(start + n * 86_400_000);

type Loose = ReturnType<typeof JSON.parse>;
let queue: OpenQueue;
let runner: Runner;
let now = day(0);
/** What was to be printed. */
const printed: Loose[] = [];
const reports = new Map<string, ScannerReport>();
const outlook = { version: 'invented', sources: [], of: () => ({ knownExploited: false, knownRansomware: false, listedOn: null, epss: null }) };
const organisations: Record<string, { id: string; name: string }[]> = {
  insurer: [
    { id: 'org_insurer', name: '示例保险' },
    { id: 'org_rival', name: '示例另一保险' },
  ],
  authority: [{ id: 'org_authority', name: '示例主管部门' }],
  broker: [
    { id: 'org_broker_a', name: '示例经纪甲' },
    { id: 'org_broker_b', name: '示例经纪乙' },
  ],
};
const insurer = (user: string, role: 'underwriter' | 'underwriting-manager', organisation = 'org_insurer'): Actor =>
  personOf(organisation, { user, name: user, organisationKind: 'insurer', roles: [role] });
const underwriter = insurer('yu', 'underwriter');
const colleague = insurer('wu', 'underwriter');
const manager = insurer('ma', 'underwriting-manager');
const secondManager = insurer('mo', 'underwriting-manager');
const rival = insurer('ri', 'underwriting-manager', 'org_rival');
const system: Actor = personOf('org_insurer', { user: 'system', roles: [], via: 'system' });
const broker = (name: string): Actor => personOf(`org_broker_${name}`, { organisationKind: 'broker', roles: ['broker'] });

beforeAll(async () => {
  queue = await openQueue(store.database, () => undefined);
  runner = runnerOver(store.database, queue, operations as never, {
    content: { ...paper, outlook, subsidyOffer: { ...paper.subsidyOffer, schemes: withEnding(paper.subsidyOffer.schemes) } } as never,
    documents: { make: async (request: Loose) => (printed.push(request), Buffer.from('pdf')) } as never,
    files: { path: (hash: string) => hash } as never,
    reading: { unpack: async () => null, read: (path: string) => Promise.resolve(reports.get(path)!) } as never,
    members: {
      organisationsOf: (kind: string) => Promise.resolve(organisations[kind] ?? []),
      listMembers: () => Promise.resolve([{ user: 'wu', name: 'wu' }]),
    } as never,
    clock: () => now,
  });
});
afterAll(() => queue.stop(0));
beforeEach(() => {
  now = day(0);
});

const ask = async (operation: Loose, actor: Actor, input: unknown = {}, key?: string): Promise<Loose> =>
  (await runner.run(operation, { actor, input, ...(key === undefined ? {} : { key }) })).output;
const refusalOf = (work: Promise<unknown>): Promise<Loose> =>
  work.then(
    () => ({ code: 'allowed' }),
    (error: unknown) => {
      if (error instanceof Refusal) return error;
      throw error;
    },
  );
const dayAfter = (date: string): string => new Date(Date.parse(date) + 86_400_000).toISOString().slice(0, 10);
const codeOf = async (work: Promise<unknown>): Promise<string> => (await refusalOf(work)).code;

const yaml = (path: string): Loose => parse(readFileSync(new URL(`../../content/demo/firms/${path}`, import.meta.url), 'utf8'));

/** The answers of a demo firm, with an invented document for each that is called documented. */
function answersOf(folder: string): Loose {
  const given = yaml(`${folder}/answers.yaml`);
  const proof = { hash: hashText('an invented document'), bytes: 20, name: 'document.txt' };
  const answers = Object.entries<Loose>(given.answers).map(([id, answer]) => [id, answer.kind === 'document' ? { ...answer, proof } : answer]);
  return { ...given, answers: Object.fromEntries(answers) };
}
let firms = 0;
/** What sends a firm of this size to a person. */
const twoLosses = {
  pastClaims: ['2026-03-01', '2025-06-01'].map((on) => ({ on, peril: 'ransomware', amount: { currency: 'CNY', minor: 30_000_000 }, closed: true })),
};

/** A demo firm under a name of its own, assessed; with a scan that found nothing when `scanned`. */
async function assessed(folder: string, owner: Actor, { scanned = true, firm = {} as object, answers = {} as object } = {}): Promise<string> {
  firms += 1;
  const profile = {
    ...yaml(`${folder}/profile.yaml`),
    name: `示例第${firms}号试验有限公司`,
    creditCode: null,
    assets: [{ name: 'www.example.com', exposure: 'internet' }],
    ...firm,
  };
  const made = await ask(startAssessment, owner, { firm: profile });
  const given = answersOf(folder);
  await receivedBy(store.database, owner.organisation, hashText('an invented document'));
  await ask(saveAnswers, owner, { assessment: made.id, version: made.version, answers: { ...given, answers: { ...given.answers, ...answers } } });
  if (scanned) await scan(made.id, owner, profile.assets);
  return made.id;
}

async function scan(assessment: string, owner: Actor, assets: { name: string }[]): Promise<void> {
  const hash = hashText(`${assessment} scan`);
  reports.set(hash, {
    format: 'nessus',
    tool: 'Nessus',
    toolVersion: null,
    scannedFrom: now,
    scannedTo: now,
    records: 0,
    findings: [],
    assets: assets.map(({ name }) => name),
    cvesNamed: [],
  });
  const { report } = await ask(submitReport, owner, { assessment, file: { hash, bytes: 1, name: 'clean.nessus' } });
  await ask(readReport, owner, { assessment, report });
}

const owner = (name: string): Actor => personOf(`org_${name}`, { user: `owner-${name}` });

async function submitted(folder: string, who: Actor, more: { scanned?: boolean; firm?: object; answers?: object; cover?: object } = {}): Promise<string> {
  const assessment = await assessed(folder, who, more);
  return (await ask(createSubmission, who, { assessment, cover: { ...yaml(`${folder}/package.yaml`), ...more.cover }, insurer: null })).id;
}

async function quoted(folder: string, who: Actor, more: Parameters<typeof submitted>[2] = {}): Promise<{ submission: string; quote: Loose }> {
  const submission = await submitted(folder, who, more);
  return { submission, quote: await ask(requestQuote, who, { submission }) };
}

const asked = (template: string) => {
  const { id, stage, days, title, text } = paper.desk.contingencies.get(template)!;
  return { template: id, stage, days, title, text };
};
const terms = (quote: Loose, more: object = {}) => ({ cover: quote.quote.cover, schedule: [], contingencies: [], waivers: [], ...more });

async function decide(
  actor: Actor,
  submission: string,
  quote: Loose,
  { escalate = false, ...more }: { escalate?: boolean; contingencies?: object[]; waivers?: object[]; cover?: object } = {},
) {
  const given = terms(quote, more);
  const { seen } = await ask(previewReferral, actor, { submission, quote: quote.id, terms: given });
  return ask(decideReferral, actor, { submission, quote: quote.id, decision: 'approve', reason: '整改记录可信', seen, terms: given, escalate });
}

/** Waives a condition after a look at what that comes to. */
async function waive(actor: Actor, contingency: string, subLimitMinor = 100_000_000): Promise<Loose> {
  const asked = { contingency, subLimitMinor, from: '2027-02-01' };
  const { seen } = await ask(previewConditionWaiver, actor, asked);
  return ask(waiveCondition, actor, { ...asked, reason: '演练已排期', seen });
}

/** Puts facts and answers in place of those of an assessment. */
async function changeFacts(who: Actor, submission: string, facts: object): Promise<Loose> {
  const { assessment } = await ask(getSubmission, who, { submission });
  const { version, firm } = await ask(getAssessment, who, { assessment });
  await ask(saveFirm, who, { assessment, version, firm: { ...firm, ...facts } });
  return firm;
}

async function bind(who: Actor, quote: string, shown: object = {}): Promise<Loose> {
  const { papers } = await ask(listPapers, who);
  const acceptances = papers.map(({ id, hash }: Loose) => ({ document: id, hash, openedAt: now, acceptedAt: now }));
  return ask(bindPolicy, who, { quote, acceptances, ...shown }, `bind:${quote}:${now}`);
}

describe('a case of the desk', () => {
  test('is straight-through when no rule stands against it, and one person releases it', async () => {
    const firm = owner('clean');
    const { submission, quote } = await quoted('advisory', firm);
    expect(quote.quote.reasons).toEqual([]);

    const { items, mine } = await ask(listCases, underwriter, { queue: 'straight-through' });
    expect(items).toMatchObject([
      { submission, queue: 'straight-through', quote: quote.id, broker: null, summary: { premiumMinor: quote.quote.worksheet.premium.total } },
    ]);
    expect(mine.levels.map(({ level }: Loose) => level)).toEqual(['underwriter']);
    const released = await ask(releaseCases, underwriter, { cases: [{ submission, quote: quote.id }] });

    expect(released.released).toEqual([{ submission, queue: 'offered' }]);
    expect(await codeOf(ask(releaseCases, underwriter, { cases: [{ submission, quote: quote.id }] }))).toBe('not-straight-through');
  });

  test('shows every rule with its answer, what is missing, and nothing of it to the applicant or another insurer', async () => {
    const firm = owner('shown');
    const { submission } = await quoted('maker', firm);

    const seen = await ask(getCase, underwriter, { submission });
    expect(seen.checks.find(({ id }: Loose) => id === 'limit-above-desk-authority')).toMatchObject({ result: 'refers', authority: 'underwriting-manager' });
    expect(seen.checks.filter(({ result }: Loose) => result === 'passed').length).toBeGreaterThan(5);
    expect(seen.missing.map(({ id }: Loose) => id)).toContain('credit-code');
    expect(seen.appetite).toMatchObject({ appetite: 'standard' });
    expect(await codeOf(ask(getCase, rival, { submission }))).toBe('not-found');
    expect(await codeOf(ask(getCase, firm, { submission }))).toBe('not-permitted');
    expect((await ask(listCases, rival)).items).toEqual([]);
  });

  test('is open to one person at a time, who is named, until that person leaves or is not heard of', async () => {
    const { submission, quote } = await quoted('maker', owner('locked'));
    expect(await ask(holdCase, colleague, { submission })).toMatchObject({ openBy: null });
    expect(await ask(holdCase, manager, { submission })).toMatchObject({ openBy: 'wu' });
    expect((await ask(getCase, manager, { submission })).openBy).toBe('wu');
    const refused = await refusalOf(decide(manager, submission, quote));
    expect([refused.code, refused.facts.name]).toEqual(['case-open-elsewhere', 'wu']);

    await ask(leaveCase, colleague, { submission });
    expect(await ask(holdCase, manager, { submission })).toMatchObject({ openBy: null });
    await ask(leaveCase, manager, { submission });
    await ask(holdCase, colleague, { submission });
    now = instantFromMillis(start + 11 * 60_000);
    expect((await decide(manager, submission, quote)).outcome).toBe('approved');
  });

  test('is claimed by one, given to a colleague, and noted where only the insurer reads', async () => {
    const { submission } = await quoted('maker', owner('claimed'));
    const taken: (string | null)[] = [];
    for (let next = await ask(claimNextCase, underwriter); next.submission !== null; next = await ask(claimNextCase, underwriter)) taken.push(next.submission);
    expect(taken).toContain(submission);
    await ask(claimCase, underwriter, { submission, to: 'wu' });
    await ask(noteCase, underwriter, { submission, text: '请看供应商', to: ['wu'] });

    const { case: file } = await ask(getCase, underwriter, { submission });
    expect([file.assignee.name, file.notes[0].text]).toEqual(['wu', '请看供应商']);
    expect(await codeOf(ask(claimCase, underwriter, { submission, to: 'nobody' }))).toBe('unknown-colleague');
    expect(await codeOf(ask(noteCase, rival, { submission, text: 'x', to: [] }))).toBe('not-found');
  });
});

describe('a referral', () => {
  test('above the authority of who decides it is refused with the reason, proposed, and signed by somebody higher', async () => {
    const firm = owner('referred');
    const { submission, quote } = await quoted('maker', firm);
    expect(quote.state).toBe('referred');
    const refused = await refusalOf(decide(underwriter, submission, quote));
    expect(refused.code).toBe('authority-exceeded');
    expect(refused.facts.because).toContain('1,000 万元');

    await ask(holdCase, underwriter, { submission });
    const proposed = await decide(underwriter, submission, quote, { escalate: true, contingencies: [asked('recovery-exercise')] });
    expect(proposed).toMatchObject({ outcome: 'proposed', needs: 'underwriting-manager' });
    expect(await ask(holdCase, manager, { submission })).toMatchObject({ openBy: null });
    await ask(leaveCase, manager, { submission });
    const { case: file } = await ask(getCase, manager, { submission });
    const sign = (actor: Actor) => ask(signReferral, actor, { submission, agree: true, reason: '同意', seen: file.proposal.hash });
    const beyond = await refusalOf(sign(colleague));
    expect([beyond.code, beyond.facts.becauseEn]).toEqual(['authority-exceeded', expect.stringContaining('10 million')]);
    expect(await sign(manager)).toMatchObject({ outcome: 'approved', queue: 'offered' });

    const approved = await ask(getQuote, firm, { quote: quote.id });
    expect(approved).toMatchObject({
      state: 'quoted',
      quote: { outcome: 'quoted', reasons: [], binding: true },
      settled: { outcome: 'approved', reason: '整改记录可信' },
    });
    const after = await ask(getCase, underwriter, { submission });
    expect(after.case.decisions.at(-1).signatures.map(({ name }: Loose) => name)).toEqual(['yu', 'ma']);
    expect((await ask(listNotices, firm)).items.map(({ kind }: Loose) => kind)).toContain('quote-decided');
    expect(await codeOf(sign(manager))).toBe('nothing-to-decide');
  });

  test('for the committee takes two managers, and nobody signs twice', async () => {
    const { submission, quote } = await quoted('maker', owner('big'), { cover: { limitMinor: 4_000_000_000 } });
    expect(await decide(manager, submission, quote, { escalate: true })).toMatchObject({ outcome: 'proposed', needs: 'committee' });
    const { case: file } = await ask(getCase, manager, { submission });
    const sign = (actor: Actor) => ask(signReferral, actor, { submission, agree: true, reason: '同意', seen: file.proposal.hash });

    expect(await codeOf(sign(manager))).toBe('second-person-needed');
    expect(await sign(secondManager)).toMatchObject({ outcome: 'approved' });
  });

  test('is signed as it was read: a proposal in its place with other terms or another reason is another one', async () => {
    const { submission, quote } = await quoted('maker', owner('exchanged'));
    const given = (more: object) => terms(quote, more);
    const propose = async (reason: string, more: object) => {
      const { seen } = await ask(previewReferral, underwriter, { submission, quote: quote.id, terms: given(more) });
      await ask(decideReferral, underwriter, { submission, quote: quote.id, decision: 'approve', reason, seen, terms: given(more), escalate: true });
      return (await ask(getCase, manager, { submission })).case.proposal;
    };
    const strict = await propose('整改记录可信', { contingencies: [asked('recovery-exercise'), asked('offline-backup-proof')] });
    const sign = (seen: string) => ask(signReferral, manager, { submission, agree: true, reason: '同意', seen });

    const lax = await propose('整改记录可信', {});
    const refused = await refusalOf(sign(strict.hash));
    const reworded = await propose('无需条件', {});

    expect(strict.snapshot.hash).toBe(lax.snapshot.hash);
    expect([refused.code, refused.facts.whatEn]).toEqual(['quote-changed', 'the proposed terms or their reason']);
    expect(await codeOf(sign(lax.hash))).toBe('quote-changed');
    expect(await sign(reworded.hash)).toMatchObject({ outcome: 'approved' });
  });

  test('is not decided on what is no longer so: the change is named', async () => {
    const firm = owner('changing');
    const { submission, quote } = await quoted('maker', firm);
    const { seen } = await ask(previewReferral, manager, { submission, quote: quote.id, terms: terms(quote) });
    const { assessment } = await ask(getSubmission, firm, { submission });
    const given = answersOf('maker');
    const worse = Object.fromEntries(Object.entries(given.answers).map(([id, answer]) => [id, { ...(answer as object), value: 'unknown' }]));
    const version = (await import('./assessment.ts')).getAssessment;
    const file = await runner.run(version, { actor: firm, input: { assessment } }).then(({ output }) => output);
    await ask(saveAnswers, firm, {
      assessment,
      version: file.version,
      answers: { ...given, answers: { ...worse, noOpenIncident: given.answers.noOpenIncident } },
    });

    const refused = await refusalOf(
      ask(decideReferral, manager, { submission, quote: quote.id, decision: 'approve', reason: 'x', seen, terms: terms(quote), escalate: false }),
    );

    expect(refused.code).toBe('quote-changed');
    expect(refused.faults.map(({ path }: Loose) => path)).toEqual(expect.arrayContaining(['score', 'totalMinor']));
  });

  test('is returned for information, answered, and back with a person; or declined with the reason told', async () => {
    const firm = owner('asked');
    const { submission, quote } = await quoted('maker', firm);
    const { seen } = await ask(getCase, underwriter, { submission });
    const returned = await ask(decideReferral, underwriter, {
      submission,
      quote: quote.id,
      decision: 'return',
      reason: '请提供恢复演练记录',
      seen,
      terms: null,
      escalate: false,
    });
    expect(returned).toMatchObject({ outcome: 'returned', queue: 'information' });

    const { requests } = await ask(getProgress, firm, { submission });
    expect(requests).toMatchObject([{ text: '请提供恢复演练记录', answer: null }]);
    await ask(answerRequest, firm, { submission, request: requests[0].id, text: '见附件' });
    expect(await codeOf(ask(answerRequest, firm, { submission, request: requests[0].id, text: '再答' }))).toBe('nothing-asked');
    expect((await ask(getCase, underwriter, { submission })).case.queue).toBe('person');

    await ask(decideReferral, underwriter, { submission, quote: quote.id, decision: 'decline', reason: '损失未查清', seen, terms: null, escalate: false });
    expect(await ask(getQuote, firm, { quote: quote.id })).toMatchObject({ state: 'declined', settled: { outcome: 'declined', reason: '损失未查清' } });
  });

  /** A manager's or underwriter's plain decision on a quote, with what a preview shows now. */
  async function say(actor: Actor, { submission, quote }: { submission: string; quote: Loose }, decision: string, more: object = {}): Promise<Loose> {
    const { seen } = await ask(previewReferral, actor, { submission, quote: quote.id, terms: terms(quote) });
    return ask(decideReferral, actor, {
      ...{ submission, quote: quote.id, decision, reason: '已复核', seen, escalate: false },
      terms: decision === 'approve' ? terms(quote) : null,
      ...more,
    });
  }

  test('that a person declined stays declined, unless the same or a higher authority takes it back knowingly', async () => {
    const firm = owner('declined');
    const place = await quoted('maker', firm);
    await say(manager, place, 'decline');
    expect((await ask(getCase, manager, { submission: place.submission })).case.decisions.at(-1)).toMatchObject({ authority: 'underwriting-manager' });

    for (const decision of ['approve', 'decline', 'return']) expect(await codeOf(say(manager, place, decision))).toBe('nothing-to-decide');
    expect(await codeOf(say(underwriter, place, 'approve', { reverses: true, escalate: true }))).toBe('authority-exceeded');
    expect((await ask(getQuote, firm, { quote: place.quote.id })).state).toBe('declined');
    expect(await say(secondManager, place, 'approve', { reverses: true })).toMatchObject({ outcome: 'approved' });
  });

  test('is decided once when it is declined and approved at the same moment', async () => {
    const place = await quoted('maker', owner('both'));
    const answers = await Promise.all([codeOf(say(secondManager, place, 'decline')), codeOf(say(manager, place, 'approve'))]);

    expect(answers.sort()).toEqual(['allowed', 'nothing-to-decide']);
    const { case: file } = await ask(getCase, manager, { submission: place.submission });
    expect(file.decisions).toHaveLength(1);
  });

  test('declined beside offers that stand leaves the case open; the last one closes it', async () => {
    const firm = owner('beside');
    const { submission, quote } = await quoted('maker', firm);
    const second = await ask(addOfferTo, firm, { submission, cover: { ...quote.quote.cover, retentionMinor: quote.quote.cover.retentionMinor * 2 } });
    expect(second.state).toBe('referred');

    expect(await say(manager, { submission, quote }, 'decline')).toMatchObject({ queue: 'person' });
    expect((await ask(getCase, manager, { submission })).case.queue).toBe('person');
    expect(await say(manager, { submission, quote: second }, 'decline')).toMatchObject({ queue: 'closed' });
  });
});

describe('a contingency', () => {
  test('before binding blocks the bind until its evidence is accepted', async () => {
    const firm = owner('blocked');
    const { submission, quote } = await quoted('maker', firm);
    await decide(manager, submission, quote, { contingencies: [asked('loss-runs')] });
    const refused = await refusalOf(bind(firm, quote.id));
    expect([refused.code, refused.facts.titles]).toEqual(['contingency-open', '历史赔案资料']);
    expect([refused.message, refused.facts.titlesEn]).toEqual(['1 condition must be met before binding', asked('loss-runs').title.en]);

    const { contingencies } = await ask(getProgress, firm, { submission });
    expect(await codeOf(ask(handInEvidence, firm, { contingency: contingencies[0].id, note: 'x', file: '0'.repeat(64) }))).toBe('document-not-kept');
    await ask(handInEvidence, firm, { contingency: contingencies[0].id, note: '三年赔案说明', file: null });
    expect(await codeOf(bind(firm, quote.id))).toBe('contingency-open');
    expect(await codeOf(ask(decideContingency, rival, { contingency: contingencies[0].id, met: true, note: 'x' }))).toBe('not-found');
    await ask(decideContingency, underwriter, { contingency: contingencies[0].id, met: true, note: '已核' });

    expect((await bind(firm, quote.id)).policy.state).toBe('bound');
  });

  test('after binding makes the cover conditional; met in time, it is confirmed', async () => {
    const firm = owner('confirmed');
    const { submission, quote } = await quoted('maker', firm);
    await decide(manager, submission, quote, { contingencies: [asked('recovery-exercise')] });
    const policy = await bind(firm, quote.id);
    expect((await ask(getBinder, firm, { policy: policy.id })).binder).toMatchObject({ state: 'conditional', due: '2027-01-21' });

    const { contingencies } = await ask(getProgress, firm, { submission });
    await ask(handInEvidence, firm, { contingency: contingencies[0].id, note: '演练记录', file: null });
    await ask(decideContingency, underwriter, { contingency: contingencies[0].id, met: true, note: '已核' });
    now = day(90);
    expect(await ask(lapseBinders, system)).toMatchObject({ lapsed: 0 });

    expect((await ask(getBinder, firm, { policy: policy.id })).binder).toMatchObject({ state: 'confirmed' });
  });

  test('after binding that is not met lapses the cover by itself on the day after, with notice, and the premium of the days left goes back', async () => {
    const firm = owner('lapsing');
    const { submission, quote } = await quoted('maker', firm);
    await decide(manager, submission, quote, { contingencies: [asked('recovery-exercise')] });
    const policy = await bind(firm, quote.id);
    now = day(54);
    expect(await ask(lapseBinders, system)).toMatchObject({ lapsed: 0, told: 1 });
    now = day(60);
    expect(await ask(lapseBinders, system)).toMatchObject({ lapsed: 0, told: 0 });
    now = day(61);
    expect(await ask(lapseBinders, system)).toMatchObject({ lapsed: 1 });
    expect(await ask(lapseBinders, system)).toMatchObject({ lapsed: 0 });

    expect((await ask(getBinder, firm, { policy: policy.id })).binder).toMatchObject({ state: 'lapsed' });
    expect((await ask(getPolicy, firm, { policy: policy.id })).policy.state).toBe('cancelled');
    const { postings } = await ask(listPostings, underwriter, { policy: policy.id });
    const owed = postings.filter(({ account }: Loose) => account === 'premium-receivable').map(({ amountMinor }: Loose) => amountMinor);
    expect(owed[0]).toBe(policy.policy.premium.total.minor);
    // 61 of 365 days were borne: bound on 22 November, cover from the 23rd, lapsed on 22 January.
    expect(-owed[1] / owed[0]).toBeCloseTo(304 / 365, 6);
    expect((await ask(listNotices, firm)).items.map(({ kind }: Loose) => kind)).toEqual(expect.arrayContaining(['contingency-due', 'binder-lapsed']));
  });

  test('that lapses a subsidised cover takes the subsidy back by the rules of its scheme, once, in the same step', async () => {
    const firm = owner('subsidised');
    const officer = personOf('org_authority', { user: 'officer', name: 'officer', organisationKind: 'authority', roles: ['officer'] });
    const scheme = await ask(openSubsidyScheme, officer, { scheme: 'harbour-city-2026', budgetMinor: null }, 'open');
    const creditCode = '91330200MA0000HL2W';
    const { submission, quote } = await quoted('advisory', firm, { firm: { creditCode, ...twoLosses } });
    expect(quote.state).toBe('referred');
    await decide(manager, submission, quote, { contingencies: [asked('recovery-exercise')] });
    const chosen = { scheme: scheme.id, package: 'pine-enhanced', region: '示例港城' };
    const applied = await ask(applyForSubsidy, firm, { quote: quote.id, ...chosen }, 'apply');
    await ask(decideSubsidyApplication, officer, { application: applied.id, decision: 'approved', reason: '材料齐全' }, 'approve');
    const policy = await bind(firm, quote.id);
    now = day(61);
    await ask(lapseBinders, system);
    await ask(lapseBinders, system);

    const [after] = (await ask(listSubsidyApplications, firm, {})).items;
    // Its share of the premium that is returned is more than the 119 of 180 days that the scheme asks for and that were not served.
    const { cancellation } = (await ask(getPolicy, firm, { policy: policy.id })).policy;
    const backMinor = Math.round((applied.grant.subsidyMinor * cancellation.returnedMinor) / applied.grant.premiumMinor);
    expect(backMinor).toBeGreaterThan((applied.grant.subsidyMinor * 119) / 180);
    expect(after).toMatchObject({ state: 'returned', returned: { ends: '2027-01-23', amountMinor: backMinor } });
    const { postings } = await ask(listPostings, underwriter, { policy: policy.id });
    const owedBy = (account: string) =>
      postings.filter((one: Loose) => one.account === account).reduce((sum: number, { amountMinor }: Loose) => sum + amountMinor, 0);
    expect(owedBy('subsidy-receivable')).toBe(applied.grant.subsidyMinor - backMinor);
    const [notice] = (await ask(listNotices, firm)).items.filter(({ kind }: Loose) => kind === 'binder-lapsed');
    expect(notice.text.en).toContain(`CNY ${(backMinor / 100).toFixed(2)} of the subsidy goes back`);
  });

  test('is void when its policy is ended, the conditional cover over with it, and the subsidy goes back as previewed', async () => {
    const firm = owner('ended');
    const officer = personOf('org_authority', { user: 'officer', name: 'officer', organisationKind: 'authority', roles: ['officer'] });
    const scheme = await ask(openSubsidyScheme, officer, { scheme: 'harbour-new-area-2026', budgetMinor: null }, 'open-ended');
    const { submission, quote } = await quoted('advisory', firm, { firm: { creditCode: '91330200MA0000YYAR', ...twoLosses } });
    await decide(manager, submission, quote, { contingencies: [asked('recovery-exercise')] });
    const chosen = { scheme: scheme.id, package: 'pine-enhanced', region: '示例港城新区' };
    const applied = await ask(applyForSubsidy, firm, { quote: quote.id, ...chosen }, 'apply-ended');
    await ask(decideSubsidyApplication, officer, { application: applied.id, decision: 'approved', reason: '材料齐全' }, 'approve-ended');
    const policy = await bind(firm, quote.id);
    now = day(30);
    const seen = await ask(previewCancellation, firm, { policy: policy.id, ground: 'insured-request' });
    const confirmed = { policy: policy.id, ground: 'insured-request', ends: null, knownOn: null, paidMinor: null, returnedMinor: seen.plan.returnedMinor };

    const ended = await ask(cancelPolicy, firm, { ...confirmed, reason: '停业' }, 'cancel-ended');

    const [after] = (await ask(listSubsidyApplications, firm, {})).items;
    expect(after).toMatchObject({ state: 'returned', returned: { ends: seen.plan.ends, amountMinor: seen.subsidyReturnedMinor } });
    expect([ended.subsidyReturnedMinor, seen.subsidyReturnedMinor > 0]).toEqual([seen.subsidyReturnedMinor, true]);
    expect((await ask(getBinder, firm, { policy: policy.id })).binder).toMatchObject({ state: 'lapsed' });
    expect((await ask(listContingencies, firm, { policy: policy.id })).items.map(({ state }: Loose) => state)).toEqual(['void']);
    now = day(70);
    expect(await ask(lapseBinders, system)).toMatchObject({ lapsed: 0 });
    expect(await codeOf(ask(startRenewal, firm, { policy: policy.id }))).toBe('renewal-of-cancelled');
  });

  test('stays owed under a policy that its insured ends for a far day, and lapses it when it is missed', async () => {
    const firm = owner('far-day');
    const { submission, quote } = await quoted('maker', firm);
    await decide(manager, submission, quote, { contingencies: [asked('recovery-exercise')] });
    const policy = await bind(firm, quote.id);
    const ends = '2027-10-01';
    const { plan } = await ask(previewCancellation, firm, { policy: policy.id, ground: 'insured-request', ends });
    const seen = { ground: 'insured-request', ends, knownOn: null, paidMinor: null, reason: '停业', returnedMinor: plan.returnedMinor };
    await ask(cancelPolicy, firm, { policy: policy.id, ...seen }, 'cancel-far');

    expect((await ask(getBinder, firm, { policy: policy.id })).binder).toMatchObject({ state: 'conditional' });
    expect((await ask(listContingencies, firm, { policy: policy.id })).items.map(({ state }: Loose) => state)).toEqual(['open']);
    now = day(61);
    expect(await ask(lapseBinders, system)).toMatchObject({ lapsed: 1 });
    const { cancellation, premium } = (await ask(getPolicy, firm, { policy: policy.id })).policy;
    expect(cancellation).toMatchObject({ ground: 'condition-missed', ends: '2027-01-23', overtakes: [{ ground: 'insured-request', ends }] });
    const { postings } = await ask(listPostings, underwriter, { policy: policy.id });
    const owed = postings.filter(({ account }: Loose) => account === 'premium-receivable').reduce((sum: number, one: Loose) => sum + one.amountMinor, 0);
    expect(owed).toBe(premium.total.minor - cancellation.returnedMinor);
  });

  test('is waived only by authority, as a dated warranty whose sub-limit is in the cover and in its price', async () => {
    const firm = owner('waived');
    const { submission, quote } = await quoted('maker', firm);
    await decide(manager, submission, quote, { contingencies: [asked('recovery-exercise'), asked('loss-runs')] });
    const { contingencies, offers } = await ask(getProgress, firm, { submission });
    const [exercise, lossRuns] = ['recovery-exercise', 'loss-runs'].map((one) => contingencies.find(({ template }: Loose) => template === one));
    expect(await codeOf(waive(underwriter, exercise.id))).toBe('authority-exceeded');
    expect(await codeOf(waive(manager, lossRuns.id))).toBe('waiver-needs-warranty');
    expect(await waive(manager, exercise.id)).toMatchObject({
      state: 'waived',
      warranty: { subLimitMinor: 100_000_000, coverages: ['business-interruption'] },
    });

    const after = await ask(getQuote, firm, { quote: quote.id });
    expect(after.quote.cover.lines.find(({ coverage }: Loose) => coverage === 'business-interruption').subLimitMinor).toBe(100_000_000);
    expect(after.quote.worksheet.premium.total).toBeLessThan(offers[0].quote.worksheet.premium.total);
  });

  test('is waived by the measure of an approval: not on an assessment that closes the gate', async () => {
    const firm = owner('waived-late');
    const { submission, quote } = await quoted('maker', firm);
    await decide(manager, submission, quote, { contingencies: [asked('recovery-exercise')] });
    const { contingencies } = await ask(getProgress, firm, { submission });
    const { assessment } = await ask(getSubmission, firm, { submission });
    const { output: file } = await runner.run(getAssessment, { actor: firm, input: { assessment } });
    const given = answersOf('maker');
    const answers = Object.fromEntries(Object.entries<Loose>(given.answers).map(([id, answer]) => [id, { ...answer, value: 'no' }]));
    await ask(saveAnswers, firm, { assessment, version: file.version, answers: { ...given, answers } });

    const refused = await refusalOf(waive(manager, contingencies[0].id));

    expect(refused.code).toBe('decline-stands');
    expect((await ask(getQuote, firm, { quote: quote.id })).quote.worksheet.premium.total).toBe(quote.quote.worksheet.premium.total);
  });

  const small = { annualRevenue: { currency: 'CNY', minor: 100_000_000 }, employees: 3, personalRecords: 0, pastClaims: [] };
  /** An offer with one condition that can be waived, and that condition. */
  async function conditional(who: Actor): Promise<{ submission: string; quote: string; condition: string }> {
    const { submission, quote } = await quoted('maker', who);
    await decide(manager, submission, quote, { contingencies: [{ ...asked('offline-backup-proof'), stage: 'pre-bind' }] });
    const { contingencies } = await ask(getProgress, who, { submission });
    return { submission, quote: quote.id, condition: contingencies[0].id };
  }

  test('is waived on the facts that were priced: with these taken back, the offer is not bound at their price', async () => {
    const firm = owner('taken-back');
    const { submission, quote, condition } = await conditional(firm);
    const before = await ask(getQuote, firm, { quote });
    const facts = await changeFacts(firm, submission, small);
    const stale = before.quote.worksheet.premium.total;
    await waive(manager, condition);
    const waived = await ask(getQuote, firm, { quote });
    await changeFacts(firm, submission, facts);

    expect(waived.quote.worksheet.premium.total).toBeLessThan(stale / 2);
    expect(waived.assessmentVersion).toBeGreaterThan(before.assessmentVersion);
    expect(await codeOf(bind(firm, quote))).toBe('basis-changed');
    const { case: file } = await ask(getCase, manager, { submission });
    expect(file.decisions.at(-1)).toMatchObject({ outcome: 'approved', reason: '演练已排期', snapshot: { totalMinor: waived.quote.worksheet.premium.total } });
  });

  test('is not waived on facts or a price that its decider has not seen, nor with a sub-limit that limits nothing', async () => {
    const firm = owner('unseen');
    const { submission, quote, condition } = await conditional(firm);
    const { quote: offered } = await ask(getQuote, firm, { quote });
    const waiver = { contingency: condition, subLimitMinor: 100_000_000, from: '2027-02-01' };
    const { seen, changes } = await ask(previewConditionWaiver, manager, waiver);
    const most = Math.max(...offered.cover.lines.map(({ subLimitMinor }: Loose) => subLimitMinor));
    const useless = await refusalOf(waive(manager, condition, most));
    await changeFacts(firm, submission, small);

    const refused = await refusalOf(ask(waiveCondition, manager, { ...waiver, reason: '演练已排期', seen }));

    expect(changes.map(({ what }: Loose) => what)).toContain('totalMinor');
    expect([refused.code, refused.faults.map(({ path }: Loose) => path)]).toEqual(['quote-changed', expect.arrayContaining(['totalMinor'])]);
    expect([useless.code, useless.facts.titleEn]).toEqual(['warranty-limits-nothing', 'Proof of offline backup']);
    expect((await ask(getQuote, firm, { quote })).quote).toEqual(offered);
  });

  test('is printed as a dated warranty in schedule and wording, with the sub-limit that the policy pays by', async () => {
    const firm = owner('printed');
    const { quote, condition } = await conditional(firm);
    const waived = await waive(manager, condition, 50_000_000);

    const policy = await bind(firm, quote);

    await ask(getPolicySchedule, firm, { policy: policy.id });
    const schedule = printed.at(-1)!.data;
    const { wording } = await ask(getPolicyWording, firm, { policy: policy.id });
    const article = wording.text.sections.find(({ id }: Loose) => id === 'warranties').articles[0];
    expect(schedule.conditions).toContainEqual(waived.warranty.text);
    expect([article.title.en, article.text]).toEqual(['Proof of offline backup', waived.warranty.text]);
    expect(article.text.en).toMatch(/the due day is 2027-02-01\. Throughout the period .* is at most CNY 500,000$/);
    expect(article.text.zh).toContain('期限为 2027-02-01。在整个保险期间内');
    const limited = policy.policy.cover.lines.filter(({ coverage }: Loose) => waived.warranty.coverages.includes(coverage));
    expect(limited.map(({ subLimitMinor }: Loose) => subLimitMinor)).toEqual([50_000_000, 50_000_000]);
    for (const { coverage } of limited) expect(article.text.zh).toContain(paper.catalogue.coverages.get(coverage)!.title.zh);
  });

  test('leaves the worth of repairs as it is under the waived offer', async () => {
    const firm = owner('repairs-left');
    const { quote, condition } = await conditional(firm);
    const { quote: before } = await ask(getQuote, firm, { quote });

    await waive(manager, condition, 1_000_000);

    const { quote: after } = await ask(getQuote, firm, { quote });
    const worth = ({ repairs }: Loose) => repairs.reduce((sum: number, { premiumDelta }: Loose) => sum + premiumDelta, 0);
    expect(after.repairs).toHaveLength(before.repairs.length);
    expect([worth(before) < 0, worth(after) > worth(before)]).toEqual([true, true]);
  });
});

describe('offers side by side', () => {
  test('are up to three, each with its own price; exactly one of two binds at once wins, and the others end', async () => {
    const firm = owner('three');
    const { submission, quote } = await quoted('advisory', firm);
    const cover = quote.quote.cover;
    const smaller = await ask(addOfferTo, firm, { submission, cover: { ...cover, retentionMinor: 2_000_000 } });
    await ask(addOfferTo, firm, { submission, cover: { ...cover, limitMinor: 300_000_000 } });
    expect(await codeOf(ask(addOfferTo, firm, { submission, cover }))).toBe('offers-full');
    const { offers } = await ask(getProgress, firm, { submission });
    expect(offers.map(({ offer }: Loose) => offer)).toEqual([1, 2, 3]);
    expect(new Set(offers.map(({ quote: one }: Loose) => one.worksheet.premium.total)).size).toBe(3);

    const both = await Promise.allSettled([bind(firm, quote.id), bind(firm, smaller.id)]);
    const won = both.filter(({ status }) => status === 'fulfilled');
    const lost = both.find(({ status }) => status === 'rejected') as PromiseRejectedResult;
    expect(won).toHaveLength(1);
    expect((lost.reason as Refusal).code).toBe('another-offer-bound');
    const states = await Promise.all(offers.map(async ({ id }: Loose) => (await ask(getQuote, firm, { quote: id })).state));
    expect(states.sort()).toEqual(['bound', 'withdrawn', 'withdrawn']);
  });

  test('are withdrawn and prolonged with a reason, and run out by themselves', async () => {
    const firm = owner('ending');
    const { submission, quote } = await quoted('advisory', firm);
    const second = await ask(addOfferTo, firm, { submission, cover: { ...quote.quote.cover, retentionMinor: 2_000_000 } });
    await ask(withdrawOffer, underwriter, { quote: second.id, reason: '客户只要第一方案' });
    expect(await ask(getQuote, firm, { quote: second.id })).toMatchObject({ state: 'withdrawn', remarks: [{ kind: 'withdrawn', reason: '客户只要第一方案' }] });
    await ask(prolongOffer, underwriter, { quote: quote.id, days: 10, reason: '等待董事会' });
    expect(await codeOf(ask(prolongOffer, underwriter, { quote: quote.id, days: 60, reason: 'x' }))).toBe('validity-too-long');
    expect(await codeOf(ask(prolongOffer, rival, { quote: quote.id, days: 1, reason: 'x' }))).toBe('not-found');
    now = day(35);
    expect((await ask(expireQuotes, system)).expired).toBeGreaterThanOrEqual(0);
    expect((await ask(getQuote, firm, { quote: quote.id })).state).toBe('quoted');
    now = day(41);
    await ask(expireQuotes, system);

    expect((await ask(getQuote, firm, { quote: quote.id })).state).toBe('expired');
    expect(await ask(getSubmission, firm, { submission })).toMatchObject({ state: 'expired', offers: [] });
    expect((await ask(requestQuote, firm, { submission })).state).not.toBe('expired');
  });
});

describe('a subsidy applied for on an offer', () => {
  const officer = personOf('org_authority', { user: 'officer', name: 'officer', organisationKind: 'authority', roles: ['officer'] });
  const region = '示例港城';
  const schemeFile = async (name: string): Promise<Loose> =>
    (await ask(listSubsidySchemes, officer)).schemes.find(({ scheme }: Loose) => scheme.id === name) ??
    ask(openSubsidyScheme, officer, { scheme: name, budgetMinor: null }, `open-${name}`);
  let applications = 0;
  const apply = async (who: Actor, quote: Loose, name = 'harbour-city-2026'): Promise<Loose> =>
    ask(applyForSubsidy, who, { quote: quote.id, scheme: (await schemeFile(name)).id, package: 'pine-enhanced', region }, `apply-offer-${(applications += 1)}`);
  const approve = ({ id }: Loose): Promise<Loose> =>
    ask(decideSubsidyApplication, officer, { application: id, decision: 'approved', reason: '材料齐全' }, `approve-${id}`);
  const standing = async (who: Actor, { id }: Loose): Promise<Loose> => (await ask(listSubsidyApplications, who)).items.find((one: Loose) => one.id === id);
  const owed = async (policy: Loose): Promise<Record<string, number>> => {
    const sums: Record<string, number> = {};
    for (const { account, amountMinor } of (await ask(listPostings, underwriter, { policy: policy.id })).postings)
      sums[account] = (sums[account] ?? 0) + amountMinor;
    return sums;
  };

  test('follows the price when a waiver changes it: it is decided again, the firm is told, and both together pay the premium', async () => {
    const firm = owner('repriced');
    const { submission, quote } = await quoted('advisory', firm, { firm: { creditCode: '91330200MA00TB001D', ...twoLosses } });
    await decide(manager, submission, quote, { contingencies: [asked('recovery-exercise')] });
    const before = await schemeFile('harbour-city-2026');
    const applied = await apply(firm, quote);
    await approve(applied);
    const [contingency] = (await ask(getProgress, firm, { submission })).contingencies;
    await waive(manager, contingency.id, 1_000_000);

    const after = await standing(firm, applied);
    const premiumMinor = (await ask(getQuote, firm, { quote: quote.id })).quote.worksheet.premium.total;
    expect(premiumMinor).toBeLessThan(applied.grant.premiumMinor);
    expect(after).toMatchObject({ state: 'approved', grant: { premiumMinor, subsidyMinor: Math.floor(premiumMinor / 2) } });
    expect((await schemeFile('harbour-city-2026')).leftMinor).toBe(before.leftMinor - after.grant.subsidyMinor);
    const [notice] = (await ask(listNotices, firm)).items.filter(({ kind }: Loose) => kind === 'subsidy-changed');
    expect(notice.text.en).toContain(`the subsidy applied for becomes ${(after.grant.subsidyMinor / 100).toFixed(2)}`);
    const refused = await refusalOf(bind(firm, quote.id, { subsidyMinor: applied.grant.subsidyMinor }));
    expect([refused.code, refused.facts.now]).toEqual(['subsidy-changed', after.grant.subsidyMinor]);
    expect(await owed(await bind(firm, quote.id))).toMatchObject({
      'premium-receivable': premiumMinor - after.grant.subsidyMinor,
      'subsidy-receivable': after.grant.subsidyMinor,
    });
  });

  test('begins when the cover does: bound a month later, its days count from there', async () => {
    const firm = owner('late');
    const { quote } = await quoted('advisory', firm, { firm: { creditCode: '91330200MA00TB002G' } });
    const applied = await apply(firm, quote, 'harbour-new-area-2026');
    await approve(applied);
    now = day(29);
    const policy = await bind(firm, quote.id);

    const { grant } = await standing(firm, applied);
    expect([applied.grant.begins, grant.begins]).toEqual(['2026-11-23', '2026-12-22']);
    expect(policy.policy.period.from).toContain(grant.begins);
    now = day(366);
    const { subsidyReturnedMinor } = await ask(previewCancellation, firm, { policy: policy.id, ground: 'insured-request' });
    expect(subsidyReturnedMinor).toBe(grant.subsidyMinor);
  });

  test('is over where its cover would begin after the scheme has ended, and whoever binds is told before', async () => {
    const firm = owner('beyond');
    const { quote } = await quoted('advisory', firm, { firm: { creditCode: '91330200MA00TB003K' } });
    const applied = await apply(firm, quote, 'ending-2026');
    await approve(applied);
    now = day(20);
    const refused = await refusalOf(bind(firm, quote.id));

    expect([refused.code, refused.facts.becauseEn]).toEqual(['subsidy-changed', 'the cover does not begin within the scheme']);
    const policy = await bind(firm, quote.id, { subsidyMinor: 0 });
    expect((await standing(firm, applied)).state).toBe('lapsed');
    expect(await owed(policy)).toMatchObject({ 'premium-receivable': policy.policy.premium.total.minor });
  });

  test('waits as long as its offer, also when that is prolonged and strangers apply in between', async () => {
    const [firm, stranger] = [owner('prolonged'), owner('stranger')];
    const { quote } = await quoted('advisory', firm, { firm: { creditCode: '91330200MA00TB004N' } });
    const applied = await apply(firm, quote);
    await approve(applied);
    await ask(prolongOffer, underwriter, { quote: quote.id, days: 10, reason: '等待董事会' });
    expect((await standing(firm, applied)).validUntil).toBe((await ask(getQuote, firm, { quote: quote.id })).quote.validUntil);
    now = day(35);
    const other = await quoted('advisory', stranger, { firm: { creditCode: '91330200MA00TB005R' } });
    await apply(stranger, other.quote);
    await bind(firm, quote.id);

    expect((await standing(firm, applied)).state).toBe('granted');
  });

  const ends: [string, string, (to: { firm: Actor; submission: string; quote: Loose; second: Loose }) => Promise<unknown>][] = [
    ['another quote of its submission is bound', 'another quote of the same submission was bound', ({ firm, second }) => bind(firm, second.id)],
    ['it is withdrawn', 'the quote was withdrawn', ({ quote }) => ask(withdrawOffer, underwriter, { quote: quote.id, reason: '资料有误' })],
    ['a newer quote replaces it', 'a newer quote took the place of this one', ({ firm, submission }) => ask(requestQuote, firm, { submission })],
    ['its submission is withdrawn', 'withdrawn or closed', ({ firm, submission }) => ask(withdrawSubmission, firm, { submission, reason: '明年再保' })],
    [
      'it runs out',
      'the quote ran out',
      async () => {
        now = day(31);
        await ask(expireQuotes, system);
      },
    ],
  ];
  const codes = ['91330200MA00TB006W', '91330200MA00TB0070', '91330200MA00TB0083', '91330200MA00TB0096', '91330200MA00TB010B'];
  test.each(ends.map((one, at) => [...one, codes[at]!] as const))('ends when %s, and its money is free again', async (_, reason, end, creditCode) => {
    const firm = owner(`end-${creditCode}`);
    const { submission, quote } = await quoted('advisory', firm, { firm: { creditCode } });
    const second = await ask(addOfferTo, firm, { submission, cover: { ...quote.quote.cover, retentionMinor: 2_000_000 } });
    const { leftMinor } = await schemeFile('harbour-city-2026');
    const applied = await apply(firm, quote);
    await end({ firm, submission, quote, second });

    const after = await standing(firm, applied);
    expect([after.state, after.lapsed.reason.en]).toEqual(['lapsed', expect.stringContaining(reason)]);
    expect((await schemeFile('harbour-city-2026')).leftMinor).toBe(leftMinor);
    expect(await codeOf(approve(applied))).toBe('move-not-allowed');
    expect((await ask(listNotices, firm)).items.find(({ kind }: Loose) => kind === 'subsidy-changed').text.en).toContain(reason);
  });
});

describe('clearance', () => {
  const firm = { name: '示例双投科技有限公司', creditCode: '91510100MA0000WC36' };

  test('holds the same firm through a second broker, says since when and nothing else, and lets it go by the broker of record', async () => {
    const first = await quoted('advisory', broker('a'), { firm });
    now = day(1);
    const second = await submitted('advisory', broker('b'), { firm: { ...firm, name: '示例双投科技（宁波）公司' } });
    const refused = await refusalOf(ask(requestQuote, broker('b'), { submission: second }));
    expect([refused.code, refused.facts]).toEqual(['already-being-considered', { since: day(0) }]);
    expect((await ask(getProgress, broker('b'), { submission: second })).clearance).toEqual({ state: 'blocked', since: day(0) });
    expect((await ask(listCases, underwriter, { queue: 'blocked' })).items).toMatchObject([{ submission: second, broker: '示例经纪乙', blockedSince: day(0) }]);

    const release = (actor: Actor) => ask(releaseClearance, actor, { submission: second, ground: 'broker-of-record', reason: '企业出具指定经纪人函' });
    expect(await codeOf(release(underwriter))).toBe('not-permitted');
    await release(manager);

    expect((await ask(requestQuote, broker('b'), { submission: second })).state).toBe('quoted');
    expect((await ask(getSubmission, broker('a'), { submission: first.submission })).state).toBe('closed');
    expect((await ask(getQuote, broker('a'), { quote: first.quote.id })).state).toBe('withdrawn');
    expect((await ask(listNotices, broker('a'))).items.map(({ kind }: Loose) => kind)).toContain('submission-closed');
  });

  test('of two that come at once lets exactly one through', async () => {
    const same = { name: '示例同时科技有限公司', creditCode: null };
    const files = await Promise.all(
      ['a', 'b'].map(async (name) => ({ who: broker(name), assessment: await assessed('advisory', broker(name), { firm: same }) })),
    );
    const cover = yaml('advisory/package.yaml');

    const both = await Promise.all(files.map(({ who, assessment }) => ask(createSubmission, who, { assessment, cover, insurer: null })));
    const states = await Promise.all(both.map(({ id }, i) => ask(getProgress, files[i]!.who, { submission: id })));

    expect(states.map(({ clearance }) => clearance.state).sort()).toEqual(['blocked', 'clear']);
  });

  test('asks no question of the same file asked about anew, nor of another firm of the same name', async () => {
    const named = { name: '示例重名科技有限公司', creditCode: '91330200MA0000YX0R' };
    const who = owner('anew');
    const assessment = await assessed('advisory', who, { firm: named });
    const cover = yaml('advisory/package.yaml');
    await ask(createSubmission, who, { assessment, cover, insurer: null });
    const again = await ask(createSubmission, who, { assessment, cover, insurer: null });
    expect((await ask(getProgress, who, { submission: again.id })).clearance.state).toBe('clear');

    const other = await submitted('advisory', owner('namesake'), { firm: { ...named, creditCode: '91330100MA0000CH15' } });
    expect((await ask(getProgress, owner('namesake'), { submission: other })).clearance.state).toBe('clear');
  });
});

test('a case that cannot be read whole, its grant being yet to begin, does not take the list down', async () => {
  await quoted('advisory', owner('later'));
  now = instantFromMillis(start - 3_600_000);

  const { items } = await ask(listCases, underwriter);

  expect(items[0]).toMatchObject({ firm: expect.any(String), quote: null });
});

test('a past loss that is dated after today is refused where it is entered', async () => {
  const future = { pastClaims: [{ ...twoLosses.pastClaims[0], on: '2026-11-23' }] };
  const refused = await refusalOf(assessed('advisory', owner('seer'), { firm: future }));
  expect([refused.code, refused.faults[0].path]).toEqual(['loss-from-the-future', 'firm.pastClaims.0.on']);
});

describe('a quote whose firm has changed since', () => {
  const change = async (who: Actor, submission: string, edit: (answers: Loose) => Loose) => {
    const { assessment } = await ask(getSubmission, who, { submission });
    const { output: file } = await runner.run(getAssessment, { actor: who, input: { assessment } });
    const stamped = new Set(['id', 'by', 'at']);
    const given = Object.fromEntries(
      Object.entries<Loose>(file.answers.answers).map(([id, answer]) => [
        id,
        Object.fromEntries(Object.entries(edit({ id, ...answer })).filter(([field]) => !stamped.has(field))),
      ]),
    );
    await ask(saveAnswers, who, { assessment, version: file.version, answers: { ...file.answers, answers: given } });
  };

  test('is not bound when it would be declined now, says what changed, and a new quote is asked for', async () => {
    const who = owner('turned');
    const { submission, quote } = await quoted('advisory', who);
    await change(who, submission, (answer) => (answer.value === 'yes' ? { ...answer, value: 'no' } : answer));

    const refused = await refusalOf(bind(who, quote.id));

    expect([refused.code, refused.kind]).toEqual(['basis-changed', 'conflict']);
    expect(refused.facts.what).toContain('项回答');
    expect(refused.facts.whatEn).toContain('Is a second factor required for company mail');
    expect(refused.facts.reasonsEn).not.toBe('');
    expect((await ask(getQuote, who, { quote: quote.id })).state).toBe('quoted');
    expect((await ask(requestQuote, who, { submission })).state).not.toBe('quoted');
  });

  test('is written in the name and code that were screened, quoted and bound, also when the firm submitted under another', async () => {
    const who = owner('renamed');
    const submission = await submitted('advisory', who, { firm: { name: '示例旧名科技有限公司' } });
    const { assessment } = await ask(getSubmission, who, { submission });
    const { output: file } = await runner.run(getAssessment, { actor: who, input: { assessment } });
    await ask(saveFirm, who, { assessment, version: file.version, firm: { ...file.firm, name: '示例新名科技有限公司', creditCode: '91510100MA0000WC36' } });

    const quote = await ask(requestQuote, who, { submission });

    expect(quote.firm).toBe('示例新名科技有限公司');
    expect((await bind(who, quote.id)).policy.insured).toEqual({ name: '示例新名科技有限公司', creditCode: '91510100MA0000WC36' });
  });

  test('is not bound at the price of a smaller firm than it is', async () => {
    const who = owner('grown');
    const { submission, quote } = await quoted('advisory', who);
    const { assessment } = await ask(getSubmission, who, { submission });
    const { output: file } = await runner.run(getAssessment, { actor: who, input: { assessment } });
    await ask(saveFirm, who, { assessment, version: file.version, firm: { ...file.firm, annualRevenue: { currency: 'CNY', minor: 5_000_000_000_000 } } });

    const refused = await refusalOf(bind(who, quote.id));

    expect(refused.code).toBe('basis-changed');
    expect(refused.facts.reasonsEn).toContain('the premium would be higher');
  });

  test('binds at its price when nothing got worse, and whatever time does within its validity', async () => {
    const who = owner('aged');
    const { submission, quote } = await quoted('advisory', who);
    await change(who, submission, (answer) => (answer.value === 'yes' && answer.kind === 'self-declared' ? { ...answer, note: '再次确认' } : answer));
    now = day(25);

    expect((await bind(who, quote.id)).policy.premium.total.minor).toBe(quote.quote.worksheet.premium.total);
  });

  test('binds when only time stands against it, though the firm has changed something else', async () => {
    const who = owner('ageing');
    const until = day(5).slice(0, 10);
    const given = answersOf('advisory').answers;
    const shortLived = Object.fromEntries(Object.entries<Loose>(given).map(([id, one]) => [id, one.value === 'yes' ? { ...one, until } : one]));
    const { submission, quote } = await quoted('advisory', who, { answers: shortLived });
    expect(quote.state).toBe('quoted');
    now = day(25);
    await change(who, submission, (answer) => (answer.id === 'isoCertified' ? { ...answer, value: 'unknown' } : answer));
    const afresh = await submitted('advisory', owner('ageing-afresh'), { answers: shortLived });

    expect((await ask(requestQuote, owner('ageing-afresh'), { submission: afresh })).state).not.toBe('quoted');
    expect((await bind(who, quote.id)).policy.premium.total.minor).toBe(quote.quote.worksheet.premium.total);
  });
});

describe('the limits of one firm', () => {
  const cover = { limitMinor: 800_000_000 };
  const firm = { name: '示例多份科技有限公司', creditCode: '91330100MA0000HG5W' };

  test('count together: a second policy goes to a person, and the sum decides whose authority it takes', async () => {
    const first = await quoted('software', owner('many'), { firm, cover });
    expect(first.quote.state).toBe('quoted');
    const { number } = (await bind(owner('many'), first.quote.id)).policy;

    const second = await quoted('software', owner('many'), { firm, cover });
    expect(second.quote.quote.reasons).toMatchObject([
      {
        ...{ code: 'limits-of-firm-together', authority: 'underwriting-manager' },
        text: {
          zh: expect.stringContaining(`合计 16,000,000 元：本次 8,000,000 元，保单 ${number} 8,000,000 元`),
          en: expect.stringContaining(`policy ${number}`),
        },
      },
    ]);
    expect(await codeOf(decide(underwriter, second.submission, second.quote))).toBe('authority-exceeded');
    expect((await decide(manager, second.submission, second.quote)).outcome).toBe('approved');
    await bind(owner('many'), second.quote.id);

    const third = await quoted('software', owner('many'), { firm: { ...firm, name: '示例改名科技有限公司' }, cover: { limitMinor: 1_600_000_000 } });
    expect(await codeOf(decide(manager, third.submission, third.quote))).toBe('authority-exceeded');
  });

  test('count for an applicant that gives itself another name and no code; a broker applies for many firms', async () => {
    const named = (name: string) => ({ firm: { name, creditCode: null }, cover });
    await bind(owner('two-names'), (await quoted('software', owner('two-names'), named('示例甲名科技有限公司'))).quote.id);
    const other = await quoted('software', owner('two-names'), named('示例乙名软件有限公司'));
    await bind(broker('a'), (await quoted('software', broker('a'), named('示例丙名科技有限公司'))).quote.id);
    const client = await quoted('software', broker('a'), named('示例丁名软件有限公司'));

    expect(other.quote.quote.reasons).toMatchObject([{ code: 'limits-of-firm-together' }]);
    expect(client.quote.quote.reasons).toEqual([]);
  });

  test('are told to the insurer, and not to another applicant of the same firm', async () => {
    const twice = { name: '示例双人投保科技有限公司', creditCode: '91330200MA0001AA48' };
    const first = await quoted('software', owner('before'), { firm: twice, cover });
    const { number } = (await bind(owner('before'), first.quote.id)).policy;
    const { submission, quote } = await quoted('software', owner('after'), { firm: twice, cover });
    const told = JSON.stringify([quote.quote.reasons, await ask(getProgress, owner('after'), { submission })]);
    const { checks } = await ask(getCase, underwriter, { submission });

    expect(quote.state).toBe('referred');
    expect([told.includes(number), told.includes('16,000,000')]).toEqual([false, false]);
    expect(checks[0]).toMatchObject({ id: 'limits-of-firm-together', result: 'refers', text: { zh: expect.stringContaining(`保单 ${number} 8,000,000 元`) } });
  });

  test('do not count a policy that was ended, nor the one that a renewal follows', async () => {
    const who = owner('ended-and-renewed');
    const file = { firm: { name: '示例退保再投科技有限公司', creditCode: '91330200MA0001AA5B' }, cover };
    const ended = await bind(who, (await quoted('software', who, file)).quote.id);
    now = day(3);
    const { plan } = await ask(previewCancellation, who, { policy: ended.id, ground: 'insured-request' });
    const seen = { ground: 'insured-request', ends: null, knownOn: null, paidMinor: null, reason: '更换方案', returnedMinor: plan.returnedMinor };
    await ask(cancelPolicy, who, { policy: ended.id, ...seen }, 'cancel-for-another');
    now = day(10);

    const { quote } = await quoted('software', who, file);
    const policy = await bind(who, quote.id);
    now = `${(await ask(getRenewal, who, { policy: policy.id })).opensOn}T02:00:00Z`;
    const renewal = await ask(startRenewal, who, { policy: policy.id });
    const renewed = await ask(requestQuote, who, { submission: renewal.id });
    const early = await refusalOf(ask(addOfferTo, who, { submission: renewal.id, cover: { ...renewal.cover, from: null } }));
    now = `${renewal.cover.from}T02:00:00Z`;
    const late = await ask(addOfferTo, who, { submission: renewal.id, cover: { ...renewal.cover, from: null } });

    expect(quote.quote.reasons).toEqual([]);
    expect([early.code, early.facts.field, early.facts.earliest]).toEqual(['renewal-overlaps', 'cover.from', renewal.cover.from]);
    for (const one of [renewed, late]) expect(one.quote.reasons.map(({ code }: Loose) => code)).not.toContain('limits-of-firm-together');
  });

  test('count under what the firm is called now: renamed and given a code, it is found by both, and by the code once it drops it', async () => {
    const who = owner('recoded');
    const code = '91330200MA0001AA6E';
    const { submission } = await quoted('software', who, { firm: { name: '示例原名科技有限公司' }, cover });
    const { assessment } = await ask(getSubmission, who, { submission });
    const rename = async (firm: object) => {
      const { output: file } = await runner.run(getAssessment, { actor: who, input: { assessment } });
      await ask(saveFirm, who, { assessment, version: file.version, firm: { ...file.firm, ...firm } });
      await ask(requestQuote, who, { submission });
      return (await ask(getCase, underwriter, { submission })).case;
    };

    expect(await rename({ name: '示例新名科技有限公司', creditCode: code })).toMatchObject({ firm: '示例新名科技有限公司', codeKey: `code:${code}` });
    expect(await rename({ creditCode: null })).toMatchObject({ codeKey: `code:${code}`, nameKey: expect.stringContaining('示例新名') });
  });

  test('count offers that stand, those of one submission once, and of two decided at once the second is referred', async () => {
    const who = owner('offered-twice');
    const assessment = await assessed('software', who);
    const asked = { ...yaml('software/package.yaml'), ...cover };
    const made = [];
    for (let n = 0; n < 2; n += 1) made.push(await ask(createSubmission, who, { assessment, cover: asked, insurer: null }));

    const states = (await Promise.all(made.map(({ id }) => ask(requestQuote, who, { submission: id })))).map(({ state }) => state);
    const quotedFirst = made[states.indexOf('quoted')]!.id;

    expect(states.sort()).toEqual(['quoted', 'referred']);
    const again = await ask(addOfferTo, who, { submission: quotedFirst, cover: { ...asked, retentionMinor: asked.retentionMinor * 2 } });
    expect(again.state).toBe('quoted');
  });
});

describe('two quotes of one firm that were quoted at once', () => {
  const limitMinor = 500_000_000;
  const asked = yaml('software/package.yaml');
  const lines = asked.lines.map((line: Loose) => ({ ...line, subLimitMinor: Math.min(line.subLimitMinor, limitMinor) }));
  const both = async (name: string) => {
    const who = owner(name);
    const assessment = await assessed('software', who);
    const made: Loose[] = [];
    for (let n = 0; n < 2; n += 1) {
      const { id } = await ask(createSubmission, who, { assessment, cover: { ...asked, limitMinor, lines }, insurer: null });
      made.push(await ask(requestQuote, who, { submission: id }));
    }
    expect(made.map(({ state }) => state)).toEqual(['quoted', 'quoted']);
    return { who, made };
  };

  test('become one policy; the other is refused, quoted anew, and bound once a person has looked at both', async () => {
    const { who, made } = await both('half-and-half');
    const { number } = (await bind(who, made[0].id)).policy;

    const refused = await refusalOf(bind(who, made[1].id));
    const anew = await ask(requestQuote, who, { submission: made[1].submission });

    expect([refused.code, refused.kind]).toEqual(['limits-not-looked-at', 'conflict']);
    expect(refused.facts.reason).toContain(`合计 10,000,000 元：本次 5,000,000 元，保单 ${number} 5,000,000 元`);
    expect((await ask(getQuote, who, { quote: made[1].id })).policy).toBeNull();
    expect(anew.quote.reasons).toMatchObject([{ code: 'limits-of-firm-together', authority: 'underwriter' }]);
    await decide(underwriter, made[1].submission, anew);
    expect((await bind(who, anew.id)).policy.state).toBe('bound');
  });

  test('and bound at once become one policy as well', async () => {
    const { who, made } = await both('at-once');

    const codes = (await Promise.all(made.map(({ id }) => refusalOf(bind(who, id))))).map(({ code }) => code);

    expect(codes.sort()).toEqual(['allowed', 'limits-not-looked-at']);
  });
});

describe('screening', () => {
  test('refers a firm on a list without telling the applicant of it, and a cleared false hit refers no more', async () => {
    const firm = owner('listed');
    const { submission, quote } = await quoted('advisory', firm, { firm: { name: '示例雾港 科技有限责任公司' } });
    expect(quote.quote.reasons).toMatchObject([{ code: 'identity-check', authority: 'underwriting-manager' }]);
    expect(JSON.stringify(quote)).not.toContain('骗赔');

    const { case: file } = await ask(getCase, manager, { submission });
    expect(file.screening).toMatchObject({ lists: paper.desk.screening.version, hits: [{ key: 'invented-refusals/ir-2', by: 'similar-name' }] });
    const clear = (actor: Actor, key: string) => ask(clearScreeningHit, actor, { submission, key, reason: '信用代码不同' });
    expect(await codeOf(clear(underwriter, 'invented-refusals/ir-2'))).toBe('not-permitted');
    expect(await codeOf(clear(manager, 'invented-refusals/ir-9'))).toBe('screening-hit-unknown');
    await clear(manager, 'invented-refusals/ir-2');

    expect(await ask(requestQuote, firm, { submission })).toMatchObject({ state: 'quoted' });
  });
});

test('a requested retention below the floor for the firm’s size is raised, and the quote says so', async () => {
  const firm = owner('floor');
  const { submission, quote } = await quoted('maker', firm, { cover: { retentionMinor: 1_000_000 } });
  const { assessment, cover } = await ask(getSubmission, firm, { submission });
  const preview = await ask(previewPrice, firm, { assessment, cover });

  expect([cover.retentionMinor, preview.adjustments]).toEqual([1_000_000, quote.quote.adjustments]);
  expect(quote.quote.cover.retentionMinor).toBe(20_000_000);
  expect(quote.quote.adjustments).toMatchObject([{ rule: 'retention-revenue-500m', term: 'retention', asked: 1_000_000, applied: 20_000_000 }]);
});

describe('a renewal', () => {
  test('says what changed since last year, its causes add up, and its submission is prefilled and held by nothing', async () => {
    const firm = owner('renewing');
    const { submission, quote } = await quoted('advisory', firm);
    const policy = await bind(firm, quote.id);
    now = day(300);
    const { assessment } = await ask(getSubmission, firm, { submission });
    const { output: file } = await runner.run(getAssessment, { actor: firm, input: { assessment } });
    const given = answersOf('advisory');
    const [changed] = Object.keys(given.answers).filter((id) => given.answers[id].value === 'yes');
    const answers = { ...given, answers: { ...given.answers, [changed!]: { ...given.answers[changed!], value: 'no' } } };
    await ask(saveAnswers, firm, { assessment, version: file.version, answers });

    const renewal = await ask(getRenewal, firm, { policy: policy.id });
    expect(renewal.beforeMinor).toBe(policy.policy.premium.total.minor);
    expect(renewal.causes.reduce((sum: number, { deltaMinor }: Loose) => sum + deltaMinor, renewal.beforeMinor)).toBe(renewal.nowMinor);
    expect(renewal.causes.find(({ id }: Loose) => id === 'paper').deltaMinor).toBe(0);
    expect(renewal.answers).toMatchObject([{ id: changed, before: 'yes', after: 'no' }]);
    expect([renewal.firm, renewal.terms, renewal.losses.before]).toEqual([[], [], renewal.losses.now]);
    expect(await codeOf(ask(getRenewal, rival, { policy: policy.id }))).toBe('not-found');

    now = `${renewal.opensOn}T02:00:00Z`;
    const both = await Promise.all([1, 2].map(() => refusalOf(ask(startRenewal, firm, { policy: policy.id }))));
    const [started] = (await ask(listSubmissions, firm, {})).items.filter(({ renews }: Loose) => renews === policy.id);
    expect(both.map(({ code }) => code).sort()).toEqual(['allowed', 'renewal-runs-already']);
    expect(both.find(({ code }) => code === 'renewal-runs-already').facts).toMatchObject({ submission: started.id, state: 'open' });
    expect(started).toMatchObject({ renews: policy.id, cover: { from: dayAfter(renewal.endsOn), limitMinor: policy.policy.cover.limitMinor } });
    expect((await ask(getProgress, firm, { submission: started.id })).clearance.state).toBe('clear');

    const { plan } = await ask(previewCancellation, firm, { policy: policy.id, ground: 'insured-request' });
    const seen = { ground: 'insured-request', ends: null, knownOn: null, paidMinor: null, reason: '停业', returnedMinor: plan.returnedMinor };
    await ask(cancelPolicy, firm, { policy: policy.id, ...seen }, 'cancel-renewed');
    expect(await codeOf(ask(getRenewal, firm, { policy: policy.id }))).toBe('renewal-of-cancelled');
    const said = (actor: Actor) =>
      ask(listNotices, actor).then(({ items }) => items.find(({ subject }: Loose) => subject.startsWith(`renewal-gap ${started.id}`)));
    for (const notice of [await said(firm), await said(underwriter)])
      expect(notice.text.zh).toContain(`自 ${plan.ends} 起至续保起保日 ${started.cover.from} 前没有保障`);
  });
});
