import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { useDatabase } from '../../test/postgres.ts';
import { personOf, receivedBy, runnerOver } from '../../test/runner.ts';
import { cover, firm } from '../../test/cases/assessment-world.ts';
import type { Finding, ScannerReport, TrackedFinding } from '../domain/assessment/index.ts';
import { instantFromMillis, Refusal, stableId } from '../domain/basics/index.ts';
import type { ThreatOutlook } from '../domain/threats/index.ts';
import { loadContent } from '../io/content/index.ts';
import { openQueue, type OpenQueue } from '../io/jobs/index.ts';
import { getAssessment, readReport, saveAnswers, startAssessment, submitReport, withdrawReport } from './assessment.ts';
import { decideAcceptances, listAcceptanceDeciders, requestAcceptances } from './acceptances.ts';
import { listAssessmentRules } from './assessment-rules.ts';
import { listDecisions } from './decisions.ts';
import { decideDisputes, disputeFindings, listDisputeDeciders } from './disputes.ts';
import { getProof, getRawEvidence } from './finding-evidence.ts';
import { assignFindings, claimFixes, listAssignees, takeBackDecisions } from './finding-repairs.ts';
import { getFindingHistory, listContradictionsOf, listTrackedFindings } from './findings.ts';
import { reviewFindings } from './review-findings.ts';
import { getScoreHistory } from './score-history.ts';
import { listJournal } from './journal.ts';
import { listNotices, markNotices } from './notices.ts';
import type { Actor } from './operation.ts';
import type { Runner } from './run.ts';
import { createSubmission, previewPrice } from './underwriting.ts';

const store = useDatabase();
const paper = loadContent({ contentDir: fileURLToPath(new URL('../../content', import.meta.url)), feedDirs: [] });
const operations = [
  getAssessment,
  startAssessment,
  submitReport,
  readReport,
  withdrawReport,
  saveAnswers,
  listTrackedFindings,
  getFindingHistory,
  claimFixes,
  requestAcceptances,
  decideAcceptances,
  listAcceptanceDeciders,
  disputeFindings,
  decideDisputes,
  listDisputeDeciders,
  listContradictionsOf,
  listAssessmentRules,
  reviewFindings,
  listNotices,
  listJournal,
  createSubmission,
  previewPrice,
  assignFindings,
  listAssignees,
  takeBackDecisions,
  listDecisions,
  getRawEvidence,
  getProof,
  markNotices,
  getScoreHistory,
];

const start = Date.parse('2026-07-01T08:00:00+08:00');
const day = (n: number): string => instantFromMillis(start + n * 86_400_000);

let queue: OpenQueue;
let runner: Runner;
let now = day(0);
let listed: Readonly<Record<string, string>> = {};
const reports = new Map<string, ScannerReport>();
const files = new Map<string, Uint8Array>();
const outlook: ThreatOutlook = {
  version: 'invented',
  sources: [],
  of: (cve) => ({ knownExploited: cve in listed, knownRansomware: false, listedOn: listed[cve] ?? null, epss: 0.01 }),
};
const organisations = { assessor: [{ id: 'org_assessor', name: '示例检验' }], insurer: [{ id: 'org_insurer', name: '示例保险' }] };

beforeAll(async () => {
  queue = await openQueue(store.database, () => undefined);
  runner = runnerOver(store.database, queue, operations as never, {
    content: { ...paper, outlook } as never,
    files: { path: (hash: string) => hash, read: (hash: string) => Promise.resolve(files.get(hash) ?? null) } as never,
    reading: { unpack: async () => null, sample: async () => ({ 'utf-8': '', gb18030: '' }), read: (path: string) => Promise.resolve(reports.get(path)!) },
    members: {
      organisationsOf: (kind: string) => Promise.resolve(organisations[kind as 'insurer'] ?? []),
      listMembers: (organisation: string) =>
        Promise.resolve([
          { user: `${organisation}-owner`, name: 'Owner', roles: ['owner'] },
          { user: `${organisation}-auditor`, name: 'Auditor', roles: ['auditor'] },
        ]),
    } as never,
    clock: () => now,
  });
});
afterAll(() => queue.stop(0));
beforeEach(() => {
  now = day(0);
  listed = {};
});

