import { useQueryClient } from '@tanstack/react-query';
import { useLocation } from '@tanstack/react-router';
import { Input } from 'antd';
import { useEffect, useState } from 'react';
import type { Answer, AnswerValue } from '../../../../src/domain/assessment/index.ts';
import type { Problem } from '../../../api/problem.ts';
import { useQuestionnaire, useSaveAnswers } from '../../../api/queries.ts';
import { request } from '../../../api/request.ts';
import type { AssessmentRecord, Question, Questionnaire } from '../../../api/wire.ts';
import { keepDraft, keptDraft, useAutosave } from '../../../forms/autosave.ts';
import { ChipsField } from '../../../forms/field.tsx';
import { day } from '../../../format.ts';
import { Awaited } from '../../../parts/states.tsx';
import { useWords } from '../../../words.ts';
import { StepFrame } from './step-frame.tsx';

type AnswerMap = Record<string, Answer>;

const shares = ['0.25', '0.5', '0.75', '0.9'] as const;

const answerWith = (value: AnswerValue, before: Answer | undefined): Answer => ({
  value,
  coverage: value === 'partly' ? (before?.coverage ?? 0.5) : null,
  kind: before?.kind ?? 'self-declared',
  on: day(new Date().toISOString()),
  until: null,
  note: before?.note ?? '',
});

/** The questions that this firm is asked: those of no condition, and those whose condition its facts meet. */
export const questionsFor = (record: AssessmentRecord, questions: readonly Question[]): Question[] =>
  questions.filter((question) => question.onlyIf === null || record.firm[question.onlyIf]);

function Details({ question, answer, change }: { question: Question; answer: Answer; change: (answer: Answer) => void }) {
  const { t } = useWords();
  return (
    <div className="question-details">
      {answer.value === 'partly' && (
        <ChipsField
          legend={t('apply.coverageHelp')}
          value={String(answer.coverage) as (typeof shares)[number]}
          options={shares.map((share) => [share, `${Number(share) * 100}%`] as const)}
          onChange={(share) => change({ ...answer, coverage: Number(share) })}
        />
      )}
      <details className="why" open={answer.note !== ''}>
        <summary>{t('apply.note')}</summary>
        <Input.TextArea
          aria-label={`${t('apply.note')} ${question.id}`}
          autoSize={{ minRows: 2, maxRows: 6 }}
          maxLength={2000}
          value={answer.note}
          onChange={(event) => change({ ...answer, note: event.target.value })}
        />
      </details>
    </div>
  );
}

/** One question: yes, partly, no, not known, not applicable; why it is asked and what would help lie one touch away. */
function QuestionCard({ question, answer, change }: { question: Question; answer: Answer | undefined; change: (answer: Answer) => void }) {
  const { t, of } = useWords();
  const values: AnswerValue[] = ['yes', 'partly', 'no', 'unknown', ...(question.mayNotApply ? (['not-applicable'] as const) : [])];
  return (
    <li id={question.id} className={`question ${answer ? 'question-answered' : ''}`}>
      <ChipsField
        legend={of(question.text)}
        value={answer?.value ?? null}
        options={values.map((value) => [value, t(`answer.${value}`)] as const)}
        onChange={(value) => change(answerWith(value, answer))}
      />
      {answer?.value === 'unknown' && <p className="faint">{t('apply.unknownEffect')}</p>}
      {answer && answer.value !== 'unknown' && <Details question={question} answer={answer} change={change} />}
      {(question.control || question.help) && (
        <details className="why">
          <summary>{t('apply.why')}</summary>
          {question.help && <p>{of(question.help)}</p>}
          {question.control && <p>{of(question.control.why)}</p>}
          {question.control && (
            <p>
              <strong>{t('apply.advice')}</strong> {of(question.control.advice)}
            </p>
          )}
        </details>
      )}
    </li>
  );
}

/** Saves answers; when only something else of the record changed meanwhile, on top of the new version. */
function useAnswerSender(record: AssessmentRecord, questionnaire: Questionnaire) {
  const client = useQueryClient();
  const save = useSaveAnswers(record.id);
  return async (map: AnswerMap) => {
    const known = client.getQueryData<AssessmentRecord>(['assessment', record.id]) ?? record;
    const answers = { questionnaire: questionnaire.id, answers: map };
    try {
      await save.mutateAsync({ version: known.version, answers });
    } catch (problem) {
      if ((problem as Problem).code !== 'changed-meanwhile') throw problem;
      const fresh = await request<AssessmentRecord>('GET', `/api/assessments/${record.id}`);
      if (JSON.stringify(fresh.answers) !== JSON.stringify(known.answers)) throw problem;
      await save.mutateAsync({ version: fresh.version, answers });
    }
  };
}

