import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useRef, type ReactNode } from 'react';
import type { Contradiction } from '../../../../src/domain/assessment/index.ts';
import { useContradictions, useCoverages, useQuestionnaire, useRequestQuote } from '../../../api/queries.ts';
import { request } from '../../../api/request.ts';
import type { AssessmentRecord, RequestedCover, SubmissionRecord } from '../../../api/wire.ts';
import { dropDraft } from '../../../forms/autosave.ts';
import { useCover } from '../../../forms/cover.ts';
import { number } from '../../../format.ts';
import { Amount } from '../../../parts/amount.tsx';
import { Icon } from '../../../parts/icon.tsx';
import { useWords } from '../../../words.ts';
import { AdjustmentNotes } from '../quote/adjustments.tsx';
import { useLivePrice } from './price-aside.tsx';
import { AnswerInWords } from './question-card.tsx';
import { questionsFor } from './questions-step.tsx';
import type { Step } from './steps.ts';
import { StepFrame } from './step-frame.tsx';
import { Facts } from '../../../parts/facts.tsx';

function FactsOfStep({ title, step, record, rows }: { title: string; step: Step; record: AssessmentRecord; rows: readonly (readonly [string, ReactNode])[] }) {
  const { t } = useWords();
  return (
    <section className="group">
      <h2 className="facts-head">
        {title}{' '}
        <Link to="/apply/$assessment/$step" params={{ assessment: record.id, step }} aria-label={`${t('apply.edit')} ${title}`}>
          {t('apply.edit')}
        </Link>
      </h2>
      <Facts rows={rows} />
    </section>
  );
}

/** One contradicted answer by the title of its control, with the way to the question. */
function ContradictedAnswer({ record, contradiction: { title, question, attested, fact } }: { record: AssessmentRecord; contradiction: Contradiction }) {
  const { t, of } = useWords();
  const open = t(fact === null ? 'apply.conflictOpen' : 'apply.conflictFact');
  return (
    <li>
      {t('apply.conflictText', { title: of(title), answer: t(`answer.${attested.value}`) })}{' '}
      <Link
        to="/apply/$assessment/$step"
        params={{ assessment: record.id, step: fact === null ? 'questions' : 'business' }}
        hash={fact ?? question}
        aria-label={`${open} ${of(title)}`}
      >
        {open}
      </Link>
    </li>
  );
}

/** Answers that a scan speaks against; as long as there are any, nothing can be submitted. */
function Conflicts({ record, found }: { record: AssessmentRecord; found: readonly Contradiction[] }) {
  const { t } = useWords();
  if (found.length === 0)
    return (
      <p className="note note-good">
        <Icon name="check" /> {t('apply.noConflicts')}
      </p>
    );
  return (
    <div className="note note-warning" role="status">
      <Icon name="alert" />
      <div>
        <strong>{t('apply.conflicts')}</strong>
        <p>{t('apply.conflictsNext')}</p>
        <ul>
          {found.map((one) => (
            <ContradictedAnswer key={one.control} record={record} contradiction={one} />
          ))}
        </ul>
        <p className="row">
          <Link to="/apply/$assessment/$step" params={{ assessment: record.id, step: 'assets' }}>
            {t('apply.conflictReports')}
          </Link>
          <Link to="/assessments/$assessment/fixes" params={{ assessment: record.id }}>
            {t('people.conflictDispute')}
          </Link>
        </p>
      </div>
    </div>
  );
}

/** Every question that was put, with its answer and who gave it, section by section. */
function AnswersReview({ record }: { record: AssessmentRecord }) {
  const { t, of } = useWords();
  const questionnaire = useQuestionnaire().data;
  const { answers } = record.answers;
  return questionnaire?.sections.map((section) => {
    const rows = questionsFor(record, section.questions, answers).map(
      (question) =>
        [
          of(question.text),
          <span key={question.id}>
            <AnswerInWords answer={answers[question.id]} />
            {answers[question.id]?.by && <span className="faint small"> · {answers[question.id]!.by!.name}</span>}
          </span>,
        ] as const,
    );
    return <FactsOfStep key={section.id} record={record} step="questions" title={`${t('apply.questions')} · ${of(section.title)}`} rows={rows} />;
  });
}

