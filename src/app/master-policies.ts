import { z } from 'zod';
import { Day, Instant, Language, Refusal, Text, wordsUpTo } from '../domain/basics/index.ts';
import {
  AggregateDraw,
  CertificateStanding,
  MasterPolicy,
  MemberCertificate,
  type Policy,
  PolicyState,
  aggregateLeft,
  certificateLastDay,
  certificateStanding,
  describeCertificate,
  drawOnAggregate,
  endCertificate,
  enrolMembers,
  openMasterPolicy,
  readEnrolment,
  requireStanding,
} from '../domain/policy/index.ts';
import type { Stored } from '../io/interfaces.ts';
import { everyRecord } from './every-record.ts';
import { amount, exportOf } from './exports.ts';
import { certificates, masterPolicies } from './master-records.ts';
import { type Context, operation } from './operation.ts';
import { policies } from './policy-file.ts';
import { shown } from './underwriting.ts';

const id = z.string().max(100);
const words = wordsUpTo(500);
const stamp = { id: z.string(), version: z.int(), organisation: z.string(), createdAt: Instant, updatedAt: Instant };
const MasterRecord = z
  .strictObject({ ...stamp, ...MasterPolicy.omit({ memory: true }).shape, policyState: PolicyState, leftMinor: z.int() })
  .meta({ id: 'MasterPolicyRecord' });
const CertificateRecord = z
  .strictObject({ ...stamp, ...MemberCertificate.shape, standing: CertificateStanding, lastDay: Day.nullable() })
  .meta({ id: 'MemberCertificateRecord' });

/** A certificate as its policy leaves it. `lastDay` is null where cover never began. */
const certificateRecord = (stored: Stored<MemberCertificate>, policy: Policy, now: Instant): z.infer<typeof CertificateRecord> => ({
  ...shown(stored),
  standing: certificateStanding(stored.body, policy, now),
  lastDay: certificateLastDay(stored.body, policy),
});

/** A master policy with its policy as it stands. */
async function masterRecord(context: Context, stored: Stored<MasterPolicy>): Promise<z.infer<typeof MasterRecord>> {
  const { memory: _, ...record } = shown(stored);
  const { policy } = (await context.records.get(policies, stored.body.policy)).body;
  return { ...record, policyState: policy.state, leftMinor: aggregateLeft(stored.body) };
}

export const openMaster = operation({
  name: 'openMasterPolicy',
  module: 'policy',
  summary: { zh: '设为总保单', en: 'Open a policy to members: the firms of a park, or those who use a vendor’s product' },
  who: 'case:decide',
  input: z.strictObject({ policy: id, kind: MasterPolicy.shape.kind, name: z.string().trim().min(1).max(200), memberLimitMinor: z.int().min(1) }),
  output: MasterRecord,
  http: { method: 'POST', path: '/policies/{policy}/master', status: 201, body: 'json' },
  effect: 'write',
  run: async (context, { policy, kind, name, memberLimitMinor }) => {
    const file = await context.records.get(policies, policy);
    if (file.organisation !== context.actor.organisation) throw new Refusal('absent', 'not-found', 'no such record');
    const { body } = await context.records.lock(policies, policy);
    if ((await masterOf(context, policy)) !== null)
      throw new Refusal('conflict', 'master-already-open', 'this policy is open to members already', { number: body.policy.number });
    const opened = openMasterPolicy(body.policy, { policy, kind, name, insurer: body.insurer, holder: body.insured, memberLimitMinor });
    const stored = await context.records.insert(masterPolicies, opened);
    await context.grants.give({ record: stored.id, to: body.insured, relation: 'holder', from: context.now, until: null });
    context.note({ master: stored.id, policy, memberLimit: memberLimitMinor });
    return masterRecord(context, stored);
  },
});

/** The master policy of a policy, as the desk sees it; null when it is open to none. */
export async function masterOf({ records }: Pick<Context, 'records'>, policy: string): Promise<Stored<MasterPolicy> | null> {
  return (await records.list(masterPolicies, { where: { policy }, limit: 1 })).items[0] ?? null;
}

export const getMaster = operation({
  name: 'getMasterPolicy',
  module: 'policy',
  summary: {
    zh: '查看总保单',
    en: 'Read the master policy of a policy, with what is left of the aggregate that its members share; null when it is open to none',
  },
  who: 'policy:read',
  input: z.strictObject({ policy: id }),
  output: z.strictObject({ master: MasterRecord.nullable() }),
  http: { method: 'GET', path: '/policies/{policy}/master', status: 200, body: 'json' },
  effect: 'read',
  run: async (context, { policy }) => {
    await context.records.get(policies, policy);
    const found = await masterOf(context, policy);
    return { master: found === null ? null : await masterRecord(context, found) };
  },
});

