import { Button, Input } from 'antd';
import { useRef, useState } from 'react';
import type { Answer, AnswerValue } from '../../../../src/domain/assessment/index.ts';
import type { Problem } from '../../../api/problem.ts';
import type { Question } from '../../../api/wire.ts';
import { ChipsField, TextField } from '../../../forms/field.tsx';
import { dateTime, day } from '../../../format.ts';
import { Icon } from '../../../parts/icon.tsx';
import { ProblemNote } from '../../../parts/states.tsx';
import { useWords } from '../../../words.ts';

export type Proof = NonNullable<Answer['proof']>;
/** Hands a document in; answers how it is kept. */
export type KeepProof = (file: File) => Promise<Proof>;

const shares = ['0.25', '0.5', '0.75', '0.9'] as const;

const answerWith = (value: AnswerValue, before: Answer | undefined): Answer => ({
  value,
  coverage: value === 'partly' ? (before?.coverage ?? null) : null,
  kind: before?.kind ?? 'self-declared',
  on: before?.kind === 'document' ? before.on : day(new Date().toISOString()),
  until: before?.until ?? null,
  note: before?.note ?? '',
  ...(before?.except && value === 'partly' ? { except: before.except } : {}),
  ...(before?.proof ? { proof: before.proof } : {}),
});

type Changing = { readonly question: Question; readonly answer: Answer; readonly change: (answer: Answer) => void };

function Partly({ question, answer, change }: Changing) {
  const { t, of } = useWords();
  return (
    <>
      <ChipsField
        legend={t('apply.coverageHelp')}
        value={answer.coverage === null ? null : (String(answer.coverage) as (typeof shares)[number])}
        options={shares.map((share) => [share, `${Number(share) * 100}%`] as const)}
        onChange={(share) => change({ ...answer, coverage: Number(share) })}
      />
      {answer.coverage === null && (
        <p className="field-error" role="status">
          {t('apply.coverageMissing')}
        </p>
      )}
      <label className="field">
        <span className="field-label">{t('people.except')}</span>
        <Input
          aria-label={`${t('people.except')} ${of(question.text)}`}
          maxLength={500}
          value={answer.except ?? ''}
          onChange={(event) => change({ ...answer, except: event.target.value })}
        />
      </label>
    </>
  );
}

/** The document that shows an answer, with the day it was made and the last day it counts. */
function ProofOf({ question, answer, change, keep }: Changing & { keep: KeepProof }) {
  const { t, of } = useWords();
  const input = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const attach = async (file: File) => {
    setBusy(true);
    try {
      const proof = await keep(file);
      setProblem(null);
      change({ ...answer, proof, kind: 'document' });
    } catch (failed) {
      setProblem(failed as Problem);
    } finally {
      setBusy(false);
    }
  };
  const detach = () => {
    const { proof: _, ...bare } = answer;
    change({ ...bare, kind: 'self-declared', until: null });
  };
  return (
    <div className="question-proof">
      {problem && <ProblemNote problem={problem} />}
      {answer.proof ? (
        <>
          <p className="row">
            <Icon name="file" size={16} /> <span className="break">{answer.proof.name}</span>
            <Button size="small" aria-label={`${t('people.proofRemove')} ${of(question.text)}`} onClick={detach}>
              {t('people.proofRemove')}
            </Button>
          </p>
          <TextField label={t('people.proofOn')} about={of(question.text)} type="date" value={answer.on} onChange={(on) => on && change({ ...answer, on })} />
          <TextField
            label={t('people.proofUntil')}
            help={t('people.proofUntilHelp')}
            about={of(question.text)}
            type="date"
            min={answer.on}
            value={answer.until ?? ''}
            onChange={(until) => change({ ...answer, until: until || null })}
          />
        </>
      ) : (
        <Button size="small" loading={busy} aria-label={`${t('people.proofAdd')} ${of(question.text)}`} onClick={() => input.current?.click()}>
          {t('people.proofAdd')}
        </Button>
      )}
      <input
        ref={input}
        type="file"
        hidden
        aria-label={`${t('people.proofAdd')} ${of(question.text)}`}
        data-proof={question.id}
        onChange={(event) => {
          const file = event.target.files?.[0];
          if (file) void attach(file);
          event.target.value = '';
        }}
      />
    </div>
  );
}

