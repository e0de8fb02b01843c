import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { useDatabase } from '../../test/postgres.ts';
import { personOf, receivedBy, runnerOver } from '../../test/runner.ts';
import { firm } from '../../test/cases/assessment-world.ts';
import type { Question } from '../domain/assessment/index.ts';
import { Refusal } from '../domain/basics/index.ts';
import { loadContent } from '../io/content/index.ts';
import { openQueue, type OpenQueue } from '../io/jobs/index.ts';
import { operations } from './operations.ts';
import type { Actor } from './operation.ts';
import type { Runner } from './run.ts';

const store = useDatabase();
const whole = loadContent({ contentDir: fileURLToPath(new URL('../../content', import.meta.url)), feedDirs: [] });

/** The questionnaire in which one question of a section hangs on an answer outside it, and another on one within. */
const hanging: Readonly<Record<string, Question['onlyIf']>> = {
  suppliersAssessed: { answer: 'securityOfficerNamed', is: ['yes'] },
  leaversLoseAccess: { answer: 'staffTrainedYearly', is: ['yes', 'partly', 'unknown'] },
};
const { questionnaire } = whole.assessmentBasis.questionnaire;
const branched = questionnaire.sections.map((section) => ({
  ...section,
  questions: section.questions.map((question) => ({ ...question, onlyIf: hanging[question.id] ?? question.onlyIf })),
}));
const byId = new Map(branched.flatMap(({ questions }) => questions.map((question) => [question.id, question])));
const byControl = new Map([...byId.values()].flatMap((question) => (question.control === null ? [] : [[question.control, question]])));
const questionSet = { version: 'branched', questionnaire: { ...questionnaire, sections: branched }, byId, byControl };
const paper = { ...whole, assessmentBasis: { ...whole.assessmentBasis, questionnaire: questionSet } };
const named = new Map(operations.map((operation) => [operation.name, operation]));
const document = { hash: 'a'.repeat(64), name: 'policy.pdf', bytes: 10 };

let queue: OpenQueue;
let runner: Runner;
let invited: { email: string; roles: readonly string[] }[] = [];
let revoked: string[] = [];
let now = '2026-07-01T12:00:00Z';
beforeAll(async () => {
  queue = await openQueue(store.database, () => undefined);
  runner = runnerOver(store.database, queue, operations, {
    content: paper as never,
    clock: () => now,
    members: {
      person: async (user: string) => ({ id: user, name: user, email: `${user}@example.com`, secondFactor: false }),
      listMembers: async () => [{ user: 'inside', email: 'inside@example.com' }],
      invite: async (invitation: { email: string; roles: readonly string[] }) => {
        invited.push(invitation);
        return { ...invitation, id: `invitation ${invited.length}`, token: 'the token' };
      },
      revokeInvitation: async (_: string, id: string) => void revoked.push(id),
    } as never,
  });
});
afterAll(() => queue.stop(0));

type Loose = ReturnType<typeof JSON.parse>;
const ask = async (name: string, actor: Actor, input: object): Promise<Loose> => (await runner.run(named.get(name)! as never, { actor, input })).output;
const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'allowed',
    (error: unknown) => {
      if (error instanceof Refusal) return error.code;
      throw error;
    },
  );

const contributor = (organisation: string, user = 'guest'): Actor => personOf(organisation, { user, name: 'Li Ceshi', roles: ['contributor'] });
const said = (value: string, more: object = {}) => ({
  value,
  coverage: value === 'partly' ? 0.5 : null,
  kind: 'self-declared',
  on: '2026-07-01',
  until: null,
  note: '',
  ...more,
});

async function assigned(organisation: string): Promise<{ owner: Actor; guest: Actor; assessment: string; assignment: string; version: number }> {
  now = '2026-07-01T12:00:00Z';
  [invited, revoked] = [[], []];
  const owner = personOf(organisation);
  const { id, version } = await ask('startAssessment', owner, { firm });
  const { assignment } = await ask('assignSections', owner, { assessment: id, email: 'Guest@example.com', sections: ['people'], note: '' });
  return { owner, guest: contributor(organisation), assessment: id, assignment: assignment.id, version };
}
const save = async (actor: Actor, assignment: string, answers: object, finished = false): Promise<Loose> => {
  const { basis } = await ask('getMySections', actor, { assignment });
  return ask('saveMySections', actor, { assignment, basis, answers, finished });
};