const owner = (organisation: string, user = 'owner'): Actor => personOf(organisation, { user: `${organisation}-${user}` });
const assessor = personOf('org_assessor', { user: 'assessor', organisationKind: 'assessor', roles: ['assessor'] });
const system = (organisation: string): Actor => personOf(organisation, { user: 'system', roles: [], via: 'system' });
type Loose = ReturnType<typeof JSON.parse>;
const ask = async (operation: Loose, actor: Actor, input: unknown): Promise<Loose> => (await runner.run(operation, { actor, input })).output;
const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'allowed',
    (error: unknown) => {
      if (error instanceof Refusal) return error.code;
      throw error;
    },
  );

const finding = (cve: string, host = 'www.example.com', more: Partial<Finding> = {}): Finding => ({
  ...{
    id: stableId('finding', cve, host),
    format: 'nessus',
    tool: 'Nessus',
    checkId: cve,
    title: `${cve} on ${host}`,
    cves: [cve],
    cwes: [],
    cvss: null,
    severity: 'high',
    toolSeverity: '3',
  },
  asset: { kind: 'host', name: host, host, port: 443, service: null, version: null },
  ...{ firstSeen: null, lastSeen: null, evidence: '', remedy: '', suppressed: false },
  ...more,
});

/** Hands in a report of a scan on that day, read at once. */
async function scan(actor: Actor, assessment: string, on: number, findings: readonly Finding[], assets = ['www.example.com']): Promise<string> {
  now = day(on);
  const hash = stableId('file', assessment, on, JSON.stringify(findings));
  reports.set(hash, {
    format: 'nessus',
    tool: 'Nessus',
    toolVersion: null,
    scannedFrom: day(on),
    scannedTo: day(on),
    records: findings.length,
    findings: [...findings],
    assets,
    cvesNamed: [],
  });
  const { report } = await ask(submitReport, actor, { assessment, file: { hash, bytes: 1, name: `${on}.nessus` } });
  await ask(readReport, actor, { assessment, report });
  return report;
}

async function assessed(organisation: string, ...findings: Finding[]): Promise<{ actor: Actor; assessment: string }> {
  const actor = owner(organisation);
  const { id } = await ask(startAssessment, actor, { firm });
  await scan(actor, id, 0, findings);
  return { actor, assessment: id };
}

const tracked = async (actor: Actor, assessment: string): Promise<TrackedFinding[]> => (await ask(listTrackedFindings, actor, { assessment })).findings;
const stateOf = async (actor: Actor, assessment: string): Promise<string[]> => (await tracked(actor, assessment)).map(({ state }) => state);

describe('a finding over time', () => {
  test('is fixed by a re-scan, reopened by the next, and tells its history', async () => {
    const { actor, assessment } = await assessed('over-time', finding('CVE-2024-0001'));
    await ask(claimFixes, actor, { assessment, findings: [finding('CVE-2024-0001').id], note: 'patched' });
    expect(await stateOf(actor, assessment)).toEqual(['fix-claimed']);

    await scan(actor, assessment, 3, []);
    expect(await stateOf(actor, assessment)).toEqual(['fixed']);
    await scan(actor, assessment, 5, [finding('CVE-2024-0001')]);

    const [one] = await tracked(actor, assessment);
    expect(one).toMatchObject({ state: 'open', reopened: 1, firstSeen: day(0), lastSeen: day(5) });
    const { history } = await ask(getFindingHistory, actor, { assessment, weakness: one!.id });
    expect(history.map((line: { kind: string }) => line.kind)).toEqual(['seen', 'done', 'not-seen', 'seen']);
  });

  test('reading the same report again changes nothing', async () => {
    const { actor, assessment } = await assessed('same-again', finding('CVE-2024-0001'), finding('CVE-2024-0002'));
    const before = await tracked(actor, assessment);
    const report = before[0]!.sources[0]!.reports[0]!;

    await ask(readReport, actor, { assessment, report });

    expect(await tracked(actor, assessment)).toEqual(before);
  });

  test('is nobody else’s', async () => {
    const { assessment } = await assessed('private', finding('CVE-2024-0001'));

    expect(await codeOf(ask(listTrackedFindings, owner('stranger'), { assessment }))).toBe('not-found');
    expect(await codeOf(ask(claimFixes, owner('stranger'), { assessment, findings: ['x'], note: '' }))).toBe('not-found');
  });
});