const EnrolmentFault = z.strictObject({ row: z.int(), column: z.string(), code: z.string(), text: Text }).meta({ id: 'EnrolmentFault' });
const EnrolmentRow = z.strictObject({ row: z.int(), member: z.string(), creditCode: z.string(), limitMinor: z.int(), from: z.string() });
const Enrolled = z
  .strictObject({ dryRun: z.boolean(), issue: z.array(EnrolmentRow), unchanged: z.array(EnrolmentRow), faults: z.array(EnrolmentFault), members: z.int() })
  .meta({ id: 'Enrolled' });

export const enrol = operation({
  name: 'enrolMembers',
  module: 'policy',
  summary: {
    zh: '批量加入成员',
    en: 'Enrol firms under a master policy by CSV (name, credit_code, limit in yuan, from): all of them or none; a dry run says what would happen',
  },
  who: 'policy:bind',
  input: z.strictObject({ master: id, csv: z.string().min(1).max(2_000_000), dryRun: z.boolean() }),
  output: Enrolled,
  http: { method: 'POST', path: '/master-policies/{master}/enrolment', status: 200, body: 'json' },
  effect: 'write',
  run: async (context, { master: asked, csv, dryRun }) => {
    const { holder, insurer } = await lockMaster(context, asked);
    const read = readEnrolment(csv, holder.body, await standingUnder(context, holder), context.now);
    const members = holder.body.members + (dryRun ? 0 : read.issue.length);
    const answer = { dryRun, issue: [...read.issue], unchanged: [...read.unchanged], faults: [...read.faults], members };
    if (dryRun) return answer;
    for (const certificate of enrolMembers(holder.body, asked, read, { at: context.now, by: context.actor.name })) {
      const issued = await insurer.records.insert(certificates, certificate);
      await insurer.grants.give({ record: issued.id, to: holder.body.holder, relation: 'holder', from: context.now, until: null });
    }
    if (read.issue.length > 0) await insurer.records.save(masterPolicies, asked, holder.version, { ...holder.body, members });
    context.note({ master: asked, issued: read.issue.length, unchanged: read.unchanged.length });
    return answer;
  },
});

/** One's own master policy as its holder, locked, while its policy stands. Absent for everybody else, its insurer too. */
async function lockMaster(context: Context, asked: string) {
  const { body } = await context.records.get(masterPolicies, asked);
  if (body.holder !== context.actor.organisation) throw new Refusal('absent', 'not-found', 'no such record');
  const insurer = context.deskOf(body.insurer);
  const holder = await insurer.records.lock(masterPolicies, asked);
  requireStanding((await insurer.records.get(policies, body.policy)).body.policy);
  return { holder, insurer };
}

const standingUnder = async ({ deskOf }: Context, { id: master, body }: Stored<MasterPolicy>): Promise<MemberCertificate[]> =>
  (await everyRecord(deskOf(body.insurer), certificates, { master, state: 'issued' })).map((one) => one.body);

export const listCertificates = operation({
  name: 'listCertificates',
  module: 'policy',
  summary: { zh: '成员保险凭证', en: 'List the certificates under a master policy, newest first' },
  who: 'policy:read',
  input: z.strictObject({ master: id, after: z.string().max(200).optional(), limit: z.coerce.number().int().min(1).max(200).optional() }),
  output: z.strictObject({ items: z.array(CertificateRecord), next: z.string().nullable() }),
  http: { method: 'GET', path: '/master-policies/{master}/certificates', status: 200, body: 'json' },
  effect: 'read',
  run: async (context, { master, ...page }) => {
    const { body } = await context.records.get(masterPolicies, master);
    const { policy } = (await context.records.get(policies, body.policy)).body;
    const { items, next } = await context.records.list(certificates, { ...page, where: { master } });
    return { items: items.map((one) => certificateRecord(one, policy, context.now)), next };
  },
});

export const exportCertificates = exportOf(listCertificates, {
  rows: ({ items }) => items,
  columns: [
    ['text', '凭证号', 'Certificate', ({ number }) => number],
    ['text', '企业', 'Firm', ({ member }) => member],
    ['text', '统一社会信用代码', 'Credit code', ({ creditCode }) => creditCode],
    ['text', '状态', 'Standing', ({ standing }) => standing],
    ['money', '限额', 'Limit', ({ currency, limitMinor }) => amount(currency, limitMinor)],
    ['day', '起保日', 'From', ({ from }) => from],
    ['day', '最后保障日', 'Last day of cover', ({ lastDay }) => lastDay],
    ['instant', '签发时间', 'Issued at', ({ issuedAt }) => issuedAt],
    ['text', '编号', 'Id', ({ id: one }) => one],
  ],
});

const CertificateView = z
  .strictObject({ certificate: CertificateRecord, master: MasterRecord, insurer: z.string(), holder: z.string() })
  .meta({ id: 'CertificateView' });

