import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useRef, type ReactNode } from 'react';
import { useQuestionnaire, useRequestQuote, useCoverages } from '../../../api/queries.ts';
import { request } from '../../../api/request.ts';
import type { AssessmentRecord, RequestedCover, SubmissionRecord } from '../../../api/wire.ts';
import { dropDraft } from '../../../forms/autosave.ts';
import { useCover } from '../../../forms/cover.ts';
import { number } from '../../../format.ts';
import { Amount } from '../../../parts/amount.tsx';
import { Icon } from '../../../parts/icon.tsx';
import { useWords } from '../../../words.ts';
import type { Step } from './steps.ts';
import { StepFrame } from './step-frame.tsx';

function Facts({ title, step, record, rows }: { title: string; step: Step; record: AssessmentRecord; rows: readonly (readonly [string, ReactNode])[] }) {
  const { t } = useWords();
  return (
    <section className="group">
      <h2 className="facts-head">
        {title}{' '}
        <Link to="/apply/$assessment/$step" params={{ assessment: record.id, step }} aria-label={`${t('apply.edit')} ${title}`}>
          {t('apply.edit')}
        </Link>
      </h2>
      <dl className="facts">
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** Answers that a scan does not agree with: said before the insurer sees them. */
function Conflicts({ record }: { record: AssessmentRecord }) {
  const { t, of } = useWords();
  const questions = useQuestionnaire().data?.sections.flatMap((section) => section.questions) ?? [];
  const contradicted = record.result.indicators.filter((one) => one.contradicted);
  if (contradicted.length === 0)
    return (
      <p className="note note-good">
        <Icon name="check" /> {t('apply.noConflicts')}
      </p>
    );
  return (
    <div className="note note-warning">
      <Icon name="alert" />
      <div>
        <strong>{t('apply.conflicts')}</strong>
        <ul>
          {contradicted.map((one) => {
            const question = questions.find(({ control }) => control?.id === one.control);
            const declared = (question && record.answers.answers[question.id]?.value) ?? one.value;
            return (
              <li key={one.control}>
                {t('apply.conflictText', { title: question?.control ? of(question.control.title) : one.control, answer: t(`answer.${declared}`) })}
              </li>
            );
          })}
        </ul>
      </div>
    </div>
  );
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
  const { firm } = record;
  return (
    <StepFrame
      onBack={onBack}
      onNext={() => apply.mutate()}
      busy={apply.isPending}
      problem={apply.error}
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
          <Conflicts record={record} />
          <Facts
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
          <Facts
            record={record}
            step="business"
            title={t('apply.business')}
            rows={[
              [t('apply.revenue'), <Amount key="revenue" money={firm.annualRevenue} />],
              [t('apply.records'), number(firm.personalRecords)],
              [t('apply.pastClaims'), firm.pastClaims.length === 0 ? t('apply.noClaims') : number(firm.pastClaims.length)],
            ]}
          />
          <Facts
            record={record}
            step="assets"
            title={t('apply.assets')}
            rows={[
              [t('apply.assetsTitle'), firm.assets.length === 0 ? t('apply.assetsNone') : t('apply.assetsCount', { count: firm.assets.length })],
              [t('apply.reports'), t('apply.reportsDone', { count: record.reports.filter((report) => report.state === 'read').length })],
            ]}
          />
          {cover && (
            <Facts
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
        </>
      )}
    </StepFrame>
  );
}
