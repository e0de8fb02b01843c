import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import readExcel from 'read-excel-file/node';
import { extractText, getDocumentProxy } from 'unpdf';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { useDatabase } from '../../test/postgres.ts';
import { personOf, runnerOver } from '../../test/runner.ts';
import { cover, firm } from '../../test/cases/assessment-world.ts';
import { verify } from '../cli/verify.ts';
import type { Answers, Finding, ScannerReport } from '../domain/assessment/index.ts';
import { canonicalJson, instantFromMillis, stableId } from '../domain/basics/index.ts';
import { loadContent } from '../io/content/index.ts';
import { Documents } from '../io/documents/index.ts';
import { openFiles } from '../io/files/index.ts';
import type { Files } from '../io/interfaces.ts';
import { openQueue, type OpenQueue } from '../io/jobs/index.ts';
import { openSigning } from '../io/signing/index.ts';
import { spreadsheets } from '../io/spreadsheets/index.ts';
import { assessmentOperations, getAssessment, listFindings, readReport, saveAnswers, startAssessment, submitReport, withdrawReport } from './assessment.ts';
import {
  freezeReport,
  getReportDocument,
  getReportSignature,
  getReportWorkbook,
  listReports,
  reportOperations,
  signReport,
  verifyCode,
} from './assessment-reports.ts';
import { chooseAssessmentProfile, profileOperations } from './profiles.ts';
import { appointAssessor, listAppointments, revokeAppointment } from './assessors.ts';
import { compareVersions, comparisonOperations, listAssessmentVersions } from './comparison.ts';
import { decideAcceptances, requestAcceptances } from './acceptances.ts';
import { disputeFindings } from './disputes.ts';
import { findingOperations } from './findings.ts';
import type { Actor } from './operation.ts';
import type { Runner } from './run.ts';
import { createSubmission, listRepairs, tryRepairs } from './underwriting.ts';

const store = useDatabase();
const paper = loadContent({ contentDir: fileURLToPath(new URL('../../content', import.meta.url)), feedDirs: [] });
const organisations = {
  assessor: [
    { id: 'org_assessor', name: '示例检验中心' },
    { id: 'org_other', name: '示例另一机构' },
  ],
  insurer: [{ id: 'org_insurer', name: '示例保险' }],
};
const signing = openSigning('a secret of this test, as long as those that are made');
const documents = new Documents();
const folder = mkdtempSync(join(tmpdir(), 'riskloop-reports-'));
const scans = new Map<string, ScannerReport>();
const start = Date.parse('2026-07-01T08:00:00+08:00');
const day = (n: number): string => instantFromMillis(start + n * 86_400_000);

let queue: OpenQueue;
let runner: Runner;
let files: Files;
let now = day(0);
beforeAll(async () => {
  queue = await openQueue(store.database, () => undefined);
  files = await openFiles(folder);
  runner = runnerOver(
    store.database,
    queue,
    [
      ...assessmentOperations,
      ...findingOperations,
      ...reportOperations,
      ...comparisonOperations,
      ...profileOperations,
      createSubmission,
      listRepairs,
      tryRepairs,
    ] as never,
    {
      ...{ files, documents, signing, spreadsheets },
      content: paper,
      reading: { unpack: async () => null, read: (path: string) => Promise.resolve(scans.get(path.slice(-64))!) } as never,
      members: { organisationsOf: (kind: string) => Promise.resolve(organisations[kind as 'insurer'] ?? []), membershipsOf: async () => [] } as never,
      clock: () => now,
    },
  );
});
afterAll(async () => {
  documents.close();
  rmSync(folder, { recursive: true, force: true });
  await queue.stop(0);
});

const owner = (organisation: string): Actor => personOf(organisation, { user: `${organisation}-owner` });
const assessor = (organisation = 'org_assessor'): Actor =>
  personOf(organisation, { user: 'wu', name: 'Wu Jianding', organisationKind: 'assessor', roles: ['assessor'] });
const underwriter = personOf('org_insurer', { user: 'uw', organisationKind: 'insurer', roles: ['underwriter'] });
type Loose = ReturnType<typeof JSON.parse>;
const ask = async (operation: Loose, actor: Actor, input: unknown): Promise<Loose> => (await runner.run(operation, { actor, input })).output;
const disclosure = { conflict: false, statement: '与被评估企业无投资和业务关系' };

