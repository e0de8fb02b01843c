import { Readable } from 'node:stream';
import { z } from 'zod';
import {
  AssessmentReport,
  InterestDisclosure,
  SignatureBundle,
  composeReport,
  listContradictions,
  maskName,
  reportHash,
  requireMaySign,
  type MustFixTogether,
  type SignedStatement,
  type Signer,
  type ValuedCover,
} from '../domain/assessment/index.ts';
import { Instant, Language, Refusal, canonicalJson, dayOf, documentCode, hashData, wordsUpTo } from '../domain/basics/index.ts';
import { RequestedCover } from '../domain/catalogue/index.ts';
import { mustFixIds, mustFixWorth, valueRepairs, whatIf } from '../domain/underwriting/index.ts';
import { OrganisationKind } from '../domain/parties/index.ts';
import type { RecordKind, SealedKey, Stored } from '../io/interfaces.ts';
import { assessments, reassess, type AssessmentFile } from './assessment.ts';
import { appointAssessor, appointmentsOf, exportAppointments, listAppointments, revokeAppointment } from './assessors.ts';
import { compare } from './comparison.ts';
import { assessedFindings, type AssessedFindings } from './counted-findings.ts';
import { exportOf } from './exports.ts';
import { operation, type Context, type Desk } from './operation.ts';
import { reportSheets } from './report-sheets.ts';
import { rulesForApplicant } from './tariff.ts';
import { applicationOf } from './underwriting.ts';

const Documents = z.strictObject({ zh: z.string(), en: z.string() });

/** A frozen report: its data with their hash, the hashes of its documents, and the signature once it is signed. */
const ReportFile = z.strictObject({
  assessment: z.string(),
  report: AssessmentReport,
  hash: z.string(),
  code: z.string(),
  documents: Documents,
  signature: SignatureBundle.nullable(),
});
type ReportFile = z.infer<typeof ReportFile>;

const reports: RecordKind<typeof ReportFile> = { name: 'report', table: 'assessment_reports', schema: ReportFile, schemaVersion: 1, upgrades: {} };

const Key = z.strictObject({ publicKey: z.string(), sealed: z.string() });
const signingKeys: RecordKind<typeof Key> = { name: 'key', table: 'signing_keys', schema: Key, schemaVersion: 1, upgrades: {} };

const ReportSummary = z
  .strictObject({
    id: z.string(),
    number: z.string(),
    preparedAt: Instant,
    assessmentVersion: z.int(),
    score: z.number(),
    grade: z.string(),
    code: z.string(),
    hash: z.string(),
    valued: z.boolean(),
    signedBy: z.string().nullable(),
    signedAt: Instant.nullable(),
  })
  .meta({ id: 'AssessmentReportSummary' });

const summary = ({ id, body: { report, code, hash, signature } }: Stored<ReportFile>): z.infer<typeof ReportSummary> => ({
  ...{ id, code, hash },
  number: report.number,
  preparedAt: report.preparedAt,
  assessmentVersion: report.assessmentVersion,
  score: report.score.value,
  grade: report.score.grade,
  valued: report.cover !== null,
  signedBy: signature?.statement.signer.name ?? null,
  signedAt: signature?.statement.signer.at ?? null,
});

const byAssessment = z.strictObject({ assessment: z.string().max(100) });
const byReport = byAssessment.extend({ report: z.string().max(100) });

export const freezeReport = operation({
  name: 'freezeReport',
  module: 'assessment',
  summary: { zh: '出具评估报告', en: 'Freeze the assessment as it stands into a report, its repairs valued for a cover when one is named' },
  who: 'assessment:write',
  input: byAssessment.extend({
    cover: RequestedCover.nullable(),
    /** A kept version to compare with. */
    compareWith: z.int().min(1).nullable(),
  }),
  output: ReportSummary,
  http: { method: 'POST', path: '/assessments/{assessment}/assessment-reports', status: 201, body: 'json' },
  effect: 'write',
  run: async (context, { assessment, cover, compareWith }) => {
    const stored = await context.records.lock(assessments, assessment);
    const comparison = compareWith === null ? null : await compare(context, assessment, { before: compareWith, after: stored.version, cover });
    const report = AssessmentReport.parse({ ...(await compose(context, stored, cover)), comparison });
    const saved = await context.records.insert(reports, await frozen(context, report, null));
    await context.seals.add(saved.body.code, sealOf(saved.body));
    context.note({ assessment, report: saved.id, hash: saved.body.hash, code: saved.body.code });
    return summary(saved);
  },
});