export const getCertificate = operation({
  name: 'getCertificate',
  module: 'policy',
  summary: { zh: '查看保险凭证', en: 'Read one certificate with its master policy' },
  who: 'policy:read',
  input: z.strictObject({ certificate: id }),
  output: CertificateView,
  http: { method: 'GET', path: '/certificates/{certificate}', status: 200, body: 'json' },
  effect: 'read',
  run: async (context, { certificate: asked }) => {
    const certificate = await context.records.get(certificates, asked);
    const master = await context.records.get(masterPolicies, certificate.body.master);
    const { policy } = (await context.records.get(policies, master.body.policy)).body;
    const insurers = await context.organisationsOf('insurer');
    return {
      certificate: certificateRecord(certificate, policy, context.now),
      master: await masterRecord(context, master),
      insurer: insurers.find(({ id: one }) => one === master.body.insurer)?.name ?? master.body.insurer,
      holder: policy.insured.name,
    };
  },
});

export const getCertificateDocument = operation({
  name: 'getCertificateDocument',
  module: 'policy',
  summary: { zh: '保险凭证文件', en: 'The certificate of one member as PDF' },
  who: 'policy:read',
  input: z.strictObject({ certificate: id, language: Language.default('zh') }),
  output: z.strictObject({ file: z.base64(), mediaType: z.literal('application/pdf'), name: z.string() }),
  http: { method: 'GET', path: '/certificates/{certificate}/document', status: 200, body: 'document' },
  effect: 'read',
  run: async (context, { certificate: asked, language }) => {
    const certificate = await context.records.get(certificates, asked);
    const master = await context.records.get(masterPolicies, certificate.body.master);
    const file = (await context.records.get(policies, master.body.policy)).body;
    const data = { ...describeCertificate(certificate.body, master.body, file), version: certificate.version };
    const pdf = await context.documents.make({ kind: 'member-certificate', language, data });
    return { file: Buffer.from(pdf).toString('base64'), mediaType: 'application/pdf' as const, name: `${certificate.body.number}-${language}.pdf` };
  },
});

export const endMember = operation({
  name: 'endCertificate',
  module: 'policy',
  summary: { zh: '终止成员凭证', en: 'End the certificate of one member, with a reason; what it drew stays drawn' },
  who: 'policy:bind',
  input: z.strictObject({ certificate: id, reason: words }),
  output: z.strictObject({ certificate: z.string(), members: z.int() }),
  http: { method: 'POST', path: '/certificates/{certificate}/end', status: 200, body: 'json' },
  effect: 'write',
  run: async (context, { certificate: asked, reason }) => {
    const { holder, insurer } = await lockMaster(context, (await context.records.get(certificates, asked)).body.master);
    const { body, version } = await insurer.records.lock(certificates, asked);
    await insurer.records.save(certificates, asked, version, endCertificate(body, { at: context.now, by: context.actor.name, reason }));
    const members = holder.body.members - 1;
    await insurer.records.save(masterPolicies, holder.id, holder.version, { ...holder.body, members });
    context.note({ certificate: asked, master: holder.id });
    return { certificate: asked, members };
  },
});

export const drawCertificate = operation({
  name: 'drawCertificate',
  module: 'policy',
  summary: { zh: '登记成员赔付', en: 'Take a settled loss of a member from its certificate and from the aggregate that all members share' },
  who: 'case:decide',
  input: z.strictObject({ certificate: id, event: z.string().trim().min(1).max(100), on: Day, lossMinor: z.int().min(1), reason: words }),
  output: z.strictObject({ draw: AggregateDraw, leftMinor: z.int() }),
  http: { method: 'POST', path: '/certificates/{certificate}/draws', status: 201, body: 'json' },
  effect: 'money',
  run: async (context, { certificate: asked, event, on, lossMinor, reason }) => {
    const certificate = await context.records.get(certificates, asked);
    if (certificate.organisation !== context.actor.organisation) throw new Refusal('absent', 'not-found', 'no such record');
    const master = await context.records.lock(masterPolicies, certificate.body.master);
    const loss = { certificate: asked, event, on, lossMinor, at: context.now, by: context.actor.name, reason };
    const { policy } = (await context.records.get(policies, master.body.policy)).body;
    const drawn = drawOnAggregate(master.body, (await context.records.lock(certificates, asked)).body, policy, loss);
    await context.records.save(masterPolicies, master.id, master.version, drawn.master);
    const leftMinor = aggregateLeft(drawn.master);
    context.note({ certificate: asked, event, drawn: drawn.draw.drawnMinor, left: leftMinor });
    return { draw: drawn.draw, leftMinor };
  },
});

export const masterPolicyOperations = [
  openMaster,
  getMaster,
  enrol,
  listCertificates,
  exportCertificates,
  getCertificate,
  getCertificateDocument,
  endMember,
  drawCertificate,
];