/** Submits and asks for the quote in one act; pressed again after a lost answer, both happen once. */
function useApplication(record: AssessmentRecord, cover: RequestedCover | null) {
  const navigate = useNavigate();
  const client = useQueryClient();
  const quote = useRequestQuote();
  const keys = useRef({ submission: crypto.randomUUID(), quote: crypto.randomUUID() });
  return useMutation({
    mutationFn: async () => {
      const submission = await request<SubmissionRecord>('POST', '/api/submissions', {
        body: { assessment: record.id, cover, insurer: null },
        key: keys.current.submission,
      });
      return quote.mutateAsync({ submission: submission.id, key: keys.current.quote });
    },
    onSuccess: async (issued) => {
      dropDraft(`cover.${record.id}`);
      await client.invalidateQueries({ queryKey: ['submissions'] });
      await navigate({ to: '/quotes/$quote', params: { quote: issued.id } });
    },
  });
}

/** Step 6: everything once more, what does not fit together, and the submission. */
export function ConfirmStep({ record, onBack }: { record: AssessmentRecord; onBack: () => void }) {
  const { t, of } = useWords();
  const { cover } = useCover(record);
  const titles = new Map(useCoverages().data?.map((one) => [one.id, of(one.title)]));
  const apply = useApplication(record, cover);
  const price = useLivePrice(record).price.data;
  const contradictions = useContradictions(record.id, record.version);
  const blocked = (contradictions.data?.length ?? 0) > 0;
  const { firm } = record;
  return (
    <StepFrame
      onBack={onBack}
      onNext={() => apply.mutate()}
      busy={apply.isPending}
      blocked={blocked}
      problem={blocked ? null : apply.error}
      next={t(apply.isPending ? 'apply.submitting' : 'apply.submit')}
      faults={cover?.lines.length === 0 ? 1 : 0}
    >
      {() => (
        <>
          {record.reports.some((report) => report.state === 'reading') && (
            <p className="note note-warning" role="status">
              {t('apply.reportsReading')}
            </p>
          )}
          {contradictions.data && <Conflicts record={record} found={contradictions.data} />}
          {price && <AdjustmentNotes adjustments={price.adjustments} currency={price.worksheet.currency} />}
          <FactsOfStep
            record={record}
            step="firm"
            title={t('apply.firm')}
            rows={[
              [t('apply.name'), firm.name],
              [t('apply.creditCode'), firm.creditCode ?? t('states.notStated')],
              [t('apply.industry'), t(`industry.${firm.industry}`)],
              [t('apply.employees'), number(firm.employees)],
            ]}
          />
          <FactsOfStep
            record={record}
            step="business"
            title={t('apply.business')}
            rows={[
              [t('apply.revenue'), <Amount key="revenue" money={firm.annualRevenue} />],
              [t('apply.records'), number(firm.personalRecords)],
              [t('apply.pastClaims'), firm.pastClaims.length === 0 ? t('apply.noClaims') : number(firm.pastClaims.length)],
            ]}
          />
          <FactsOfStep
            record={record}
            step="assets"
            title={t('apply.assets')}
            rows={[
              [t('apply.assetsTitle'), firm.assets.length === 0 ? t('apply.assetsNone') : t('apply.assetsCount', { count: firm.assets.length })],
              [t('apply.reports'), t('apply.reportsDone', { count: record.reports.filter((report) => report.state === 'read').length })],
            ]}
          />
          {cover && (
            <FactsOfStep
              record={record}
              step="cover"
              title={t('apply.cover')}
              rows={[
                [t('apply.limit'), <Amount key="limit" money={{ currency: cover.currency, minor: cover.limitMinor }} />],
                [t('apply.retention'), <Amount key="retention" money={{ currency: cover.currency, minor: cover.retentionMinor }} />],
                [t('quote.cover'), cover.lines.map((line) => titles.get(line.coverage) ?? line.coverage).join(t('punctuation.list'))],
              ]}
            />
          )}
          <AnswersReview record={record} />
        </>
      )}
    </StepFrame>
  );
}