describe('many findings at once', () => {
  const three = ['CVE-2024-0001', 'CVE-2024-0002', 'CVE-2024-0003'].map((cve) => finding(cve));

  test('are claimed fixed together; the next scan verifies two and still finds one', async () => {
    const { actor, assessment } = await assessed('bulk', ...three);
    const { findings, refused } = await ask(claimFixes, actor, { assessment, findings: three.map(({ id }) => id), partial: true, note: 'patched' });
    expect([findings.length, refused]).toEqual([3, []]);

    await scan(actor, assessment, 2, [three[2]!]);

    const after = await tracked(actor, assessment);
    expect(Object.fromEntries(after.map(({ what, state }) => [what, state]))).toEqual({
      'CVE-2024-0001': 'fixed',
      'CVE-2024-0002': 'fixed',
      'CVE-2024-0003': 'open',
    });
  });

  test('are all left alone when one is refused, unless asked to do the others', async () => {
    const { actor, assessment } = await assessed('partly', ...three);
    const ids = three.map(({ id }) => id);
    await ask(claimFixes, actor, { assessment, findings: [ids[0]], note: '' });

    expect(await codeOf(ask(claimFixes, actor, { assessment, findings: [...ids, 'finding_none'], note: '' }))).toBe('move-not-allowed');
    expect((await stateOf(actor, assessment)).filter((state) => state === 'fix-claimed')).toHaveLength(1);
    const { findings, refused } = await ask(claimFixes, actor, { assessment, findings: [...ids, 'finding_none'], partial: true, note: '' });

    expect(findings).toHaveLength(2);
    expect(refused.map(({ finding: id, code }: { finding: string; code: string }) => [id, code])).toEqual([
      [ids[0], 'move-not-allowed'],
      ['finding_none', 'unknown-finding'],
    ]);
    const before = await ask(getScoreHistory, actor, { assessment });
    expect(await ask(claimFixes, actor, { assessment, findings: ids, partial: true, note: '' })).toMatchObject({ findings: [] });
    expect(await ask(getScoreHistory, actor, { assessment })).toEqual(before);
  });

  test('are assigned to a member that sees to repairs, which changes no state and survives taking back', async () => {
    const { actor, assessment } = await assessed('assigned', three[0]!);
    const findings = [three[0]!.id];
    expect((await ask(listAssignees, actor, {})).assignees).toEqual([{ user: 'assigned-owner', name: 'Owner' }]);
    expect(await codeOf(ask(assignFindings, actor, { assessment, findings, assignee: 'assigned-auditor' }))).toBe('unknown-assignee');

    await ask(claimFixes, actor, { assessment, findings, note: '' });
    await ask(assignFindings, actor, { assessment, findings, assignee: 'assigned-owner' });
    expect((await tracked(actor, assessment))[0]).toMatchObject({ state: 'fix-claimed', assignee: { name: 'Owner' }, revocable: true });
    await ask(takeBackDecisions, actor, { assessment, findings, note: 'too early' });

    expect((await tracked(actor, assessment))[0]).toMatchObject({ state: 'open', assignee: { name: 'Owner' }, revocable: false });
    expect(await codeOf(ask(takeBackDecisions, actor, { assessment, findings, note: '' }))).toBe('nothing-to-take-back');
  });
});