const finding = (cve: string, more: Partial<Finding> = {}): Finding => ({
  ...{
    id: stableId('finding', cve),
    format: 'nessus',
    tool: 'Nessus',
    checkId: cve,
    title: `${cve} in OpenSSL`,
    cves: [cve],
    cwes: [],
    cvss: null,
    severity: 'high',
    toolSeverity: '3',
  },
  asset: { kind: 'host', name: 'www.example.com', host: 'www.example.com', port: 443, service: null, version: null },
  ...{ firstSeen: null, lastSeen: null, evidence: '', remedy: '', suppressed: false },
  ...more,
});

async function scan(actor: Actor, assessment: string, on: number, findings: readonly Finding[], more: Partial<ScannerReport> = {}): Promise<void> {
  now = day(on);
  const hash = stableId('x', assessment, on)
    .slice(2)
    .padEnd(64, '0')
    .replace(/[^0-9a-f]/g, 'a');
  scans.set(hash, {
    ...{
      format: 'nessus',
      tool: 'Nessus',
      toolVersion: null,
      scannedFrom: now,
      scannedTo: now,
      records: findings.length,
      findings: [...findings],
      assets: ['www.example.com'],
      cvesNamed: [],
      ...more,
    },
  });
  const { report } = await ask(submitReport, actor, { assessment, file: { hash, bytes: 1, name: `${on}.nessus` } });
  await ask(readReport, actor, { assessment, report });
}

const answersOf = (value: 'yes' | 'no', count: number, on = '2026-07-01'): Answers => ({
  questionnaire: paper.assessmentBasis.questionnaire.questionnaire.id,
  answers: Object.fromEntries(
    [...paper.assessmentBasis.questionnaire.byId.keys()]
      .slice(0, count)
      .map((id) => [id, { value, coverage: null, kind: 'self-declared' as const, on, until: null, note: '' }]),
  ),
});

async function assessed(organisation: string, ...findings: Finding[]): Promise<{ actor: Actor; assessment: string }> {
  now = day(0);
  const actor = owner(organisation);
  const { id } = await ask(startAssessment, actor, { firm: { ...firm, name: '示例云帆电子商务有限公司' } });
  await scan(actor, id, 0, findings);
  return { actor, assessment: id };
}

async function signed(organisation: string): Promise<{ actor: Actor; assessment: string; report: string }> {
  const { actor, assessment } = await assessed(organisation, finding('CVE-2024-0001'));
  const { id: report } = await ask(freezeReport, actor, { assessment, cover, compareWith: null });
  await ask(appointAssessor, actor, { assessment, assessor: 'org_assessor', until: day(30) });
  await ask(signReport, assessor(), { assessment, report, disclosure });
  return { actor, assessment, report };
}

const fileOf = async (operation: Loose, actor: Actor, input: object): Promise<Buffer> => Buffer.from((await ask(operation, actor, input)).file, 'base64');
const textOf = async (pdf: Buffer): Promise<string> =>
  (await extractText(await getDocumentProxy(new Uint8Array(pdf)), { mergePages: true })).text.replace(/\s+/g, ' ');
const verifyOf = (code: string) =>
  store.database.transact({ organisation: 'nobody', now, mode: 'read', repeatable: true }, ({ seals }) => verifyCode({ seals, signing }, code));

