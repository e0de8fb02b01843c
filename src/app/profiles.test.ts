import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cover, firm } from '../../test/cases/assessment-world.ts';
import { useDatabase } from '../../test/postgres.ts';
import { noon, personOf, runnerOver } from '../../test/runner.ts';
import { loadContent } from '../io/content/index.ts';
import { openQueue, type OpenQueue } from '../io/jobs/index.ts';
import type { JournalLine } from '../io/interfaces.ts';
import { assessmentOperations, getAssessment, saveAnswers, saveFirm, startAssessment } from './assessment.ts';
import { appointAssessor } from './assessors.ts';
import { compareVersions, comparisonOperations } from './comparison.ts';
import { listNotices } from './notices.ts';
import type { Actor } from './operation.ts';
import { chooseAssessmentProfile, compareProfile, getProfiles, profileOperations } from './profiles.ts';
import type { Runner } from './run.ts';
import { createSubmission } from './underwriting.ts';

const store = useDatabase();
const paper = loadContent({ contentDir: fileURLToPath(new URL('../../content', import.meta.url)), feedDirs: [] });
const organisations = { assessor: [{ id: 'org_assessor', name: '示例检验中心' }], insurer: [{ id: 'org_insurer', name: '示例保险' }] };

let queue: OpenQueue;
let runner: Runner;
beforeAll(async () => {
  queue = await openQueue(store.database, () => undefined);
  runner = runnerOver(
    store.database,
    queue,
    [...assessmentOperations, appointAssessor, ...comparisonOperations, ...profileOperations, listNotices, createSubmission] as never,
    {
      content: paper,
      members: { organisationsOf: (kind: string) => Promise.resolve(organisations[kind as 'insurer'] ?? []), membershipsOf: async () => [] } as never,
    },
  );
});
afterAll(() => queue.stop(0));

type Loose = ReturnType<typeof JSON.parse>;
const ask = async (operation: Loose, actor: Actor, input: unknown): Promise<Loose> => (await runner.run(operation, { actor, input })).output;
const assessor = personOf('org_assessor', { user: 'wu', name: 'Wu Jianding', organisationKind: 'assessor', roles: ['assessor'] });
const insurer = (role: 'underwriter' | 'underwriting-manager'): Actor => personOf('org_insurer', { user: role, organisationKind: 'insurer', roles: [role] });
const reason = 'A bank in all but name.';

/** A firm whose answers leave its score between the pass lines of the profiles, shown to the assessor and the insurer. */
async function shown(organisation: string): Promise<{ actor: Actor; assessment: string; version: number }> {
  const actor = personOf(organisation);
  const { id: assessment } = await ask(startAssessment, actor, { firm });
  const questions = [...paper.assessmentBasis.questionnaire.byId.keys()];
  const yes = { value: 'yes', coverage: null, kind: 'document', on: '2026-06-30', until: null, note: '', proof: null };
  const answers = Object.fromEntries(
    questions.map((id, at) => [id, at % 12 === 11 ? { ...yes, value: 'no', kind: 'self-declared' } : { ...yes, kind: 'self-declared' }]),
  );
  const { version } = await ask(saveAnswers, actor, { assessment, version: 1, answers: { questionnaire: 'standard-2026', answers } });
  await ask(appointAssessor, actor, { assessment, assessor: 'org_assessor', until: '2026-08-01T00:00:00Z' });
  await ask(createSubmission, actor, { assessment, cover, insurer: 'org_insurer' });
  return { actor, assessment, version };
}

