import { z } from 'zod';
import {
  Answer,
  answersIn,
  answerSections,
  assignedSections,
  GivenAnswers,
  attributeAnswers,
  basisOf,
  putSections,
  requireAssigned,
  requireApplicable,
  requireAttestable,
  requireSections,
  SectionAssignment,
} from '../domain/assessment/index.ts';
import { Instant, instantFromMillis, instantMillis, noteUpTo, Refusal } from '../domain/basics/index.ts';
import { invitationRules } from '../domain/parties/index.ts';
import type { RecordKind, Stored } from '../io/interfaces.ts';
import { assessments, enterAnswers, requireKeptProofs } from './assessment.ts';
import { exportOf } from './exports.ts';
import { Email } from './invitations.ts';
import { AskedSection, askedSections } from './catalogue.ts';
import { type Context, operation } from './operation.ts';

export const sectionAssignments: RecordKind<typeof SectionAssignment> = {
  name: 'assignment',
  table: 'section_assignments',
  schema: SectionAssignment,
  schemaVersion: 1,
  upgrades: {},
};

const AssignmentRecord = z.strictObject({ id: z.string(), version: z.int(), createdAt: Instant, ...SectionAssignment.shape }).meta({ id: 'AssignmentRecord' });
const shown = ({ id, version, createdAt, body }: Stored<SectionAssignment>): z.infer<typeof AssignmentRecord> => ({ id, version, createdAt, ...body });

const Assigned = z.strictObject({ assignment: AssignmentRecord, token: z.string().nullable() });
const byId = z.strictObject({ assignment: z.string().max(100) });

interface Wish {
  readonly assessment: string;
  readonly email: string;
  readonly sections: string[];
  readonly note: string;
}

/** Assigns sections; a person who is no member yet is invited along with it, in a role that allows nothing else. */
async function assign(context: Context, { assessment, email, sections, note }: Wish): Promise<z.infer<typeof Assigned>> {
  const { body: file } = await context.records.lock(assessments, assessment);
  requireSections(sections, context.content.assessmentBasis.questionnaire.questionnaire);
  const { organisation, user, name } = context.actor;
  const known = (await context.members.listMembers(organisation)).find((member) => member.email.toLowerCase() === email);
  const invitation = { organisation, by: name, email, roles: ['contributor'] as const, validDays: invitationRules.validDays, replaces: false };
  const invited = known ? null : await context.members.invite(invitation);
  const until = instantFromMillis(instantMillis(context.now) + invitationRules.sectionDays * 86_400_000);
  const stored = await context.records.insert(sectionAssignments, {
    ...{ assessment, firm: file.firm.name, sections: [...new Set(sections)], email, note, until },
    ...{ state: 'open', invitation: invited?.id ?? null, assignedBy: { user, name }, answered: null },
  });
  context.note({ assignment: stored.id, assessment, sections: sections.join(',') });
  return { assignment: shown(stored), token: invited?.token ?? null };
}

export const assignSections = operation({
  name: 'assignSections',
  module: 'sections',
  summary: { zh: '分派问卷章节', en: 'Have a colleague or a service provider answer sections of an application, and see nothing else' },
  who: 'section:assign',
  input: z.strictObject({ assessment: z.string().max(100), email: Email, sections: SectionAssignment.shape.sections, note: noteUpTo(1000) }),
  output: Assigned,
  http: { method: 'POST', path: '/assessments/{assessment}/sections', status: 201, body: 'json' },
  effect: 'write',
  shownOnce: true,
  run: assign,
});

export const listSectionAssignments = operation({
  name: 'listSectionAssignments',
  module: 'sections',
  summary: { zh: '章节分派列表', en: 'List who answers which sections of an application, and who has answered' },
  who: 'assessment:read',
  input: z.strictObject({ assessment: z.string().max(100) }),
  output: z.strictObject({ items: z.array(AssignmentRecord) }),
  http: { method: 'GET', path: '/assessments/{assessment}/sections', status: 200, body: 'json' },
  effect: 'read',
  run: async ({ records }, { assessment }) => {
    await records.get(assessments, assessment);
    return { items: (await records.list(sectionAssignments, { where: { assessment }, limit: 200 })).items.map(shown) };
  },
});