describe('the queue of decisions', () => {
  test('shows a dispute to both sides with its evidence and clock, and to nobody else', async () => {
    const one = finding('CVE-2024-0001', 'www.example.com', { evidence: 'banner 1.0' });
    const { actor, assessment } = await assessed('queue', one);
    const file = stableId('file', 'proof')
      .padEnd(64, '0')
      .replace(/[^0-9a-f]/g, '0')
      .slice(0, 64);
    files.set(file, Buffer.from('proof'));
    const disputing = { assessment, findings: [one.id], ground: 'fixed', proof: 'patched', file, decider: null };
    await receivedBy(store.database, 'org_elsewhere', file);
    expect(await codeOf(ask(disputeFindings, actor, disputing))).toBe('document-not-kept');
    await receivedBy(store.database, actor.organisation, file);
    await ask(disputeFindings, actor, { assessment, findings: [one.id], ground: 'fixed', proof: 'patched', file, decider: null });

    const queueOf = async (asker: Actor): Promise<Loose[]> =>
      (await ask(listDecisions, asker, {})).cases.filter((each: Loose) => each.assessment === assessment);
    expect(await queueOf(actor)).toMatchObject([{ kind: 'dispute', decide: 'asked-of-others', finding: { pending: { decideBy: day(2) } } }]);
    const [shown] = await queueOf(assessor);
    expect(shown).toMatchObject({ decide: 'allowed', firm: firm.name, evidence: [{ evidence: 'banner 1.0' }] });
    expect(await queueOf(personOf('org_insurer', { organisationKind: 'insurer', roles: ['underwriter'] }))).toEqual([]);
    expect(await ask(getProof, assessor, { case: shown.id, file })).toMatchObject({ file: Buffer.from('proof').toString('base64') });
    expect(await codeOf(ask(getProof, owner('stranger'), { case: shown.id, file }))).toBe('not-found');
    expect(await codeOf(ask(getProof, assessor, { case: shown.id, file: 'f'.repeat(64) }))).toBe('not-found');

    await ask(decideDisputes, assessor, { assessment, findings: [shown.finding.id], upheld: false, note: 'still there' });

    expect(await queueOf(actor)).toEqual([]);
    const { cases } = await ask(listDecisions, actor, { state: 'decided' });
    expect(cases.find((each: Loose) => each.assessment === assessment)).toMatchObject({
      decide: 'decided',
      events: [{ kind: 'disputed' }, { kind: 'dispute-decided' }],
    });
  });

  test('has what is due first on top', async () => {
    const { actor, assessment } = await assessed('sorted', finding('CVE-2024-0001'), finding('CVE-2024-0002'));
    for (const [hour, cve] of [
      [2, 'CVE-2024-0002'],
      [1, 'CVE-2024-0001'],
    ] as const) {
      now = instantFromMillis(start + hour * 3_600_000);
      await ask(disputeFindings, actor, { assessment, findings: [finding(cve).id], ground: 'fixed', proof: 'patched', file: null, decider: null });
    }

    const { cases } = await ask(listDecisions, actor, {});

    expect(cases.map((each: Loose) => each.finding.what)).toEqual(['CVE-2024-0001', 'CVE-2024-0002']);
  });

  test('asks for an approver who did not ask, on what the approver saw, and freezes it', async () => {
    const { actor, assessment } = await assessed('approving', finding('CVE-2024-0001'));
    await ask(requestAcceptances, actor, { assessment, findings: [finding('CVE-2024-0001').id], reason: 'replaced soon', until: '2026-08-01' });
    const second = owner('approving', 'second');
    const [mine] = (await ask(listDecisions, actor, {})).cases;
    const [shown] = (await ask(listDecisions, second, {})).cases;
    expect([mine.decide, shown.decide]).toEqual(['own-request', 'allowed']);
    const decision = { assessment, findings: [shown.finding.id], granted: true, note: '' };

    await ask(assignFindings, actor, { assessment, findings: [shown.finding.id], assignee: null });
    expect(await codeOf(ask(decideAcceptances, second, { ...decision, seenVersion: shown.assessmentVersion }))).toBe('changed-meanwhile');
    await ask(decideAcceptances, second, { ...decision, seenVersion: shown.assessmentVersion + 1 });

    const { history } = await ask(getFindingHistory, actor, { assessment, weakness: shown.finding.id });
    expect(history.at(-1).event.snapshot).toMatchObject({
      severity: 'high',
      reason: 'replaced soon',
      until: '2026-08-01',
      requestedBy: { user: actor.user },
      tools: ['Nessus'],
    });
  });
});

describe('whoever asks for a decision', () => {
  test('is told before that nobody else could make it', async () => {
    const { actor } = await assessed('alone');

    expect(await ask(listAcceptanceDeciders, actor, {})).toEqual({ deciders: [], lastDay: '2026-09-29' });
    expect((await ask(listAcceptanceDeciders, owner('alone', 'colleague'), {})).deciders).toEqual([{ user: 'alone-owner', name: 'Owner' }]);
    const judges = (await ask(listDisputeDeciders, actor, {})).deciders;
    expect(judges.map(({ id, hasPerson }: Loose) => [id, hasPerson])).toEqual([
      ['org_assessor', false],
      ['org_insurer', false],
    ]);
  });
});

