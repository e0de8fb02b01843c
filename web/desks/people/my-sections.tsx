import { Link, useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import type { Answer } from '../../../src/domain/assessment/index.ts';
import { request } from '../../api/request.ts';
import { keepDraft, keptDraft, useAutosave } from '../../forms/autosave.ts';
import { MergeView } from '../../forms/merge-view.tsx';
import { SaveState } from '../../forms/save-state.tsx';
import { useMergingSave } from '../../forms/use-merging-save.ts';
import { dateTime } from '../../format.ts';
import { Icon } from '../../parts/icon.tsx';
import { Page, Section } from '../../parts/page.tsx';
import { Awaited, AwaitedPage, Empty, ProblemNote } from '../../parts/states.tsx';
import { useWords } from '../../words.ts';
import { AnswerInWords, QuestionCard, saysTheSame, withAnswer, type Proof } from '../applicant/apply/question-card.tsx';
import { useMySection, useMySections, type MySections } from './queries.ts';
import './people.css';

/** The sections that somebody was asked to answer: all that this person sees. */
export function MySectionsPage() {
  const { t } = useWords();
  const mine = useMySections();
  return (
    <Page kind={t('people.mySections')} sentence={t('people.mySectionsSentence')}>
      <Awaited query={mine}>
        {(items) =>
          items.length === 0 ? (
            <Empty title={t('people.mySectionsNone')} />
          ) : (
            <ul className="people-list">
              {items.map((one) => (
                <li key={one.id}>
                  <Link className="action" to="/my-sections/$assignment" params={{ assignment: one.id }}>
                    {one.firm}
                  </Link>
                  <p className="faint">
                    {one.answered
                      ? t('people.answeredBy', { name: one.answered.name, at: dateTime(one.answered.at) })
                      : t('people.openUntil', { until: dateTime(one.until) })}
                  </p>
                </li>
              ))}
            </ul>
          )
        }
      </Awaited>
    </Page>
  );
}

type AnswerMap = Record<string, Answer>;

function useSectionForm(loaded: MySections) {
  const id = loaded.assignment.id;
  const name = `section.${id}`;
  const [map, setMap] = useState<AnswerMap>(() => keptDraft<AnswerMap>(name) ?? loaded.answers);
  // Which questions are put may change with every answer; only the server knows the firm and the rest of the application.
  const [sections, setSections] = useState(loaded.sections);
  const show = (next: AnswerMap) => {
    keepDraft(name, next);
    setMap(next);
  };
  const kept = ({ basis, answers }: MySections) => ({ mark: basis, value: answers });
  const taken = (fresh: MySections) => {
    setSections(fresh.sections);
    return kept(fresh);
  };
  const put = (basis: string, answers: AnswerMap, finished: boolean) =>
    request<MySections>('PUT', `/api/my-sections/${id}/answers`, { body: { basis, answers, finished } });
  const { send, conflict, resolve, later } = useMergingSave<AnswerMap>({
    loaded: kept(loaded),
    save: async (basis, answers) => taken(await put(String(basis), answers, false)),
    load: async () => taken(await request<MySections>('GET', `/api/my-sections/${id}`)),
    show,
    same: saysTheSame,
  });
  const saving = useAutosave({ name, value: map, saved: loaded.answers, send });
  const finish = async (): Promise<MySections> => {
    await saving.flush();
    const fresh = await request<MySections>('GET', `/api/my-sections/${id}`);
    return put(fresh.basis, fresh.answers, true);
  };
  return {
    map,
    sections,
    change: (question: string, answer: Answer | undefined) => show(withAnswer(map, question, answer)),
    saving,
    conflict,
    resolve,
    later,
    finish,
  };
}

function Form({ loaded }: { loaded: MySections }) {
  const { t, of } = useWords();
  const { map, sections, change, saving, conflict, resolve, later, finish } = useSectionForm(loaded);
  const [done, setDone] = useState(loaded.assignment.answered);
  const [problem, setProblem] = useState<Parameters<typeof ProblemNote>[0]['problem'] | null>(null);
  const { firm, assignedBy, until, id } = loaded.assignment;
  const questions = sections.flatMap((section) => section.questions);
  const open = questions.filter((question) => !map[question.id]).length;
  const keep = (file: File) => request<Proof>('POST', `/api/my-sections/${id}/proofs`, { file });
  const end = () =>
    finish().then(
      ({ assignment }) => setDone(assignment.answered),
      (failed: typeof problem) => setProblem(failed),
    );
  return (
    <Page kind={t('people.mySections')} sentence={t('people.sectionSentence', { firm, name: assignedBy, until: dateTime(until) })}>
      {done && (
        <p className="note note-good" role="status">
          <Icon name="check" /> {t('people.sectionDone', { at: dateTime(done.at) })}
        </p>
      )}
      {problem && <ProblemNote problem={problem} />}
      {conflict && (
        <MergeView
          conflict={conflict}
          nameOf={(key) => of(questions.find((question) => question.id === key)?.text ?? { zh: key, en: key })}
          shown={(answer) => <AnswerInWords answer={answer as Answer | undefined} />}
          onResolve={(mine) => void resolve(mine)}
          onLater={later}
        />
      )}
      {sections.map((section) => (
        <Section key={section.id} title={of(section.title)}>
          {section.questions.length === 0 && <p className="faint">{t('people.sectionEmpty')}</p>}
          <ul className="questions">
            {section.questions.map((question) => (
              <QuestionCard key={question.id} question={question} answer={map[question.id]} change={(answer) => change(question.id, answer)} keep={keep} />
            ))}
          </ul>
        </Section>
      ))}
      <div className="step-actions">
        <Button type="primary" size="large" onClick={() => void end()}>
          {t('people.finish')}
        </Button>
        <SaveState saving={saving} />
        {open > 0 && <p className="faint">{t('people.stillOpen', { count: open })}</p>}
      </div>
    </Page>
  );
}

/** One assignment: its questions and nothing else of the application. */
export function MySectionPage() {
  const { assignment } = useParams({ from: '/inside/my-sections/$assignment' });
  const loaded = useMySection(assignment);
  return <AwaitedPage query={loaded}>{(found) => <Form key={assignment} loaded={found} />}</AwaitedPage>;
}