describe('the profile of an assessment', () => {
  test('is shown with what fits and what does not, to whoever may read the assessment', async () => {
    const { actor, assessment } = await shown('reads');
    const seen = await ask(getProfiles, actor, { assessment });

    expect(seen).toMatchObject({ inUse: 'general', fitting: 'general', choice: null });
    expect(seen.profiles.find((one: Loose) => one.id === 'finance')).toMatchObject({ inForce: true, fitsIndustry: false, fitsSize: true, byHand: false });
    await expect(ask(getProfiles, personOf('a-stranger'), { assessment })).rejects.toMatchObject({ code: 'not-found' });
  });

  test('is compared with another one, price and all, and nothing is changed by it', async () => {
    const { actor, assessment, version } = await shown('compares');
    const compared = await ask(compareProfile, actor, { assessment, profile: 'finance', cover });
    const bare = await ask(compareProfile, actor, { assessment, profile: 'finance', cover: null });
    const tooMuch = await ask(compareProfile, actor, {
      assessment,
      profile: 'finance',
      cover: { ...cover, lines: [{ ...cover.lines[0], coverage: 'nothing' }] },
    });

    expect(compared).toMatchObject({ before: { profile: 'general', passLine: 60 }, after: { profile: 'finance', passLine: 70 }, price: { state: 'rated' } });
    expect(compared.parts.reduce((sum: number, part: Loose) => sum + part.hundredths, 0)).toBe(compared.hundredths);
    expect(compared.price.before.outcome).not.toBe('declined');
    expect(compared.price.after.outcome).toBe('declined');
    expect(compared.price.after.minor).toBe(compared.price.before.minor);
    expect(bare.price).toMatchObject({ state: 'not-rated', code: null });
    expect(tooMuch.price).toMatchObject({ state: 'not-rated', code: 'coverage-unknown' });
    expect(await ask(getAssessment, actor, { assessment })).toMatchObject({ version, result: { profile: 'general' } });
  });

  test('stays chosen in a new assessment of the firm, whatever that is called at first, until an assessor goes back', async () => {
    const { actor, assessment, version } = await shown('anew');
    await ask(chooseAssessmentProfile, assessor, { assessment, version, profile: 'finance', reason });
    const other = { ...firm, name: '示例另一家有限公司', creditCode: null };

    const anew = await ask(startAssessment, actor, { firm: { ...firm, name: `${firm.name} Ltd.` } });
    const disguised = await ask(startAssessment, actor, { firm: other });
    const named = await ask(saveFirm, actor, { assessment: disguised.id, version: 1, firm });

    const carried = { profile: 'finance', carriedFrom: assessment, reason, by: { name: 'Wu Jianding' } };
    expect(anew).toMatchObject({ profileChoice: carried, result: { profile: 'finance', gate: { passLine: 70 } } });
    expect(disguised.result.profile).toBe('general');
    expect(named).toMatchObject({ profileChoice: carried, result: { profile: 'finance' } });
    expect((await ask(startAssessment, personOf('stranger'), { firm })).result.profile).toBe('general');

    await ask(chooseAssessmentProfile, assessor, { assessment, version: version + 1, profile: null, reason: 'Back.' });
    const last = await ask(startAssessment, actor, { firm });
    expect(last.result.profile).toBe('general');
    expect(last.profileChoice).toBeUndefined();
  });

  test('is chosen by the assessor: scored anew, kept with who, why and when, journalled, and told to the firm', async () => {
    const { actor, assessment, version } = await shown('chosen');
    const foreseen = await ask(compareProfile, assessor, { assessment, profile: 'finance', cover: null });
    const chosen = await ask(chooseAssessmentProfile, assessor, { assessment, version, profile: 'finance', reason });

    expect(chosen).toMatchObject({ version: version + 1, result: { profile: 'finance', score: foreseen.after.score, gate: { passLine: 70 } } });
    const choice = {
      profile: 'finance',
      instead: 'general',
      reason,
      at: noon,
      by: { user: 'wu', name: 'Wu Jianding', organisation: 'org_assessor', kind: 'assessor' },
    };
    expect(await ask(getProfiles, actor, { assessment })).toMatchObject({ inUse: 'finance', fitting: 'general', choice });
    const [line] = await store.database.transact({ organisation: 'org_assessor', now: noon, mode: 'read', repeatable: false }, ({ journal }) =>
      journal.list({}),
    );
    expect(line as JournalLine).toMatchObject({
      operation: 'chooseAssessmentProfile',
      outcome: 'done',
      facts: { profileBefore: 'general', profileAfter: 'finance', scoreAfter: chosen.result.score },
    });
    expect((await ask(listNotices, actor, {})).items[0]).toMatchObject({ kind: 'profile-chosen', assessment });

    const moved = await ask(saveFirm, actor, { assessment, version: version + 1, firm: { ...firm, employees: 121 } });
    expect(moved.result.profile).toBe('finance');
    const compared = await ask(compareVersions, actor, { assessment, before: version, after: version + 1, cover: null });
    expect(compared.causes.rules).toBeCloseTo(chosen.result.score - compared.before.score, 9);
    expect(compared.causes.firm).toBeCloseTo(0, 9);

    const back = await ask(chooseAssessmentProfile, assessor, { assessment, version: version + 2, profile: null, reason: 'Back.' });
    expect(back).toMatchObject({ profileChoice: { profile: null, instead: 'finance' }, result: { profile: 'general' } });
  });

  test('is not chosen by the firm, over a newer version, or to no effect', async () => {
    const { actor, assessment, version } = await shown('refused');
    const wish = { assessment, version, profile: 'finance', reason };

    await expect(ask(chooseAssessmentProfile, actor, wish)).rejects.toMatchObject({ code: 'not-permitted' });
    await expect(ask(chooseAssessmentProfile, { ...actor, roles: ['assessor'] }, wish)).rejects.toMatchObject({ code: 'own-profile' });
    await expect(ask(chooseAssessmentProfile, assessor, { ...wish, version: version - 1 })).rejects.toMatchObject({ code: 'changed-meanwhile' });
    await expect(ask(chooseAssessmentProfile, assessor, { ...wish, profile: 'general' })).rejects.toMatchObject({ code: 'profile-in-use' });
    await expect(ask(chooseAssessmentProfile, assessor, { ...wish, reason: ' ' })).rejects.toMatchObject({ code: 'invalid-input' });
    expect(await ask(getAssessment, actor, { assessment })).toMatchObject({ version, result: { profile: 'general' } });
  });

  test('is compared by an insurer, and chosen by none of its people', async () => {
    const { actor, assessment, version } = await shown('insurers');
    for (const role of ['underwriter', 'underwriting-manager'] as const) {
      const person = insurer(role);
      expect(await ask(compareProfile, person, { assessment, profile: 'finance', cover: null })).toMatchObject({ after: { profile: 'finance' } });
      await expect(ask(chooseAssessmentProfile, person, { assessment, version, profile: 'finance', reason })).rejects.toMatchObject({ code: 'not-permitted' });
      const more: Actor = { ...person, roles: [role, 'assessor'] };
      await expect(ask(chooseAssessmentProfile, more, { assessment, version, profile: 'finance', reason })).rejects.toMatchObject({ code: 'own-profile' });
    }
    expect(await ask(getAssessment, actor, { assessment })).toMatchObject({ version, result: { profile: 'general' } });
  });
});