export const exportSectionAssignments = exportOf(listSectionAssignments, {
  rows: ({ items }) => items,
  columns: [
    ['text', '邮箱', 'E-mail', ({ email }) => email],
    ['text', '章节', 'Sections', ({ sections }) => sections.join(', ')],
    ['text', '状态', 'State', ({ state }) => state],
    ['text', '回答人', 'Answered by', ({ answered }) => answered?.name],
    ['instant', '回答时间', 'Answered at', ({ answered }) => answered?.at],
    ['instant', '截止时间', 'Until', ({ until }) => until],
  ],
});

async function revoke(context: Context, id: string): Promise<Stored<SectionAssignment>> {
  const stored = await context.records.lock(sectionAssignments, id);
  const { invitation } = stored.body;
  if (invitation !== null) await context.members.revokeInvitation(context.actor.organisation, invitation).catch(unlessGone);
  context.note({ assignment: id });
  return context.records.save(sectionAssignments, id, stored.version, { ...stored.body, state: 'revoked' });
}

/** An invitation that was taken up cannot be taken back; the sections can. */
function unlessGone(error: unknown): void {
  if (!(error instanceof Refusal && error.code === 'not-found')) throw error;
}

export const revokeSectionAssignment = operation({
  name: 'revokeSectionAssignment',
  module: 'sections',
  summary: { zh: '收回分派的章节', en: 'Take sections back, at once; answers that were given stay' },
  who: 'section:assign',
  input: byId,
  output: AssignmentRecord,
  http: { method: 'DELETE', path: '/section-assignments/{assignment}', status: 200, body: 'json' },
  effect: 'write',
  run: async (context, { assignment }) => shown(await revoke(context, assignment)),
});

export const reassignSections = operation({
  name: 'reassignSections',
  module: 'sections',
  summary: { zh: '改派章节', en: 'Take sections back and give them to somebody else' },
  who: 'section:assign',
  input: byId.extend({ email: Email }),
  output: Assigned,
  http: { method: 'POST', path: '/section-assignments/{assignment}/reassignment', status: 201, body: 'json' },
  effect: 'write',
  shownOnce: true,
  run: async (context, { assignment, email }) => {
    const { assessment, sections, note } = (await revoke(context, assignment)).body;
    return assign(context, { assessment, email, sections, note });
  },
});

/** The assignment, if it is the caller's own; otherwise as if there were none. */
async function mine(context: Context, id: string): Promise<Stored<SectionAssignment>> {
  const stored = await context.records.lock(sectionAssignments, id);
  requireAssigned(stored.body, await context.members.person(context.actor.user), context.now);
  return stored;
}

const OwnSection = AssignmentRecord.pick({ id: true, firm: true, sections: true, state: true, until: true, note: true, answered: true }).extend({
  assignedBy: z.string(),
});
const asOwn = ({ id, body: { firm, sections, state, until, note, answered, assignedBy } }: Stored<SectionAssignment>): z.infer<typeof OwnSection> => ({
  ...{ id, firm, sections, state, until, note, answered },
  assignedBy: assignedBy.name,
});

export const listMySections = operation({
  name: 'listMySections',
  module: 'sections',
  summary: { zh: '分派给我的章节', en: 'List the sections that the caller was asked to answer' },
  who: 'section:answer',
  input: z.strictObject({}),
  output: z.strictObject({ items: z.array(OwnSection) }),
  http: { method: 'GET', path: '/my-sections', status: 200, body: 'json' },
  effect: 'read',
  run: async ({ records, members, actor, now }) => {
    const { email } = await members.person(actor.user);
    const { items } = await records.list(sectionAssignments, { where: { email: email.toLowerCase() }, limit: 100 });
    return { items: items.filter(({ organisation, body }) => organisation === actor.organisation && body.state !== 'revoked' && body.until > now).map(asOwn) };
  },
});

export const exportMySections = exportOf(listMySections, {
  rows: ({ items }) => items,
  columns: [
    ['text', '企业', 'Firm', ({ firm }) => firm],
    ['text', '章节', 'Sections', ({ sections }) => sections.join(', ')],
    ['instant', '截止时间', 'Until', ({ until }) => until],
    ['instant', '回答时间', 'Answered at', ({ answered }) => answered?.at],
  ],
});

const MySections = z
  .strictObject({
    assignment: OwnSection,
    questionnaire: z.string(),
    /** The questions that are put given the answers so far; others may come with further answers. */
    sections: z.array(AskedSection),
    answers: z.record(z.string(), Answer),
    /** Stands for these answers; sent back with a change, so that nobody overwrites what he has not seen. */
    basis: z.string(),
  })
  .meta({ id: 'MySections' });

