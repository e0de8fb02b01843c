import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { useRef } from 'react';
import { ScoreGauge } from '../../charts/score-gauge.tsx';
import { useAssessment, useParameters, useRequestQuote, useSession, useSubmission } from '../../api/queries.ts';
import type { AssessmentRecord, SubmissionRecord } from '../../api/wire.ts';
import { dateTime, number } from '../../format.ts';
import { Amount } from '../../parts/amount.tsx';
import { Page, Section } from '../../parts/page.tsx';
import { Source } from '../../parts/provenance.tsx';
import { Awaited, AwaitedPage, ProblemNote } from '../../parts/states.tsx';
import { useWords } from '../../words.ts';
import { CoverTable } from '../applicant/quote/cover-table.tsx';

function Packet({ record }: { record: AssessmentRecord }) {
  const { t } = useWords();
  const parameters = useParameters().data;
  const edges = (['a', 'b', 'c', 'd'] as const).map((grade) => parameters?.get(`grade.${grade}`)?.value ?? null);
  const { firm, result } = record;
  return (
    <div className="two">
      <ScoreGauge data={{ ...result, passLine: result.gate.passLine }} edges={edges} />
      <Section title={t('submission.packet')}>
        <dl className="facts">
          <div>
            <dt>{t('apply.industry')}</dt>
            <dd>{t(`industry.${firm.industry}`)}</dd>
          </div>
          <div>
            <dt>{t('apply.employees')}</dt>
            <dd>{number(firm.employees)}</dd>
          </div>
          <div>
            <dt>{t('apply.revenue')}</dt>
            <dd>
              <Amount money={firm.annualRevenue} />
            </dd>
          </div>
          <div>
            <dt>{t('apply.records')}</dt>
            <dd>{number(firm.personalRecords)}</dd>
          </div>
          <div>
            <dt>{t('apply.pastClaims')}</dt>
            <dd>{firm.pastClaims.length === 0 ? t('apply.noClaims') : number(firm.pastClaims.length)}</dd>
          </div>
          <div>
            <dt>{t('assessment.gate')}</dt>
            <dd className={result.gate.passed ? 'good' : 'bad'}>
              {t(result.gate.passed ? 'lists.passed' : 'lists.missed')}
              {!result.gate.passed && ` (${result.gate.blockers.length})`}
            </dd>
          </div>
        </dl>
      </Section>
    </div>
  );
}

function Actions({ record }: { record: SubmissionRecord }) {
  const { t } = useWords();
  const navigate = useNavigate();
  const issue = useRequestQuote();
  const key = useRef(crypto.randomUUID());
  const may = useSession().data?.permissions ?? [];
  const run = () =>
    issue.mutate({ submission: record.id, key: key.current }, { onSuccess: (quote) => void navigate({ to: '/quotes/$quote', params: { quote: quote.id } }) });
  return (
    <>
      {issue.error && <ProblemNote problem={issue.error} />}
      <Link to="/assessments/$assessment" params={{ assessment: record.assessment }} className="action">
        {t('submission.openAssessment')}
      </Link>
      {record.quote ? (
        <Link to="/quotes/$quote" params={{ quote: record.quote }} className="action action-main">
          {t('submission.openQuote')}
        </Link>
      ) : (
        may.includes('quote:request') && (
          <Button type="primary" onClick={run} loading={issue.isPending}>
            {t('submission.requestQuote')}
          </Button>
        )
      )}
    </>
  );
}

function SubmissionView({ record }: { record: SubmissionRecord }) {
  const { t, money } = useWords();
  const assessment = useAssessment(record.assessment);
  const limit = money({ currency: record.cover.currency, minor: record.cover.limitMinor });
  return (
    <Page
      kind={t('submission.kind')}
      sentence={t('submission.sentence', { firm: record.firm, limit, state: t(`submissionState.${record.state}`) })}
      wide
      aside={<Actions record={record} />}
    >
      <Awaited query={assessment}>{(found) => <Packet record={found} />}</Awaited>
      <Source
        parts={[
          [t('lists.created'), dateTime(record.createdAt)],
          [t('lists.reference'), record.id],
        ]}
      />
      <Section title={t('submission.cover')}>
        <CoverTable cover={record.cover} />
      </Section>
    </Page>
  );
}

/** The insurer's view of one submission: the risk on one page, the cover asked for, the quote. */
export function SubmissionPage() {
  const { submission } = useParams({ from: '/inside/submissions/$submission' });
  const record = useSubmission(submission);
  return <AwaitedPage query={record}>{(found) => <SubmissionView record={found} />}</AwaitedPage>;
}
