import { expect, test } from 'vitest';
import { content, firm, now, outlook } from './assessment-world.ts';
import { questionSetOf } from '../../src/domain/assessment/build.ts';
import { assess, type Answer, type AssessmentRules } from '../../src/domain/assessment/index.ts';
import type { Question } from '../../src/domain/assessment/model.ts';

/** The questionnaire in force, in which the test of restoring hangs on there being backups. */
const [parent, child] = ['backupsOfflineOrImmutable', 'backupRestoreTested'];
const { questionnaire } = content.assessmentBasis.questionnaire;
const branched = (question: Question): Question => (question.id === child ? { ...question, onlyIf: { answer: parent, is: ['yes', 'partly'] } } : question);
const rules: AssessmentRules = {
  ...content.assessmentBasis,
  questionnaire: questionSetOf({ ...questionnaire, sections: questionnaire.sections.map((one) => ({ ...one, questions: one.questions.map(branched) })) }),
};
const said = (value: Answer['value']): Answer => ({ value, coverage: null, kind: 'self-declared', on: '2026-11-01', until: null, note: '' });
const valueOf = (answers: Record<string, Answer>): string =>
  assess({ firm, answers: { questionnaire: questionnaire.id, answers }, findings: [], scans: [], outlook, now }, rules).indicators.find(
    ({ control }) => control === child,
  )!.value;

test('a question that another answer rules out does not apply, and is never counted as failed', () => {
  expect(valueOf({ [parent]: said('no') })).toBe('not-applicable');
  expect(valueOf({ [parent]: said('no'), [child]: said('no') })).toBe('not-applicable');
});

test('a question that is put counts by its answer, and is left open without one', () => {
  expect(valueOf({ [parent]: said('yes'), [child]: said('no') })).toBe('no');
  expect(valueOf({ [parent]: said('yes') })).toBe('unknown');
});

test('a question that hangs on an answer which is missing is left open: leaving the first out settles nothing', () => {
  expect(valueOf({})).toBe('unknown');
  expect(valueOf({ [child]: said('yes') })).toBe('unknown');
});