describe('evidence', () => {
  test('is the very record of the report, for those who may see the assessment', async () => {
    const one = finding('CVE-2024-0001');
    const { actor, assessment } = await assessed('raw', one);
    files.set([...reports.keys()].at(-1)!, Buffer.from('[\n{"id":"CVE-2024-0009"},\n{"id":"CVE-2024-0001"}\n]'));

    const { records } = await ask(getRawEvidence, actor, { assessment, finding: one.id });

    expect(records).toMatchObject([{ shown: 'record', line: 3, text: '{"id":"CVE-2024-0001"}', format: 'nessus' }]);
    expect(await codeOf(ask(getRawEvidence, actor, { assessment, finding: 'finding_none' }))).toBe('unknown-finding');
    expect(await codeOf(ask(getRawEvidence, owner('stranger'), { assessment, finding: one.id }))).toBe('not-found');
  });

  test('moves the score, and the history says what moved it', async () => {
    const { actor, assessment } = await assessed('history', finding('CVE-2024-0001'));
    await scan(actor, assessment, 3, []);

    const { points } = await ask(getScoreHistory, actor, { assessment });

    expect(points.map(({ changed }: Loose) => changed.sort())).toEqual([[], ['findings', 'reports'], ['findings', 'reports']]);
    expect(points[2].score).toBeGreaterThan(points[1].score);
    expect(await codeOf(ask(getScoreHistory, owner('stranger'), { assessment }))).toBe('not-found');
  });
});

describe('a notice', () => {
  test('is read by each member for itself', async () => {
    const { actor, assessment } = await assessed('reading', finding('CVE-2024-0001', 'www.example.com', { severity: 'medium' }));
    now = day(20);
    listed = { 'CVE-2024-0001': '2026-07-20' };
    await ask(reviewFindings, system('reading'), {});
    const mine = async (asker: Actor): Promise<Loose> => (await ask(listNotices, asker, { assessment })).items[0];
    const { id, read } = await mine(actor);
    expect(read).toBe(false);

    expect(await ask(markNotices, actor, { notices: [id, id], read: true })).toEqual({ changed: 1 });
    expect(await ask(markNotices, actor, { notices: [id], read: true })).toEqual({ changed: 0 });

    expect([(await mine(actor)).read, (await mine(owner('reading', 'second'))).read]).toEqual([true, false]);
    expect(await codeOf(ask(markNotices, owner('stranger'), { notices: [id], read: true }))).toBe('not-found');
    await ask(markNotices, actor, { notices: [id], read: false });
    expect((await mine(actor)).read).toBe(false);
  });
});

describe('a withdrawn report', () => {
  test('stays listed with what it held for the firm and its insurer, and refers the case until a later scan stands in its place', async () => {
    const one = finding('CVE-2024-0001', 'www.example.com', { severity: 'critical' });
    const { actor, assessment } = await assessed('withdrawing', one, finding('CVE-2024-0002', 'www.example.com', { severity: 'low' }));
    const { reports: handed } = await ask(getAssessment, actor, { assessment });
    now = day(1);
    await ask(withdrawReport, actor, { assessment, report: handed[0].id });
    const reasonsOf = async () => (await ask(previewPrice, actor, { assessment, cover })).reasons.map(({ code }: Loose) => code);
    await ask(createSubmission, actor, { assessment, cover, insurer: null });

    expect(await reasonsOf()).toContain('severe-report-withdrawn');
    const seen = await ask(getAssessment, personOf('org_insurer', { organisationKind: 'insurer', roles: ['underwriter'] }), { assessment });
    expect(seen.reports).toEqual([]);
    expect(seen.withdrawn).toMatchObject([
      {
        name: '0.nessus',
        format: 'nessus',
        findings: 2,
        severe: 1,
        sought: [{ asset: { host: 'www.example.com' } }],
        withdrawnBy: 'Wang Ceshi',
        withdrawnAt: day(1),
      },
    ]);
    await scan(actor, assessment, 3, []);
    expect(await reasonsOf()).not.toContain('severe-report-withdrawn');
  });

  test('that is handed in again and counts refers nothing, and is listed once more when it is withdrawn once more', async () => {
    const { actor, assessment } = await assessed('withdrawing-again', finding('CVE-2024-0001'));
    const withdraw = async () => {
      const { reports: handed } = await ask(getAssessment, actor, { assessment });
      return (await ask(withdrawReport, actor, { assessment, report: handed[0].id })).withdrawn;
    };
    expect(await withdraw()).toHaveLength(1);
    await scan(actor, assessment, 0, [finding('CVE-2024-0001')]);
    expect((await withdraw()).map(({ severe }: Loose) => severe)).toEqual([1, 1]);
  });
});