async function compose(context: Context, stored: Stored<AssessmentFile>, cover: RequestedCover | null): Promise<AssessmentReport> {
  const { id, version, body } = stored;
  const found = await assessedFindings(context, context, id, body);
  const result = reassess(context, body, found);
  const { assessmentBasis, repairGuides } = context.content;
  const worth = await worthOf(context, stored, cover);
  return composeReport({
    number: `AR-${dayOf(context.now).replaceAll('-', '')}-${hashData([id, version, context.now]).slice(0, 6).toUpperCase()}`,
    ...{ assessment: id, assessmentVersion: version, now: context.now, firm: body.firm, answers: body.answers, result, reports: body.reports },
    profileChoice: body.profileChoice ?? null,
    findings: found.findings,
    tracked: found.tracked,
    events: eventsOf(found),
    contradictions: listContradictions(result, body.answers, found.findings, assessmentBasis),
    ...worth,
    comparison: null,
    guides: repairGuides,
    rules: assessmentBasis,
  });
}

const eventsOf = ({ cases }: AssessedFindings) => new Map([...cases].map(([weakness, { body }]) => [weakness, body.events]));

/** What each repair is worth by the tariff that binds, for the cover that was named. */
async function worthOf(
  context: Context,
  stored: Stored<AssessmentFile>,
  cover: RequestedCover | null,
): Promise<{ cover: ValuedCover | null; repairs: AssessmentReport['repairs']; mustFix: MustFixTogether | null }> {
  if (cover === null) return { cover: null, repairs: [], mustFix: null };
  const application = await applicationOf(context, stored, cover);
  const rules = await rulesForApplicant(context);
  const valued = valueRepairs(application, rules);
  const must = mustFixIds(valued);
  const together = whatIf(application, must, rules);
  const repairs = valued.map(({ finding, title, closes, effort, scoreDelta, premiumDelta, label }) => ({
    finding,
    title,
    closes,
    effort,
    scoreDelta,
    premiumDelta,
    label,
  }));
  const { currency, limitMinor, retentionMinor } = application.cover;
  const premiumMinor = together.before.premium.total;
  return {
    cover: { currency, limitMinor, retentionMinor, premiumMinor, ratebook: rules.ratebook.file.version },
    repairs,
    mustFix: must.length === 0 ? null : mustFixWorth(valued, together),
  };
}

/** The report as it is kept: both documents made once and kept by their hashes, so that they are the same bytes for ever. */
async function frozen(context: Context, report: AssessmentReport, signer: Signer | null): Promise<ReportFile> {
  const data = documentData(context, report, signer);
  const kept = { zh: await keepDocument(context, 'zh', data), en: await keepDocument(context, 'en', data) };
  return {
    assessment: report.assessment,
    report,
    hash: reportHash(report),
    code: documentCode({ kind: 'assessment-report', data }),
    documents: kept,
    signature: null,
  };
}

const documentData = (context: Context, report: AssessmentReport, signer: Signer | null) => ({
  number: report.number,
  version: signer === null ? 1 : 2,
  insurer: { name: signer?.name ?? report.subject.name, creditCode: null },
  report,
  signer,
  verifyAt: `${context.publicAddress}/verify`,
  issuedAt: signer?.at ?? report.preparedAt,
  dataAsOf: report.dataAsOf,
});

const mostDocumentBytes = 20 * 1024 * 1024;

async function keepDocument(context: Context, language: Language, data: unknown): Promise<string> {
  const pdf = await context.documents.make({ kind: 'assessment-report', language, data });
  return (await context.files.keep(Readable.from([pdf]), mostDocumentBytes)).hash;
}

/** What a stranger who holds the document may know: what is printed on it, its subject masked. */
const PublicSeal = z
  .strictObject({
    number: z.string(),
    subject: z.string(),
    preparedAt: Instant,
    report: z.string(),
    documents: Documents,
    signature: SignatureBundle.nullable(),
  })
  .meta({ id: 'PublicSeal' });

const sealOf = ({ report, hash, documents, signature }: ReportFile): z.infer<typeof PublicSeal> => ({
  number: report.number,
  subject: maskName(report.subject.name),
  preparedAt: report.preparedAt,
  report: hash,
  ...{ documents, signature },
});

/** A report of an assessment that the actor may read, at the desk of its owner. */
async function openReport(
  context: Context,
  { assessment, report }: z.infer<typeof byReport>,
  hold = false,
): Promise<{ owner: Desk; stored: Stored<ReportFile> }> {
  const { organisation } = await context.records.get(assessments, assessment);
  const owner = context.deskOf(organisation);
  const stored = hold ? await owner.records.lock(reports, report) : await owner.records.get(reports, report);
  if (stored.body.assessment !== assessment || stored.organisation !== organisation) throw new Refusal('absent', 'not-found', 'no such record');
  return { owner, stored };
}