describe('a section that was assigned', () => {
  test('goes with an invitation whose role allows nothing else; a member needs none', async () => {
    const { owner, assessment } = await assigned('org_invite');

    expect(invited).toMatchObject([{ email: 'guest@example.com', roles: ['contributor'], replaces: false }]);
    expect((await ask('assignSections', owner, { assessment, email: 'inside@example.com', sections: ['people'], note: '' })).token).toBeNull();
    expect(invited).toHaveLength(1);
    expect(await codeOf(ask('assignSections', owner, { assessment, email: 'x@example.com', sections: ['nowhere'], note: '' }))).toBe('unknown-section');
  });

  test('is answered by its person, who is the author of each answer and of none else', async () => {
    const { owner, guest, assessment, assignment, version } = await assigned('org_author');
    await ask('saveAnswers', owner, { assessment, version, answers: { questionnaire: 'standard-2026', answers: { securityOfficerNamed: said('yes') } } });

    const mine = await save(guest, assignment, { staffTrainedYearly: said('partly', { except: 'warehouse' }) }, true);

    expect(mine.assignment).toMatchObject({ state: 'answered', answered: { name: 'Li Ceshi', at: now } });
    const { answers } = (await ask('getAssessment', owner, { assessment })).answers;
    expect(answers.staffTrainedYearly).toMatchObject({ except: 'warehouse', by: { user: 'guest', name: 'Li Ceshi' } });
    expect(answers.securityOfficerNamed.by).toMatchObject({ user: owner.user });
    expect((await ask('listSectionAssignments', owner, { assessment })).items[0]).toMatchObject({ state: 'answered', answered: { name: 'Li Ceshi' } });
  });

  test('shows its questions and answers alone', async () => {
    const { owner, guest, assessment, assignment, version } = await assigned('org_alone');
    await ask('saveAnswers', owner, {
      assessment,
      version,
      answers: { questionnaire: 'standard-2026', answers: { securityOfficerNamed: said('no'), staffTrainedYearly: said('yes') } },
    });

    const shown = await ask('getMySections', guest, { assignment });

    expect(shown.sections.map((section: Loose) => section.id)).toEqual(['people']);
    expect(Object.keys(shown.answers)).toEqual(['staffTrainedYearly']);
    expect(JSON.stringify(shown)).not.toContain('securityOfficerNamed');
    for (const name of ['getAssessment', 'listFindings', 'listSectionAssignments', 'listImports', 'listQuarantine'])
      expect([name, await codeOf(ask(name, guest, { assessment }))]).toEqual([name, 'not-permitted']);
    const beyond = operations.filter(({ who }) => !['section:answer', 'session:read', 'catalogue:read', 'job:read', 'system:run'].includes(who));
    for (const { name } of beyond)
      expect([name, await codeOf(ask(name, guest, {}).catch(notPermittedFirst))]).toEqual([name, expect.stringMatching(/not-permitted|invalid-input/)]);
  });

  test('shows the questions that are put as the application stands, which one answer may change', async () => {
    const { owner, guest, assessment, assignment, version } = await assigned('org_branches');
    const idsOf = (shown: Loose): string[] => shown.sections[0].questions.map(({ id }: Loose) => id);
    const asked = async (): Promise<string[]> => idsOf(await ask('getMySections', guest, { assignment }));
    const before = await asked();
    await ask('saveAnswers', owner, { assessment, version, answers: { questionnaire: 'standard-2026', answers: { securityOfficerNamed: said('yes') } } });
    const outside = await asked();
    const inside = idsOf(await save(guest, assignment, { staffTrainedYearly: said('no') }));

    expect(before).not.toContain('suppliersAssessed');
    expect(before).toContain('leaversLoseAccess');
    expect(outside).toContain('suppliersAssessed');
    expect(inside).not.toContain('leaversLoseAccess');
    expect(await codeOf(save(guest, assignment, { leaversLoseAccess: said('yes') }))).toBe('allowed');
  });

  test('takes no answer to a question outside it, and saves nothing then', async () => {
    const { owner, guest, assessment, assignment } = await assigned('org_wrong_section');

    expect(await codeOf(save(guest, assignment, { staffTrainedYearly: said('yes'), securityOfficerNamed: said('yes') }))).toBe('question-not-assigned');

    expect((await ask('getAssessment', owner, { assessment })).answers.answers).toEqual({});
  });

  test('is not there for another organisation, nor for another person of the same', async () => {
    const { assignment } = await assigned('org_right');

    for (const actor of [contributor('org_wrong'), contributor('org_right', 'somebody')]) {
      expect((await ask('listMySections', actor, {})).items).toEqual([]);
      for (const name of ['getMySections', 'keepSectionProof'])
        expect(await codeOf(ask(name, actor, { assignment, ...(name === 'keepSectionProof' ? { file: document } : {}) }))).toBe('not-found');
      expect(await codeOf(ask('saveMySections', actor, { assignment, basis: '', answers: {}, finished: false }))).toBe('not-found');
    }
    expect(await codeOf(ask('revokeSectionAssignment', personOf('org_wrong'), { assignment }))).toBe('not-found');
  });

  test('ends at once when it is taken back, and by itself when its time is over; the answers stay', async () => {
    const { owner, guest, assessment, assignment } = await assigned('org_end');
    await save(guest, assignment, { staffTrainedYearly: said('yes') });
    const { assignment: next } = await ask('reassignSections', owner, { assignment, email: 'other@example.com' });

    expect(revoked).toEqual(['invitation 1']);
    expect(await codeOf(save(guest, assignment, {}))).toBe('not-found');
    expect((await ask('listMySections', guest, {})).items).toEqual([]);
    const other = contributor('org_end', 'other');
    expect((await ask('listMySections', other, {})).items).toHaveLength(1);
    now = '2026-08-15T12:00:00Z';
    expect(await codeOf(save(other, next.id, {}))).toBe('assignment-ended');
    expect((await ask('getAssessment', owner, { assessment })).answers.answers.staffTrainedYearly.value).toBe('yes');
  });

  test('is not saved over what somebody else changed meanwhile', async () => {
    const { owner, guest, assessment, assignment, version } = await assigned('org_meanwhile');
    const { basis } = await ask('getMySections', guest, { assignment });
    await ask('saveAnswers', owner, { assessment, version, answers: { questionnaire: 'standard-2026', answers: { staffTrainedYearly: said('no') } } });

    expect(await codeOf(ask('saveMySections', guest, { assignment, basis, answers: { staffTrainedYearly: said('yes') }, finished: false }))).toBe(
      'changed-meanwhile',
    );
  });
});