function Details({ keep, ...changing }: Changing & { keep: KeepProof }) {
  const { t } = useWords();
  const { question, answer, change } = changing;
  return (
    <div className="question-details">
      {answer.value === 'partly' && <Partly {...changing} />}
      {['yes', 'partly'].includes(answer.value) && <ProofOf {...changing} keep={keep} />}
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
      {answer.by && <p className="faint small">{t('people.answeredBy', { name: answer.by.name, at: dateTime(answer.by.at) })}</p>}
    </div>
  );
}

/** A “partly” whose share nobody has said yet is no answer: it stays here, and the question counts as open until the share is chosen. */
function useWholeAnswer(answer: Answer | undefined, change: (answer: Answer | undefined) => void) {
  const [unfinished, setUnfinished] = useState<Answer | null>(null);
  const take = (next: Answer) => {
    const isWhole = next.value !== 'partly' || next.coverage !== null;
    setUnfinished(isWhole ? null : next);
    if (isWhole) change(next);
    else if (answer) change(undefined);
  };
  return { shown: unfinished ?? answer, take };
}

/** One question: yes, partly, no, not known, not applicable; why it is asked and what would help lie one touch away. */
export function QuestionCard({
  question,
  answer,
  change,
  keep,
}: {
  question: Question;
  answer: Answer | undefined;
  change: (answer: Answer | undefined) => void;
  keep: KeepProof;
}) {
  const { t, of } = useWords();
  const { shown, take } = useWholeAnswer(answer, change);
  const values: AnswerValue[] = ['yes', 'partly', 'no', 'unknown', ...(question.mayNotApply ? (['not-applicable'] as const) : [])];
  return (
    <li id={question.id} className={`question ${answer ? 'question-answered' : ''}`}>
      <ChipsField
        legend={of(question.text)}
        value={shown?.value ?? null}
        options={values.map((value) => [value, t(`answer.${value}`)] as const)}
        onChange={(value) => take(answerWith(value, shown))}
      />
      {shown?.value === 'unknown' && <p className="faint">{t('apply.unknownEffect')}</p>}
      {shown && shown.value !== 'unknown' && <Details question={question} answer={shown} change={take} keep={keep} />}
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

/** The answers with one given, or taken back where it is undefined. */
export function withAnswer(map: Readonly<Record<string, Answer>>, id: string, answer: Answer | undefined): Record<string, Answer> {
  const { [id]: _, ...others } = map;
  return answer === undefined ? others : { ...map, [id]: answer };
}

/** Whether two answers say the same, whoever gave them. */
export const saysTheSame = (a: unknown, b: unknown): boolean => JSON.stringify(withoutAuthor(a)) === JSON.stringify(withoutAuthor(b));

function withoutAuthor(answer: unknown): unknown {
  if (answer === undefined) return null;
  const { by: _, ...said } = answer as Answer;
  return said;
}

/** An answer in a few words. */
export function AnswerInWords({ answer }: { answer: Answer | undefined }) {
  const { t } = useWords();
  if (!answer) return <>{t('people.unanswered')}</>;
  return (
    <>
      {t(`answer.${answer.value}`)}
      {answer.value === 'partly' && answer.coverage !== null && ` ${Math.round(answer.coverage * 100)}%`}
      {answer.except && ` · ${t('people.except')}: ${answer.except}`}
      {answer.proof && ` · ${answer.proof.name}`}
      {answer.note && ` · ${answer.note}`}
    </>
  );
}