export const signReport = operation({
  name: 'signReport',
  module: 'assessment',
  summary: { zh: '签署评估报告', en: 'Sign a report with the key of the own organisation of assessors, and disclose own interests' },
  who: 'report:sign',
  input: byReport.extend({ disclosure: InterestDisclosure.extend({ statement: wordsUpTo(1000) }) }),
  output: ReportSummary,
  http: { method: 'POST', path: '/assessments/{assessment}/assessment-reports/{report}/signature', status: 201, body: 'json' },
  effect: 'write',
  run: async (context, { disclosure, ...asked }) => {
    const { owner, stored } = await openReport(context, asked, true);
    const { actor, now } = context;
    const appointments = (await appointmentsOf(context, asked.assessment)).map(({ body }) => body);
    const report = { owner: stored.organisation, signed: stored.body.signature !== null };
    const { assessorName } = requireMaySign(report, { organisation: actor.organisation, kind: actor.organisationKind }, appointments, now);
    const file = await signedFile(context, stored.body.report, disclosure, assessorName);
    const saved = await owner.records.save(reports, stored.id, stored.version, file);
    await context.seals.add(file.code, sealOf(file));
    context.note({ assessment: asked.assessment, report: stored.id, code: file.code, key: file.signature!.statement.signer.keyFingerprint });
    return summary(saved);
  },
});

async function signedFile(context: Context, report: AssessmentReport, disclosure: InterestDisclosure, name: string): Promise<ReportFile> {
  const { actor, now, signing } = context;
  const key = await ownKey(context);
  const signer: Signer = {
    organisation: actor.organisation,
    name,
    person: actor.name,
    at: now,
    keyFingerprint: signing.fingerprint(key.publicKey),
    disclosure,
  };
  const file = await frozen(context, report, signer);
  const statement: SignedStatement = {
    form: 'riskloop-signature-1',
    ...{ code: file.code, report: file.hash, documents: file.documents, signer },
    subject: maskName(report.subject.name),
    assessedOn: dayOf(report.dataAsOf),
  };
  const signature = signing.sign(key, canonicalJson(statement));
  return { ...file, signature: { statement, algorithm: 'Ed25519', signature, publicKey: key.publicKey } };
}

/** The organisation's key, made when it is first needed. */
async function ownKey({ records, signing }: Context): Promise<SealedKey> {
  const [known] = (await records.list(signingKeys, { limit: 1 })).items;
  return known?.body ?? (await records.insert(signingKeys, signing.makeKey())).body;
}

export const listReports = operation({
  name: 'listAssessmentReports',
  module: 'assessment',
  summary: { zh: '评估报告列表', en: 'List the reports that were made of an assessment, newest first' },
  who: 'assessment:read',
  input: byAssessment.extend({ after: z.string().max(200).optional(), limit: z.coerce.number().int().min(1).max(200).optional() }),
  output: z.strictObject({ items: z.array(ReportSummary), next: z.string().nullable() }),
  http: { method: 'GET', path: '/assessments/{assessment}/assessment-reports', status: 200, body: 'json' },
  effect: 'read',
  run: async (context, { assessment, ...page }) => {
    const { organisation } = await context.records.get(assessments, assessment);
    const { items, next } = await context.deskOf(organisation).records.list(reports, { ...page, where: { assessment } });
    return { items: items.map(summary), next };
  },
});

export const exportReports = exportOf(listReports, {
  rows: ({ items }) => items,
  columns: [
    ['text', '报告编号', 'Number', ({ number }) => number],
    ['instant', '出具时间', 'Prepared at', ({ preparedAt }) => preparedAt],
    ['integer', '评估版本', 'Version of the assessment', ({ assessmentVersion }) => assessmentVersion],
    ['number', '评分', 'Score', ({ score }) => score],
    ['text', '等级', 'Grade', ({ grade }) => grade],
    ['text', '签署机构', 'Signed by', ({ signedBy }) => signedBy],
    ['instant', '签署时间', 'Signed at', ({ signedAt }) => signedAt],
    ['text', '验证码', 'Verification code', ({ code }) => code],
    ['text', '哈希', 'Hash', ({ hash }) => hash],
  ],
});

const FileAnswer = z.strictObject({ file: z.string(), mediaType: z.string(), name: z.string() });
const inLanguage = byReport.extend({ language: Language.default('zh') });