describe('a report', () => {
  test('says what was found, what its repair is worth and by which advice, in both languages', async () => {
    const { actor, assessment } = await assessed('says-all', finding('CVE-2024-0001'), finding('CVE-2024-0002', { severity: 'critical' }));
    const { id: report, code } = await ask(freezeReport, actor, { assessment, cover, compareWith: null });
    const [zh, en] = [
      await textOf(await fileOf(getReportDocument, actor, { assessment, report, language: 'zh' })),
      await textOf(await fileOf(getReportDocument, actor, { assessment, report, language: 'en' })),
    ];

    for (const said of ['网络安全评估报告', '示例云帆电子商务有限公司', 'CVE-2024-0001 in OpenSSL', '未签署，企业自评', '未安装的补丁', '网络设备', code])
      expect(zh.replaceAll(' ', '')).toContain(said.replaceAll(' ', ''));
    for (const said of ['Cyber Security Assessment Report', 'CVE-2024-0002 in OpenSSL', 'Unsigned, self-assessed', 'Missing patches', 'Valued for', code])
      expect(en).toContain(said);
    expect(zh.replaceAll(' ', '')).toMatch(/−¥[\d,.]+／年/);
  });

  test('says what the must-fix repairs are worth together, and that single worths do not add up', async () => {
    const { actor, assessment } = await assessed('together', finding('CVE-2024-0001'));
    await scan(actor, assessment, 2, [finding('CVE-2024-0001'), finding('CVE-2024-0002')]);
    const { repairs } = await ask(listRepairs, actor, { assessment, cover });
    const must = repairs.filter(({ label }: Loose) => label === 'must-fix').map(({ id }: Loose) => id);
    const { before, after } = await ask(tryRepairs, actor, { assessment, cover, repairs: must });
    const { id: report } = await ask(freezeReport, actor, { assessment, cover, compareWith: null });
    const textIn = async (language: string) => (await textOf(await fileOf(getReportDocument, actor, { assessment, report, language }))).replaceAll(' ', '');
    const overview = new Map((await readExcel(await fileOf(getReportWorkbook, actor, { assessment, report, language: 'en' })))[0]!.data as [string, unknown][]);

    expect(must.length).toBeGreaterThan(1);
    const points = `${before.score.toFixed(1)}→${after.score.toFixed(1)}`;
    expect(await textIn('zh')).toContain(`${must.length}项必须整改全部完成后：评分${points}`);
    expect(await textIn('en')).toContain(`All${must.length}must-fixrepairstogether:score${points}`);
    expect(overview.get('Must-fix repairs')).toBe(must.length);
    expect(overview.get('All must-fix repairs together: score')).toBe(Number(after.score.toFixed(1)));
    expect(overview.get('All must-fix repairs together: change of yearly premium')).toBeCloseTo((after.premium.total - before.premium.total) / 100, 6);
    expect(overview.get('Worths of single repairs')).toMatch(/do not simply add up/);
  });

  test('lists findings with the label of the fix list: nothing is said of the premium where none was computed', async () => {
    const { actor, assessment } = await assessed('labels', finding('CVE-2024-0001', { severity: 'medium' }));
    const listed = (await ask(listFindings, actor, { assessment })).findings;

    expect(listed.map(({ label, contribution }: Loose) => [label, contribution > 0])).toEqual([['advice', true]]);
    expect((await ask(listFindings, actor, { assessment, label: 'must-fix' })).total).toBe(0);
  });

  test('without a cover says that repairs are not valued, and is a workbook too', async () => {
    const { actor, assessment } = await assessed('no-cover', finding('CVE-2024-0001', { title: '=HYPERLINK("http://x")' }));
    const { id: report } = await ask(freezeReport, actor, { assessment, cover: null, compareWith: null });
    const text = await textOf(await fileOf(getReportDocument, actor, { assessment, report, language: 'en' }));
    const sheets = await readExcel(await fileOf(getReportWorkbook, actor, { assessment, report, language: 'en' }));

    expect(text).toContain('No cover chosen yet');
    expect(sheets.map(({ sheet }) => sheet)).toEqual(['Overview', 'Findings', 'Repair advice', 'Evidence', 'Priors', 'About']);
    expect(sheets[1]!.data[1]![2]).toBe('=HYPERLINK("http://x")');
    expect(sheets[1]!.data[0]!.join()).toMatch(/Change of score by repair.*Change of yearly premium by repair/);
    expect(sheets[0]!.data.filter(([name]) => String(name).startsWith('Weight: ')).map(([, weight]) => Number(weight) > 0)).toEqual(Array(6).fill(true));
  });

  test('stays as it was when the assessment goes on', async () => {
    const { actor, assessment } = await assessed('frozen', finding('CVE-2024-0001'));
    const before = await ask(freezeReport, actor, { assessment, cover: null, compareWith: null });
    const bytes = await fileOf(getReportDocument, actor, { assessment, report: before.id });
    await scan(actor, assessment, 5, []);

    expect((await ask(listReports, actor, { assessment })).items).toEqual([before]);
    expect((await fileOf(getReportDocument, actor, { assessment, report: before.id })).equals(bytes)).toBe(true);
  });

  test('marks the evidence of a scan that states no date as of the day of its upload', async () => {
    const { actor, assessment } = await assessed('undated', finding('CVE-2024-0001'));
    await scan(actor, assessment, 2, [finding('CVE-2024-0001')], { scannedFrom: null, scannedTo: null });
    const { id: report } = await ask(freezeReport, actor, { assessment, cover: null, compareWith: null });
    const textIn = async (language: string) => textOf(await fileOf(getReportDocument, actor, { assessment, report, language }));

    expect(await textIn('en')).toMatch(/0\.nessus 2026-07-01 -- .*2\.nessus 2026-07-03 \(day of upload\)/);
    expect((await textIn('zh')).replaceAll(' ', '')).toMatch(/2026-07-03（?\(?按上传日计/);
  });

  test('names in its list of evidence who answered and who handed in, and the public page does not', async () => {
    const { actor, assessment } = await assessed('named', finding('CVE-2024-0001'));
    await ask(saveAnswers, { ...actor, name: 'Zhao Huida' }, { assessment, version: 3, answers: answersOf('yes', 1) });
    const { id: report, code } = await ask(freezeReport, actor, { assessment, cover: null, compareWith: null });
    const textIn = async (language: string) => textOf(await fileOf(getReportDocument, actor, { assessment, report, language }));
    const sheets = await readExcel(await fileOf(getReportWorkbook, actor, { assessment, report, language: 'en' }));
    const evidence = sheets.find(({ sheet }) => sheet === 'Evidence')!.data;

    expect(await textIn('en')).toMatch(/Zhao Huida \(the firm\).*Wang Ceshi \(nessus\)/s);
    expect((await textIn('zh')).replaceAll(' ', '')).toMatch(/ZhaoHuida（被评估企业）/);
    expect(evidence[0]).toContain('Given by');
    expect(evidence.flat()).toEqual(expect.arrayContaining(['Zhao Huida', 'Wang Ceshi', 'self-declared', 'observed by scan', 'yes']));
    expect(JSON.stringify(await verifyOf(code))).not.toMatch(/Zhao Huida|Wang Ceshi/);
  });

  test('says under which profile the score stands, and who chose it why', async () => {
    const { actor, assessment } = await assessed('profiled', finding('CVE-2024-0001'));
    const made = async (): Promise<string> => (await ask(freezeReport, actor, { assessment, cover: null, compareWith: null })).id;
    const textIn = async (report: string, language: string) => textOf(await fileOf(getReportDocument, actor, { assessment, report, language }));
    expect(await textIn(await made(), 'en')).toContain('which fits the firm’s industry and size');

    await ask(appointAssessor, actor, { assessment, assessor: 'org_assessor', until: day(30) });
    await ask(chooseAssessmentProfile, assessor(), { assessment, version: 3, profile: 'finance', reason: 'A bank in all but name.' });
    const chosen = await made();
    const about = (await readExcel(await fileOf(getReportWorkbook, actor, { assessment, report: chosen, language: 'en' }))).at(-1)!.data;

    expect(await textIn(chosen, 'en')).toMatch(/which Wu Jianding chose on 2026-07-01: A bank in all but name\./);
    expect((await textIn(chosen, 'zh')).replaceAll(' ', '')).toContain('由WuJianding于2026-07-01选用');
    expect(about.flat()).toEqual(expect.arrayContaining([expect.stringMatching(/^Wu Jianding .*A bank in all but name\.$/)]));
  });

  test('names a dispute with its state', async () => {
    const { actor, assessment } = await assessed('disputed', finding('CVE-2024-0001'));
    await ask(disputeFindings, actor, {
      assessment,
      findings: [finding('CVE-2024-0001').id],
      ground: 'not-mine',
      proof: 'not our host',
      file: null,
      decider: 'org_assessor',
    });
    const { id: report } = await ask(freezeReport, actor, { assessment, cover: null, compareWith: null });

    expect(await textOf(await fileOf(getReportDocument, actor, { assessment, report, language: 'en' }))).toMatch(/Disputes.*not ours.*open/);
  });

  test('names each accepted risk with who approved it, why, until when, and that it still counts', async () => {
    const { actor, assessment } = await assessed('accepted', finding('CVE-2024-0001'), finding('CVE-2024-0002'));
    const findings = [finding('CVE-2024-0001').id];
    await ask(requestAcceptances, actor, { assessment, findings, reason: 'shut down in autumn', until: '2026-09-01' });
    const second = personOf('accepted', { user: 'second', name: 'Li Fuhe' });
    await ask(decideAcceptances, second, { assessment, findings, granted: true, note: '' });
    const { id: report } = await ask(freezeReport, actor, { assessment, cover: null, compareWith: null });
    const textIn = async (language: string) => textOf(await fileOf(getReportDocument, actor, { assessment, report, language }));
    const sheets = await readExcel(await fileOf(getReportWorkbook, actor, { assessment, report, language: 'en' }));

    expect(await textIn('en')).toMatch(/Accepted risks.*CVE-2024-0001.*shut down in autumn.*Li Fuhe, 2026-07-01.*2026-09-01.*in force.*still counts/);
    expect((await textIn('zh')).replaceAll(' ', '')).toMatch(/已接受的风险.*LiFuhe.*2026-09-01.*有效.*仍计入评分/);
    const { data } = sheets.find(({ sheet }) => sheet === 'Accepted risks')!;
    expect(data).toHaveLength(2);
    for (const said of ['shut down in autumn', 'Li Fuhe', 'in force', 'yes']) expect(data[1]).toContain(said);
  });

  test('says of an accepted risk that ran out that it ended, and that the finding counts', async () => {
    const { actor, assessment } = await assessed('ran-out', finding('CVE-2024-0001'));
    const findings = [finding('CVE-2024-0001').id];
    await ask(requestAcceptances, actor, { assessment, findings, reason: 'later', until: '2026-07-20' });
    await ask(decideAcceptances, personOf('ran-out', { user: 'second' }), { assessment, findings, granted: true, note: '' });
    now = day(40);
    const { id: report } = await ask(freezeReport, actor, { assessment, cover: null, compareWith: null });

    expect(await textOf(await fileOf(getReportDocument, actor, { assessment, report, language: 'en' }))).toMatch(/Accepted risks.*expired.*still counts/);
  });

  test('is for the owner, and for whom the assessment was shown to: nobody else sees that it exists', async () => {
    const { actor, assessment } = await assessed('shown');
    await ask(saveAnswers, actor, { assessment, version: 3, answers: answersOf('yes', 80) });
    const { id: report } = await ask(freezeReport, actor, { assessment, cover: null, compareWith: null });
    const asked = { assessment, report, language: 'en' };

    await expect(ask(getReportDocument, underwriter, asked)).rejects.toMatchObject({ code: 'not-found' });
    await expect(ask(listReports, owner('a-stranger'), { assessment })).rejects.toMatchObject({ code: 'not-found' });
    await ask(createSubmission, actor, { assessment, cover, insurer: null });
    expect((await fileOf(getReportDocument, underwriter, asked)).length).toBeGreaterThan(10_000);
    await expect(ask(freezeReport, underwriter, { assessment, cover: null, compareWith: null })).rejects.toMatchObject({ kind: 'not-permitted' });
  });
});

describe('the signature of a report', () => {
  test('is that of an appointed assessor, printed with its disclosure', async () => {
    const { actor, assessment, report } = await signed('signs');
    const text = await textOf(await fileOf(getReportDocument, actor, { assessment, report, language: 'zh' }));

    for (const said of ['签署机构', '示例检验中心', 'WuJianding', disclosure.statement]) expect(text.replaceAll(' ', '')).toContain(said);
    expect(text).not.toContain('企业自评');
    expect((await ask(listReports, actor, { assessment })).items[0]).toMatchObject({ signedBy: '示例检验中心', signedAt: day(0) });
  });

  test('is refused to whom nobody appointed, whose appointment ended, and twice', async () => {
    const { actor, assessment } = await assessed('refuses');
    const { id: report } = await ask(freezeReport, actor, { assessment, cover: null, compareWith: null });
    const sign = (who: Actor) => ask(signReport, who, { assessment, report, disclosure });
    await expect(sign(assessor())).rejects.toMatchObject({ code: 'not-found' });
    await expect(sign(actor)).rejects.toMatchObject({ kind: 'not-permitted' });

    const { id: appointment } = await ask(appointAssessor, actor, { assessment, assessor: 'org_assessor', until: day(30) });
    await expect(sign(assessor('org_other'))).rejects.toMatchObject({ code: 'not-found' });
    await ask(revokeAppointment, actor, { appointment });
    await expect(sign(assessor())).rejects.toMatchObject({ code: 'not-found' });

    await ask(appointAssessor, actor, { assessment, assessor: 'org_assessor', until: day(10) });
    now = day(11);
    await expect(sign(assessor())).rejects.toMatchObject({ code: 'not-found' });
    await ask(appointAssessor, actor, { assessment, assessor: 'org_assessor', until: day(30) });
    await sign(assessor());
    await expect(sign(assessor())).rejects.toMatchObject({ code: 'report-signed-already' });
    expect((await ask(listAppointments, actor, { assessment })).items.map(({ state }: Loose) => state)).toEqual(['in-force', 'ended', 'revoked']);
  });

  test('an appointment ends within a year, and with an assessor who is there', async () => {
    const { actor, assessment } = await assessed('appoints');

    await expect(ask(appointAssessor, actor, { assessment, assessor: 'org_assessor', until: day(400) })).rejects.toMatchObject({ code: 'appointment-period' });
    await expect(ask(appointAssessor, actor, { assessment, assessor: 'org_insurer', until: day(4) })).rejects.toMatchObject({ code: 'unknown-assessor' });
    await expect(ask(appointAssessor, owner('a-stranger'), { assessment, assessor: 'org_assessor', until: day(4) })).rejects.toMatchObject({
      code: 'not-found',
    });
  });

  test('is confirmed publicly by its code, with the name masked and nothing else of the firm', async () => {
    const { actor, assessment } = await signed('public');
    const { code } = (await ask(listReports, actor, { assessment })).items[0];
    const known = await verifyOf(code);

    expect(known).toMatchObject({ signatureHolds: true, seal: { subject: '示例******公司', signer: { name: '示例检验中心', role: 'assessor', at: day(0) } } });
    expect(canonicalJson(known)).not.toMatch(/云帆|CVE-2024|score|Wu Jianding|org_assessor/);
    expect(await verifyOf('0000-0000-0000-0000-0000')).toEqual({ code: '0000-0000-0000-0000-0000', seal: null, signatureHolds: null });
  });

  test('one assessor signs with one key, another with another', async () => {
    const [one, two] = [await signed('key-one'), await signed('key-two')];
    const keys = await Promise.all(
      [one, two].map(async ({ actor, ...ids }) => JSON.parse(String(await fileOf(getReportSignature, actor, ids))).publicKey as string),
    );

    expect(keys[0]).toBe(keys[1]);
    const { actor, assessment } = await assessed('key-three');
    const { id: report } = await ask(freezeReport, actor, { assessment, cover: null, compareWith: null });
    await ask(appointAssessor, actor, { assessment, assessor: 'org_other', until: day(30) });
    await ask(signReport, assessor('org_other'), { assessment, report, disclosure });
    expect(JSON.parse(String(await fileOf(getReportSignature, actor, { assessment, report }))).publicKey).not.toBe(keys[0]);
  });
});

describe('the offline verifier', () => {
  const run = async (...args: string[]): Promise<{ code: number; said: string }> => {
    let said = '';
    const world = { stdout: (text: string) => void (said += text), stderr: (text: string) => void (said += text) };
    return { code: await verify(args, world as never), said };
  };
  const written = (name: string, bytes: Buffer): string => {
    const path = join(folder, name);
    writeFileSync(path, bytes);
    return path;
  };

  test('confirms either language, refuses one changed byte, another report, a changed statement and another key', async () => {
    const { actor, ...ids } = await signed('offline');
    const bundle = await fileOf(getReportSignature, actor, ids);
    const signature = written('signature.json', bundle);
    const [zh, en] = [await fileOf(getReportDocument, actor, { ...ids, language: 'zh' }), await fileOf(getReportDocument, actor, { ...ids, language: 'en' })];
    const { statement } = JSON.parse(String(bundle));

    expect(await run(written('zh.pdf', zh), '--signature', signature, '--lang', 'en', '--key', statement.signer.keyFingerprint)).toMatchObject({ code: 0 });
    expect(await run(written('en.pdf', en), '--signature', signature)).toMatchObject({ code: 0 });
    const altered = Buffer.from(zh);
    altered[altered.length >> 1]! ^= 1;
    expect(await run(written('altered.pdf', altered), '--signature', signature, '--lang', 'en')).toMatchObject({
      code: 3,
      said: expect.stringContaining('✗ the document'),
    });
    const forged = written('forged.json', Buffer.from(String(bundle).replace('Wu Jianding', 'Wang Jianding')));
    expect(await run(join(folder, 'zh.pdf'), '--signature', forged, '--lang', 'en')).toMatchObject({
      code: 3,
      said: expect.stringContaining('✗ the signature'),
    });
    expect(await run(join(folder, 'zh.pdf'), '--signature', signature, '--key', '00'.repeat(32))).toMatchObject({ code: 3 });
    expect((await run(join(folder, 'zh.pdf'))).code).toBe(2);
  });

  test('does not trust a key that only its own file vouches for, when it was signed with another', async () => {
    const { actor, ...ids } = await signed('swapped');
    const bundle = JSON.parse(String(await fileOf(getReportSignature, actor, ids)));
    const key = signing.makeKey();
    const swapped = written(
      'swapped.json',
      Buffer.from(JSON.stringify({ ...bundle, publicKey: key.publicKey, signature: signing.sign(key, canonicalJson(bundle.statement)) })),
    );
    const pdf = written('swapped.pdf', await fileOf(getReportDocument, actor, ids));

    expect((await run(pdf, '--signature', swapped)).code).toBe(3);
  });
});

describe('the comparison of two dates', () => {
  test('tells what the firm did from what time did, and adds up', async () => {
    const { actor, assessment } = await assessed('compares', finding('CVE-2024-0001'), finding('CVE-2024-0002'));
    await ask(saveAnswers, actor, { assessment, version: 3, answers: answersOf('yes', 40) });
    await scan(actor, assessment, 60, [finding('CVE-2024-0002'), finding('CVE-2024-0003', { severity: 'medium' })]);
    const { items } = await ask(listAssessmentVersions, actor, { assessment });
    const [latest] = items;
    const before = items.find(({ version }: Loose) => version === 4).version;
    const compared = await ask(compareVersions, actor, { assessment, before, after: latest.version, cover });

    expect(compared.findings.map(({ kind, what }: Loose) => [kind, what])).toEqual([
      ['new', 'CVE-2024-0003'],
      ['fixed', 'CVE-2024-0001'],
    ]);
    expect(compared.causes.rules).toBeCloseTo(0, 9);
    expect(compared.causes.firm).toBeGreaterThan(0);
    expect(compared.causes.firm + compared.causes.rules + compared.causes.time).toBeCloseTo(compared.after.score - compared.before.score, 9);
    for (const one of compared.dimensions) expect(one.firm + one.rules + one.time).toBeCloseTo(one.after - one.before, 9);
    expect(compared.before.premium.minor).toBeGreaterThan(compared.after.premium.minor);
  });

  test('of answers alone names them, and counts time for nothing when none has passed', async () => {
    const { actor, assessment } = await assessed('answers');
    await ask(saveAnswers, actor, { assessment, version: 3, answers: answersOf('yes', 3) });
    const compared = await ask(compareVersions, actor, { assessment, before: 3, after: 4, cover: null });

    expect(compared.answers).toHaveLength(3);
    expect(compared.answers[0]).toMatchObject({ before: 'unknown', after: 'yes' });
    expect(compared).toMatchObject({ findings: [], before: { premium: null }, causes: { time: 0 } });
  });

  test('of a year says which evidence ran out', async () => {
    const { actor, assessment } = await assessed('ages');
    await ask(saveAnswers, actor, { assessment, version: 3, answers: answersOf('yes', 30) });
    await scan(actor, assessment, 800, []);
    const { items } = await ask(listAssessmentVersions, actor, { assessment });
    const compared = await ask(compareVersions, actor, { assessment, before: 4, after: items[0].version, cover: null });

    expect(compared.expired.length).toBeGreaterThan(10);
    expect(compared.causes.time).toBeLessThan(0);
  });

  test('puts changed rules down to the rules', async () => {
    const { actor, assessment } = await assessed('rules', finding('CVE-2024-0001'));
    await ask(saveAnswers, actor, { assessment, version: 3, answers: answersOf('yes', 20) });
    const profiles = paper.assessmentBasis.profiles.profiles.map((one) => ({ ...one, weights: { ...one.weights, vulnerabilities: 0.9 } }));
    const later = runnerOver(store.database, queue, [compareVersions, saveAnswers] as never, {
      content: { ...paper, assessmentBasis: { ...paper.assessmentBasis, profiles: { version: 'heavier', profiles } } } as never,
      clock: () => now,
    });
    await later.run(saveAnswers, { actor, input: { assessment, version: 4, answers: answersOf('yes', 25) } });
    const between = async (before: number, after: number): Promise<Loose> =>
      (await later.run(compareVersions, { actor, input: { assessment, before, after, cover: null } })).output;
    const compared = await between(4, 5);

    expect(compared.causes.rules).not.toBeCloseTo(0, 3);
    expect(compared.rules.map(({ title }: Loose) => title)).toEqual(['profiles']);
    expect(await between(3, 4)).toMatchObject({ rules: [], causes: { rules: 0 } });
    expect(compared.causes.firm + compared.causes.rules + compared.causes.time).toBeCloseTo(compared.after.score - compared.before.score, 9);
  });

  test('puts reports down to the firm, and counts none before it was read', async () => {
    const { actor, assessment } = await assessed('waiting');
    const handed = [1, 2].map((n) => ({ hash: `${n}`.repeat(64), bytes: 1, name: `${n}.nessus` }));
    now = day(1);
    const ids = [];
    for (const [at, file] of handed.entries()) {
      const findings = [finding(`CVE-2024-001${at}`)];
      scans.set(file.hash, {
        ...{ format: 'nessus', tool: 'Nessus', toolVersion: null, scannedFrom: now, scannedTo: now, records: 1, findings, cvesNamed: [] },
        assets: ['www.example.com'],
      });
      ids.push((await ask(submitReport, actor, { assessment, file })).report);
    }
    now = day(2);
    for (const report of ids) await ask(readReport, actor, { assessment, report });
    const between = (before: number, after: number) => ask(compareVersions, actor, { assessment, before, after, cover: null });
    const { items } = await ask(listAssessmentVersions, actor, { assessment });

    expect(items.map(({ version, reports }: Loose) => [version, reports])).toEqual([7, 6, 5, 4, 3, 2, 1].map((n) => [n, [0, 0, 0, 1, 1, 1, 2, 3][n]]));
    expect(await between(3, 5)).toMatchObject({ findings: [], rules: [], causes: { firm: 0, rules: 0, time: 0 } });
    const read = await between(5, 7);
    expect(read).toMatchObject({ rules: [], causes: { rules: 0 }, findings: [{ kind: 'new' }, { kind: 'new' }] });
    expect(read.causes.firm).toBeLessThan(0);
  });

  test('puts what was lost with a withdrawn report down to the firm', async () => {
    const { actor, assessment } = await assessed('withdraws', finding('CVE-2024-0001'));
    const { reports } = await ask(getAssessment, actor, { assessment });
    await ask(withdrawReport, actor, { assessment, report: reports[0].id });
    const compared = await ask(compareVersions, actor, { assessment, before: 3, after: 4, cover: null });

    expect(compared).toMatchObject({ rules: [], reportsWithdrawn: 1, causes: { rules: 0 } });
    expect(compared.causes.firm).not.toBe(0);
  });

  test('is refused backwards, for a version that is not there, and to strangers', async () => {
    const { actor, assessment } = await assessed('backwards');
    const asked = { assessment, cover: null };

    await expect(ask(compareVersions, actor, { ...asked, before: 2, after: 1 })).rejects.toMatchObject({ code: 'versions-out-of-order' });
    await expect(ask(compareVersions, actor, { ...asked, before: 1, after: 99 })).rejects.toMatchObject({ code: 'not-found' });
    await expect(ask(compareVersions, owner('a-stranger'), { ...asked, before: 1, after: 2 })).rejects.toMatchObject({ code: 'not-found' });
    await expect(ask(listAssessmentVersions, owner('a-stranger'), { assessment })).rejects.toMatchObject({ code: 'not-found' });
  });

  test('stands in the report that was made with it', async () => {
    const { actor, assessment } = await assessed('in-report', finding('CVE-2024-0001'));
    await scan(actor, assessment, 5, []);
    const { id: report } = await ask(freezeReport, actor, { assessment, cover, compareWith: 3 });
    const text = await textOf(await fileOf(getReportDocument, actor, { assessment, report, language: 'en' }));

    expect(text).toMatch(/Compared with an earlier date.*What the firm did.*fixed CVE-2024-0001/);
  });
});