describe('two people', () => {
  test('are needed to accept a risk, which ends by itself', async () => {
    const { actor, assessment } = await assessed('accepting', finding('CVE-2024-0001'), finding('CVE-2024-0002'));
    const all = (await tracked(actor, assessment)).map(({ id }) => id);
    await ask(requestAcceptances, actor, { assessment, findings: all, reason: 'replaced in August', until: '2026-08-01' });

    expect(await codeOf(ask(decideAcceptances, actor, { assessment, findings: all, granted: true, note: '' }))).toBe('second-person-needed');
    await ask(decideAcceptances, owner('accepting', 'second'), { assessment, findings: all, granted: true, note: 'as agreed' });
    expect(await stateOf(actor, assessment)).toEqual(['risk-accepted', 'risk-accepted']);

    now = '2026-08-02T09:00:00+08:00';
    expect(await ask(reviewFindings, system('accepting'), {})).toMatchObject({ assessments: 1, notices: 2 });
    expect(await stateOf(actor, assessment)).toEqual(['open', 'open']);
    const ended = (await ask(listNotices, actor, {})).items.map((notice: { kind: string }) => notice.kind).slice(0, 2);
    expect(ended).toEqual(['acceptance-ended', 'acceptance-ended']);
    expect(await ask(reviewFindings, system('accepting'), {})).toMatchObject({ notices: 0 });
  });

  test('are needed for a dispute, whose effect is logged', async () => {
    const { actor, assessment } = await assessed('disputing', finding('CVE-2024-0001', 'vpn.example.com', { severity: 'critical' }));
    const [{ id }] = (await tracked(actor, assessment)) as [TrackedFinding];
    await ask(disputeFindings, actor, { assessment, findings: [id], ground: 'not-exploitable', proof: 'the module is not loaded', file: null, decider: null });
    expect((await tracked(actor, assessment))[0]).toMatchObject({ state: 'open', pending: { kind: 'dispute', decideBy: day(2), overdue: false } });

    const decision = { assessment, findings: [id], upheld: true, note: 'checked on the host' };
    expect(await codeOf(ask(decideDisputes, { ...assessor, user: actor.user }, decision))).toBe('second-person-needed');
    expect(await codeOf(ask(decideDisputes, actor, decision))).toBe('not-permitted');
    await ask(decideDisputes, assessor, decision);

    expect(await stateOf(actor, assessment)).toEqual(['false-positive']);
    const { history } = await ask(getFindingHistory, actor, { assessment, weakness: id });
    const { effect } = history.at(-1).event;
    expect(effect.scoreAfter).toBeGreaterThan(effect.scoreBefore);
    const { entries } = await ask(listJournal, { ...assessor, roles: ['auditor'] }, {});
    expect(entries[0]).toMatchObject({
      operation: 'decideDisputes',
      outcome: 'done',
      facts: { scoreBefore: effect.scoreBefore, scoreAfter: effect.scoreAfter },
    });
  });

  test('tell who decides and who asked, and say what the decision does to score and premium', async () => {
    const one = finding('CVE-2024-0001', 'vpn.example.com', { severity: 'critical' });
    const { actor, assessment } = await assessed('telling', one, finding('CVE-2024-0002'));
    await ask(createSubmission, actor, { assessment, cover, insurer: null });
    await ask(disputeFindings, actor, { assessment, findings: [one.id], ground: 'fixed', proof: 'patched', file: null, decider: null });
    const kindsOf = async (told: Actor): Promise<string[]> => (await ask(listNotices, told, { assessment })).items.map((notice: Loose) => notice.kind);
    expect(await kindsOf(assessor)).toEqual(['decision-asked']);
    expect(await kindsOf(actor)).toEqual([]);

    now = day(1);
    const [{ id }] = (await tracked(actor, assessment)).filter(({ what }) => what === 'CVE-2024-0001') as [TrackedFinding];
    await ask(decideDisputes, assessor, { assessment, findings: [id], upheld: true, note: 'checked' });

    expect(await kindsOf(actor)).toEqual(['decision-made']);
    const { effect } = (await ask(getFindingHistory, actor, { assessment, weakness: id })).history.at(-1).event;
    expect(effect.premiumAfter).toBeLessThan(effect.premiumBefore);
    const { entries } = await ask(listJournal, { ...assessor, roles: ['auditor'] }, {});
    expect(entries[0]).toMatchObject({ operation: 'decideDisputes', facts: { upheld: 1, assessment, ...effect } });

    await ask(requestAcceptances, actor, { assessment, findings: [finding('CVE-2024-0002').id], reason: 'replaced soon', until: '2026-08-01' });
    await ask(decideAcceptances, owner('telling', 'second'), { assessment, findings: [finding('CVE-2024-0002').id], granted: true, note: 'agreed' });
    expect((await kindsOf(actor)).sort()).toEqual(['decision-asked', 'decision-made', 'decision-made']);
    const { cases } = await ask(listDecisions, actor, { state: 'decided' });
    const granted = cases.find((each: Loose) => each.assessment === assessment && each.kind === 'acceptance').events.at(-1);
    expect(granted.effect.premiumBefore).toBeGreaterThan(0);
    expect(await kindsOf(personOf('org_stranger'))).toEqual([]);
  });

  test('show the assessment to the decider of a dispute no longer than one put to it is open', async () => {
    const [one, two] = [finding('CVE-2024-0001'), finding('CVE-2024-0002')];
    const { actor, assessment } = await assessed('shown-while-open', one, two);
    const dispute = (about: Finding) =>
      ask(disputeFindings, actor, { assessment, findings: [about.id], ground: 'fixed', proof: 'patched', file: null, decider: null });
    const takeBack = (about: Finding) => ask(takeBackDecisions, actor, { assessment, findings: [about.id], note: '' });
    const reads = () => codeOf(ask(listTrackedFindings, assessor, { assessment }));
    const listed = async (state: string) =>
      (await ask(listDecisions, assessor, { state })).cases.filter((each: Loose) => each.assessment === assessment).map((each: Loose) => each.decide);

    for (const about of [one, two]) await dispute(about);
    await takeBack(one);
    expect([await reads(), await listed('awaiting')]).toEqual(['allowed', ['allowed']]);
    await takeBack(two);
    expect([await reads(), await listed('awaiting')]).toEqual(['not-found', []]);

    await dispute(one);
    await ask(decideDisputes, assessor, { assessment, findings: [one.id], upheld: false, note: 'still there' });
    const { result } = await ask(getAssessment, actor, { assessment });
    await scan(actor, assessment, 3, [finding('CVE-2024-0009')]);
    expect([await reads(), await listed('decided')]).toEqual(['not-found', ['decided']]);
    const { cases } = await ask(listDecisions, assessor, { state: 'decided' });
    expect(cases.find((each: Loose) => each.assessment === assessment)).toMatchObject({ score: result.score, finding: { state: 'open', lastSeen: day(0) } });
  });

  test('of the firm decide on accepting its risks, and nobody of an organisation that it is only shown to', async () => {
    const one = finding('CVE-2024-0001');
    const { actor, assessment } = await assessed('own-risk', one, finding('CVE-2024-0002'));
    await ask(createSubmission, actor, { assessment, cover, insurer: null });
    await ask(requestAcceptances, actor, { assessment, findings: [one.id], reason: 'replaced soon', until: '2026-08-01' });
    const decision = { assessment, findings: [one.id], granted: true, note: '' };

    const insurer = (role: 'owner' | 'underwriting-manager') => personOf('org_insurer', { organisationKind: 'insurer', roles: [role] });
    expect(await codeOf(ask(decideAcceptances, insurer('owner'), decision))).toBe('not-asked-to-decide');
    expect(await codeOf(ask(decideAcceptances, insurer('underwriting-manager'), decision))).toBe('not-permitted');
    await ask(decideAcceptances, owner('own-risk', 'second'), decision);
  });

  test('a dispute that is not decided within its hours is told to both sides', async () => {
    const { actor, assessment } = await assessed('late-dispute', finding('CVE-2024-0001'));
    await ask(disputeFindings, actor, {
      assessment,
      findings: [finding('CVE-2024-0001').id],
      ground: 'not-mine',
      proof: 'hosted by others',
      file: null,
      decider: 'org_insurer',
    });

    now = day(3);
    await ask(reviewFindings, system('late-dispute'), {});

    for (const [told, before] of [
      [actor, []],
      [personOf('org_insurer'), ['decision-asked']],
    ] as const)
      expect((await ask(listNotices, told, { assessment })).items.map((notice: { kind: string }) => notice.kind)).toEqual(['dispute-overdue', ...before]);
  });

  test('nobody but the system runs what the system runs', async () => {
    expect(await codeOf(ask(reviewFindings, owner('anyone'), {}))).toBe('not-permitted');
  });
});