/** The question that the address names (`#question`); it comes into sight with the focus on its first answer, after the page has taken its place. */
function useAskedQuestion(): string {
  const asked = useLocation({ select: ({ hash }) => hash });
  useEffect(() => {
    if (!asked) return undefined;
    const frame = requestAnimationFrame(() => {
      const card = document.getElementById(asked);
      card?.scrollIntoView({ block: 'center' });
      card?.querySelector('input')?.focus({ preventScroll: true });
    });
    return () => cancelAnimationFrame(frame);
  }, [asked]);
  return asked;
}

type Part = Questionnaire['sections'][number];

/** The parts of the questionnaire with how many of each are answered; a colleague can be sent to one of them alone. */
function Parts({ parts, at, map, onGo }: { parts: readonly Part[]; at: number; map: AnswerMap; onGo: (at: number) => void }) {
  const { t, of } = useWords();
  return (
    <nav aria-label={t('apply.questions')}>
      <ol className="parts">
        {parts.map((part, i) => {
          const answered = part.questions.filter((question) => map[question.id]).length;
          return (
            <li key={part.id}>
              <button type="button" className={`part ${i === at ? 'part-on' : ''}`} aria-current={i === at ? 'step' : undefined} onClick={() => onGo(i)}>
                <span>{of(part.title)}</span>{' '}
                <span className="num">
                  {answered}/{part.questions.length}
                </span>
              </button>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}

function Form({ record, questionnaire, onNext, onBack }: { record: AssessmentRecord; questionnaire: Questionnaire; onNext: () => void; onBack: () => void }) {
  const { t, of } = useWords();
  const name = `answers.${record.id}`;
  const [map, setMap] = useState<AnswerMap>(() => keptDraft<AnswerMap>(name) ?? record.answers.answers);
  const parts = questionnaire.sections
    .map((section) => ({ ...section, questions: questionsFor(record, section.questions) }))
    .filter((section) => section.questions.length > 0);
  const asked = useAskedQuestion();
  const [at, setAt] = useState(() =>
    Math.max(
      0,
      parts.findIndex((one) => one.questions.some(({ id }) => id === asked)),
    ),
  );
  const saving = useAutosave({ name, value: map, send: useAnswerSender(record, questionnaire) });
  const change = (id: string, answer: Answer) => {
    const next = { ...map, [id]: answer };
    keepDraft(name, next);
    setMap(next);
  };
  const go = (to: number) => {
    setAt(to);
    window.scrollTo(0, 0);
  };
  const all = parts.flatMap((section) => section.questions);
  const answered = all.filter((question) => map[question.id]).length;
  const part = parts[at]!;
  return (
    <StepFrame onBack={at > 0 ? () => go(at - 1) : onBack} onNext={at < parts.length - 1 ? () => go(at + 1) : onNext} saving={saving}>
      {() => (
        <>
          <div className="row progress-line">
            <progress value={answered} max={all.length} aria-label={t('apply.answered', { n: answered, total: all.length })} />
            <span className="num">{t('apply.answered', { n: answered, total: all.length })}</span>
          </div>
          <Parts parts={parts} at={at} map={map} onGo={go} />
          <section className="group">
            <h2>
              <span className="faint">{t('apply.section', { n: at + 1 })}</span> {of(part.title)}
            </h2>
            <ul className="questions">
              {part.questions.map((question) => (
                <QuestionCard key={question.id} question={question} answer={map[question.id]} change={(answer) => change(question.id, answer)} />
              ))}
            </ul>
          </section>
        </>
      )}
    </StepFrame>
  );
}

/** Step 4: what no scan can see. */
export function QuestionsStep({ record, onNext, onBack }: { record: AssessmentRecord; onNext: () => void; onBack: () => void }) {
  const questionnaire = useQuestionnaire();
  return <Awaited query={questionnaire}>{(found) => <Form record={record} questionnaire={found} onNext={onNext} onBack={onBack} />}</Awaited>;
}