export const getReportDocument = operation({
  name: 'getAssessmentReport',
  module: 'assessment',
  summary: { zh: '下载评估报告（PDF）', en: 'The report as PDF, the very bytes that were made when it was frozen or signed' },
  who: 'assessment:read',
  input: inLanguage,
  output: FileAnswer,
  http: { method: 'GET', path: '/assessments/{assessment}/assessment-reports/{report}/document', status: 200, body: 'document' },
  effect: 'read',
  run: async (context, { language, ...asked }) => {
    const { body } = (await openReport(context, asked)).stored;
    const pdf = await context.files.read(body.documents[language], mostDocumentBytes);
    return { file: Buffer.from(pdf!).toString('base64'), mediaType: 'application/pdf', name: `${body.report.number}-${language}.pdf` };
  },
});

export const getReportWorkbook = operation({
  name: 'getAssessmentReportWorkbook',
  module: 'assessment',
  summary: { zh: '下载评估报告（Excel）', en: 'The report as a workbook with a sheet for each part' },
  who: 'assessment:read',
  input: inLanguage,
  output: FileAnswer,
  http: { method: 'GET', path: '/assessments/{assessment}/assessment-reports/{report}/workbook', status: 200, body: 'document' },
  effect: 'read',
  run: async (context, { language, ...asked }) => {
    const { report, hash, code, signature } = (await openReport(context, asked)).stored.body;
    const { bytes, mediaType } = await context.spreadsheets.write({
      ...reportSheets(report, { hash, code, signer: signature?.statement.signer ?? null }, language),
      ...{ format: 'xlsx', language, madeAt: report.preparedAt },
    });
    return { file: Buffer.from(bytes).toString('base64'), mediaType, name: `${report.number}-${language}.xlsx` };
  },
});

export const getReportSignature = operation({
  name: 'getAssessmentReportSignature',
  module: 'assessment',
  summary: { zh: '下载签名', en: 'The signature of a report as a file, with which anyone can check its PDF offline' },
  who: 'assessment:read',
  input: byReport,
  output: FileAnswer,
  http: { method: 'GET', path: '/assessments/{assessment}/assessment-reports/{report}/signature', status: 200, body: 'document' },
  effect: 'read',
  run: async (context, asked) => {
    const { report, signature } = (await openReport(context, asked)).stored.body;
    if (signature === null) throw new Refusal('rule', 'report-not-signed', 'nobody has signed this report: it is the firm’s own');
    const text = JSON.stringify(signature, null, 2);
    return { file: Buffer.from(text).toString('base64'), mediaType: 'application/json', name: `${report.number}-signature.json` };
  },
});

/** Who signed, as a stranger may know it: the organisation and in which role it signed, never the person. */
const PublicSigner = SignatureBundle.shape.statement.shape.signer
  .pick({ name: true, at: true, keyFingerprint: true })
  .extend({ role: OrganisationKind.extract(['assessor']) });

const publicSigner = ({ name, at, keyFingerprint }: Signer): z.infer<typeof PublicSigner> => ({ name, at, keyFingerprint, role: 'assessor' });

export const Verification = z
  .strictObject({
    code: z.string(),
    /** null: no document of this installation carries the code. */
    seal: PublicSeal.omit({ signature: true }).extend({ signer: PublicSigner.nullable(), publicKey: z.string().nullable() }).nullable(),
    /** Whether the signature fits the statement; null where there is none. */
    signatureHolds: z.boolean().nullable(),
  })
  .meta({ id: 'Verification' });

/** What is known of the document with this code. For the public: needs no permission, and names the subject masked. */
export async function verifyCode({ seals, signing }: Pick<Context, 'seals' | 'signing'>, code: string): Promise<z.infer<typeof Verification>> {
  const facts = await seals.find(code);
  if (facts === null) return { code, seal: null, signatureHolds: null };
  const { signature, ...seal } = PublicSeal.parse(facts);
  const holds =
    signature === null ? null : signing.verifies({ publicKey: signature.publicKey, signature: signature.signature, text: canonicalJson(signature.statement) });
  return {
    code,
    seal: { ...seal, signer: signature === null ? null : publicSigner(signature.statement.signer), publicKey: signature?.publicKey ?? null },
    signatureHolds: holds,
  };
}

export const reportOperations = [
  freezeReport,
  listReports,
  exportReports,
  getReportDocument,
  getReportWorkbook,
  getReportSignature,
  signReport,
  appointAssessor,
  revokeAppointment,
  listAppointments,
  exportAppointments,
];