describe('a vulnerability that becomes known to be exploited', () => {
  test('is told to its owner once, its clock starts anew, and both go back when the listing is taken back', async () => {
    const { actor, assessment } = await assessed('exploited', finding('CVE-2024-0001', 'www.example.com', { severity: 'medium' }));
    expect((await tracked(actor, assessment))[0]!.clock).toMatchObject({ from: 'first-seen', days: 90 });

    now = day(20);
    listed = { 'CVE-2024-0001': '2026-07-20' };
    expect(await ask(reviewFindings, system('exploited'), {})).toMatchObject({ changed: 1, notices: 1 });
    expect((await tracked(actor, assessment))[0]!.clock).toMatchObject({ from: 'known-exploited', startedAt: '2026-07-19T16:00:00Z', days: 14 });

    now = day(22);
    listed = {};
    expect(await ask(reviewFindings, system('exploited'), {})).toMatchObject({ changed: 1, notices: 1 });
    expect((await tracked(actor, assessment))[0]!.clock).toMatchObject({ from: 'first-seen', days: 90 });
    expect((await ask(listNotices, actor, {})).items.map((notice: { kind: string }) => notice.kind)).toEqual([
      'no-longer-known-exploited',
      'became-known-exploited',
    ]);
  });
});

describe('what was attested and observed', () => {
  const telnet = finding('none', 'www.example.com', {
    cves: [],
    title: 'Telnet server',
    asset: { kind: 'host', name: 'www.example.com', host: 'www.example.com', port: 23, service: 'telnet', version: null },
  });
  const contradictedControl = [...paper.assessmentBasis.controls.controls.values()].find(
    ({ id, contradictedBy }) => contradictedBy.includes('exposed-telnet') && paper.assessmentBasis.questionnaire.byControl.has(id),
  )!;
  const question = paper.assessmentBasis.questionnaire.byControl.get(contradictedControl.id)!.id;

  test('must agree before it is submitted; a dispute that is upheld settles it, and the basis is kept', async () => {
    const { actor, assessment } = await assessed('contradicted', telnet);
    const answer = { value: 'yes', coverage: null, kind: 'self-declared', on: '2026-07-01', until: null, note: '' };
    const { contradictions: none } = await ask(listContradictionsOf, actor, { assessment });
    expect(none).toEqual([]);
    await ask(saveAnswers, actor, {
      assessment,
      version: 3,
      answers: { questionnaire: paper.assessmentBasis.questionnaire.questionnaire.id, answers: { [question]: answer } },
    });

    const submit = () => ask(createSubmission, actor, { assessment, cover, insurer: 'org_insurer' });
    const { contradictions } = await ask(listContradictionsOf, actor, { assessment });
    expect(contradictions).toMatchObject([{ question, attested: { value: 'yes', on: '2026-07-01' }, observed: [{ finding: telnet.id, by: 'scan' }] }]);
    expect(await codeOf(submit())).toBe('contradictions-unresolved');

    await ask(disputeFindings, actor, { assessment, findings: [telnet.id], ground: 'not-mine', proof: 'a test system of the host', file: null, decider: null });
    expect(await codeOf(submit())).toBe('contradictions-unresolved');
    await ask(decideDisputes, assessor, { assessment, findings: [telnet.id], upheld: true, note: 'confirmed' });

    expect((await submit()).basis).toMatchObject({ assessmentVersion: 6, hash: expect.stringMatching(/^[0-9a-f]{64}$/) });
  });

  test('every rule is public in both languages', async () => {
    const rules = await ask(listAssessmentRules, personOf('anybody', { roles: ['analyst'] }), {});

    expect(rules.signals.every(({ rule }: { rule: { zh: string; en: string } }) => rule.zh.length > 5 && rule.en.length > 5)).toBe(true);
    expect(rules.parameters.map(({ key }: { key: string }) => key)).toContain('deadline.critical');
  });
});
