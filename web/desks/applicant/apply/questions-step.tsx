import { useLocation } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { isPut, type Answer } from '../../../../src/domain/assessment/index.ts';
import { useQuestionnaire, useSaveAnswers } from '../../../api/queries.ts';
import { request } from '../../../api/request.ts';
import type { AssessmentRecord, Question, Questionnaire } from '../../../api/wire.ts';
import { keepDraft, keptDraft, useAutosave } from '../../../forms/autosave.ts';
import { MergeView } from '../../../forms/merge-view.tsx';
import { useMergingSave } from '../../../forms/use-merging-save.ts';
import { Awaited } from '../../../parts/states.tsx';
import { useWords } from '../../../words.ts';
import { SectionHelp } from '../../people/section-help.tsx';
import { AnswerInWords, QuestionCard, saysTheSame, withAnswer, type Proof } from './question-card.tsx';
import { StepFrame } from './step-frame.tsx';

type AnswerMap = Record<string, Answer>;

/** The questions that this firm is asked: those of no condition, and those whose condition its facts and its answers so far meet. */
export const questionsFor = ({ firm }: Pick<AssessmentRecord, 'firm'>, questions: readonly Question[], answers: AnswerMap): Question[] =>
  questions.filter((question) => isPut(question, { firm, answers }) === 'yes');

/** Saves answers on top of what is known here, and puts together what two people changed. */
function useAnswerSaving(record: AssessmentRecord, questionnaire: Questionnaire, show: (map: AnswerMap) => void) {
  const save = useSaveAnswers(record.id);
  const kept = ({ version, answers }: AssessmentRecord) => ({ mark: version, value: answers.answers });
  return useMergingSave<AnswerMap>({
    loaded: kept(record),
    save: async (version, answers) => kept(await save.mutateAsync({ version: Number(version), answers: { questionnaire: questionnaire.id, answers } })),
    load: async () => kept(await request<AssessmentRecord>('GET', `/api/assessments/${record.id}`)),
    show,
    same: saysTheSame,
  });
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
  const show = (next: AnswerMap) => {
    keepDraft(name, next);
    setMap(next);
  };
  const { send, conflict, resolve, later } = useAnswerSaving(record, questionnaire, show);
  const parts = questionnaire.sections
    .map((section) => ({ ...section, questions: questionsFor(record, section.questions, map) }))
    .filter((section) => section.questions.length > 0);
  const asked = useAskedQuestion();
  const [at, setAt] = useState(() =>
    Math.max(
      0,
      parts.findIndex((one) => one.questions.some(({ id }) => id === asked)),
    ),
  );
  const saving = useAutosave({ name, value: map, saved: record.answers.answers, send });
  const change = (id: string, answer: Answer | undefined) => show(withAnswer(map, id, answer));
  const keep = (file: File) => request<Proof>('POST', `/api/assessments/${record.id}/evidence`, { file });
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
          {conflict && (
            <MergeView
              conflict={conflict}
              nameOf={(id) => of(all.find((question) => question.id === id)?.text ?? { zh: id, en: id })}
              shown={(answer) => <AnswerInWords answer={answer as Answer | undefined} />}
              onResolve={(mine) => void resolve(mine)}
              onLater={later}
            />
          )}
          <Parts parts={parts} at={at} map={map} onGo={go} />
          <section className="group">
            <h2>
              <span className="faint">{t('apply.section', { n: at + 1 })}</span> {of(part.title)}
            </h2>
            <SectionHelp key={part.id} assessment={record.id} section={part} />
            <ul className="questions">
              {part.questions.map((question) => (
                <QuestionCard key={question.id} question={question} answer={map[question.id]} change={(answer) => change(question.id, answer)} keep={keep} />
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