/** Input is understood before permission is asked; either way nothing was told. */
function notPermittedFirst(error: unknown): never {
  throw error;
}

describe('a documented answer', () => {
  test('needs a document that was handed in', async () => {
    const { owner, assessment, version } = await assigned('org_document');
    const saving = (answer: object) =>
      ask('saveAnswers', owner, { assessment, version, answers: { questionnaire: 'standard-2026', answers: { securityPolicyInForce: answer } } });

    expect(await codeOf(saving(said('yes', { kind: 'document' })))).toBe('document-missing');
    expect(await codeOf(saving(said('yes', { kind: 'document', proof: { ...document, hash: 'b'.repeat(64) } })))).toBe('document-not-kept');
    await receivedBy(store.database, 'org_elsewhere', document.hash);
    expect(await codeOf(saving(said('yes', { kind: 'document', proof: document })))).toBe('document-not-kept');
    await receivedBy(store.database, owner.organisation, document.hash);
    expect(await codeOf(saving(said('yes', { kind: 'document', proof: document })))).toBe('allowed');
  });

  test('keeps its author when somebody else saves the rest, whoever the sender says it was', async () => {
    const { owner, assessment, version } = await assigned('org_keep_author');
    const colleague = personOf('org_keep_author', { user: 'colleague', name: 'Zhao Ceshi' });
    const put = (actor: Actor, at: number, answers: object) =>
      ask('saveAnswers', actor, { assessment, version: at, answers: { questionnaire: 'standard-2026', answers } });
    const first = await put(owner, version, { securityPolicyInForce: said('yes') });

    const second = await put(colleague, first.version, {
      securityPolicyInForce: said('yes', { by: { user: 'forged', name: 'Forged', at: now } }),
      securityOfficerNamed: said('no'),
    });

    expect(second.answers.answers.securityPolicyInForce.by.user).toBe(owner.user);
    expect(second.answers.answers.securityOfficerNamed.by.user).toBe('colleague');
  });
});