async function opened(context: Context, stored: Stored<SectionAssignment>): Promise<z.infer<typeof MySections>> {
  const { body: file } = await context.records.get(assessments, stored.body.assessment);
  const { questionnaire } = context.content.assessmentBasis.questionnaire;
  const sections = assignedSections(stored.body, questionnaire, file.firm);
  const answers = answersIn(sections, file.answers);
  const put = putSections(sections, { firm: file.firm, answers: file.answers.answers });
  return { assignment: asOwn(stored), questionnaire: questionnaire.id, sections: askedSections(context, put), answers, basis: basisOf(answers) };
}

export const getMySections = operation({
  name: 'getMySections',
  module: 'sections',
  summary: { zh: '查看分派给我的章节', en: 'Read the questions assigned to the caller, with the answers so far' },
  who: 'section:answer',
  input: byId,
  output: MySections,
  http: { method: 'GET', path: '/my-sections/{assignment}', status: 200, body: 'json' },
  effect: 'read',
  run: async (context, { assignment }) => {
    const stored = await context.records.get(sectionAssignments, assignment);
    if (stored.organisation !== context.actor.organisation) throw new Refusal('absent', 'not-found', 'no such record');
    requireAssigned(stored.body, await context.members.person(context.actor.user), context.now);
    return opened(context, stored);
  },
});

export const saveMySections = operation({
  name: 'saveMySections',
  module: 'sections',
  summary: { zh: '保存分派章节的回答', en: 'Save answers to the assigned questions; `finished` says that they are complete' },
  who: 'section:answer',
  input: byId.extend({ basis: z.string().max(100), answers: GivenAnswers.shape.answers, finished: z.boolean() }),
  output: MySections,
  http: { method: 'PUT', path: '/my-sections/{assignment}/answers', status: 200, body: 'json' },
  effect: 'write',
  run: async (context, { assignment, basis, answers, finished }) => {
    const stored = await mine(context, assignment);
    const { actor, now } = context;
    const { body: file } = await context.records.lock(assessments, stored.body.assessment);
    const sections = assignedSections(stored.body, context.content.assessmentBasis.questionnaire.questionnaire, file.firm);
    if (basis !== basisOf(answersIn(sections, file.answers)))
      throw new Refusal('conflict', 'changed-meanwhile', 'these answers were changed by somebody else meanwhile; nothing was saved', { record: assignment });
    const all = answerSections(file.answers, answers, sections);
    requireAttestable(all, actor.organisationKind);
    requireApplicable({ ...all, answers }, context.content.assessmentBasis.questionnaire.byId);
    await requireKeptProofs(context, file.answers, all);
    await enterAnswers(context, stored.body.assessment, attributeAnswers(file.answers, all, { user: actor.user, name: actor.name, at: now }));
    const answered = finished ? { by: actor.user, name: actor.name, at: now } : stored.body.answered;
    const saved = await context.records.save(sectionAssignments, assignment, stored.version, {
      ...stored.body,
      state: finished ? 'answered' : stored.body.state,
      answered,
    });
    context.note({ assignment, questions: Object.keys(answers).length });
    return opened(context, saved);
  },
});

const Kept = z.strictObject({ hash: z.string(), name: z.string(), bytes: z.int() });

export const keepSectionProof = operation({
  name: 'keepSectionProof',
  module: 'sections',
  summary: { zh: '上传章节证明文件', en: 'Keep a document as proof of an answer to an assigned question' },
  who: 'section:answer',
  input: byId.extend({ file: z.strictObject({ hash: z.string(), bytes: z.int().min(0), name: z.string().max(255) }) }),
  output: Kept,
  http: { method: 'POST', path: '/my-sections/{assignment}/proofs', status: 201, body: 'file' },
  effect: 'write',
  run: async (context, { assignment, file }) => {
    await mine(context, assignment);
    context.note({ assignment, file: file.hash, name: file.name });
    return file;
  },
});

export const sectionOperations = [
  assignSections,
  listSectionAssignments,
  exportSectionAssignments,
  revokeSectionAssignment,
  reassignSections,
  listMySections,
  exportMySections,
  getMySections,
  saveMySections,
  keepSectionProof,
];
