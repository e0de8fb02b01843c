import { Link, useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useSession } from '../../api/queries.ts';
import { dateTime, number, percent } from '../../format.ts';
import { Icon } from '../../parts/icon.tsx';
import { Page, Section } from '../../parts/page.tsx';
import { Source } from '../../parts/provenance.tsx';
import { AwaitedPage, ProblemNote } from '../../parts/states.tsx';
import { Table, type Column } from '../../parts/table.tsx';
import { useWords } from '../../words.ts';
import { BalanceTable, LeftOut } from './balance.tsx';
import { Charts, Findings } from './findings.tsx';
import './impact.css';
import { useProposeRelease, useRunStudy, useStudy, useStudyChoices } from './queries.ts';
import { Scoring } from './scoring.tsx';
import type { StudyRecord, StudyResult, StudyRun } from './wire.ts';

/** What the study can and cannot show, how many firms stand behind it, and who is missing. */
function MethodBox({ run }: { run: StudyRun }) {
  const { t, of } = useWords();
  const { cohort, limits, design } = run.result;
  return (
    <Section title={t('impact.methodBox')}>
      <div className="method-box">
        <p>
          <strong>{t(`impact.designs.${design}`)}</strong> {t(`impact.designHelp.${design}`)}
        </p>
        <p>
          {t('impact.previewSentence', { insured: cohort.insured, control: cohort.control })}
          {cohort.unmatched > 0 && (
            <>
              <br />
              {t('impact.previewUnmatched', { count: cohort.unmatched })}
            </>
          )}
        </p>
        <ul>
          {limits.map((limit) => (
            <li key={limit.en}>{of(limit)}</li>
          ))}
        </ul>
        {cohort.excluded.length > 0 && (
          <>
            <h3>{t('impact.leftOut')}</h3>
            <LeftOut excluded={cohort.excluded} />
          </>
        )}
      </div>
    </Section>
  );
}

type Share = StudyResult['shares'][number];

function Shares({ shares }: { shares: readonly Share[] }) {
  const { t, of } = useWords();
  const value = ({ counts }: Share): string =>
    counts === null ? '--' : `${number(counts.count)}/${number(counts.of)}${counts.of >= 20 ? ` (${percent(counts.count / counts.of, 1)})` : ''}`;
  const ends = (share: Share): string => {
    if (share.interval === null) return share.notComputable === null ? t('impact.noInterval') : of(share.notComputable);
    const write = (end: number | null): string => (end === null ? t('impact.noBound') : share.counts!.of >= 20 ? percent(end, 1) : number(end, 2));
    return t('impact.fromTo', { low: write(share.interval.low), high: write(share.interval.high) });
  };
  const columns: Column<Share>[] = [
    {
      id: 'title',
      title: t('impact.metric'),
      heads: true,
      cell: (share) => (
        <>
          {of(share.title)}
          {share.forcedByGate && (
            <>
              <br />
              <small className="faint">
                {share.counts !== null && share.counts.count < share.counts.of
                  ? t('impact.notCompliant', { count: share.counts.of - share.counts.count })
                  : t('impact.compliance')}
              </small>
            </>
          )}
        </>
      ),
    },
    { id: 'value', title: t('impact.value'), align: 'right', cell: value },
    { id: 'interval', title: t('impact.interval'), cell: (share) => <span className="num">{ends(share)}</span> },
  ];
  return (
    <Section title={t('impact.shares')} note={t('impact.sharesNote')}>
      <Table caption={t('impact.shares')} columns={columns} rows={shares} keyOf={(share) => share.metric} />
    </Section>
  );
}

function Silent({ silent }: { silent: StudyResult['silent'] }) {
  const { t, of } = useWords();
  const columns: Column<StudyResult['silent'][number]>[] = [
    { id: 'title', title: t('impact.metric'), heads: true, cell: (one) => of(one.title) },
    { id: 'because', title: t('impact.because'), cell: (one) => of(one.because) },
  ];
  return (
    <Section title={t('impact.silent')}>
      <Table caption={t('impact.silent')} columns={columns} rows={silent} keyOf={(one) => one.metric} />
    </Section>
  );
}

function Downloads({ study }: { study: string }) {
  const { t } = useWords();
  return (['zh', 'en'] as const).map((language) => (
    <a key={language} className="action" href={`/api/studies/${study}/report?language=${language}`} download>
      <Icon name="download" /> {t(language === 'zh' ? 'impact.pdfZh' : 'impact.pdfEn')}
    </a>
  ));
}

/** Proposes the summary of the latest run for an authority. */
function Propose({ study }: { study: string }) {
  const { t } = useWords();
  const authorities = useStudyChoices().data?.authorities ?? [];
  const [chosen, choose] = useState('');
  const propose = useProposeRelease(study);
  const authority = chosen || authorities[0]?.id || '';
  if (authorities.length === 0) return null;
  return (
    <Section title={t('impact.propose')} note={t('impact.approveNote')}>
      <div className="row">
        <label>
          {t('impact.proposeTo')}{' '}
          <select className="select" value={authority} onChange={(event) => choose(event.target.value)}>
            {authorities.map((one) => (
              <option key={one.id} value={one.id}>
                {one.name}
              </option>
            ))}
          </select>
        </label>
        <Button onClick={() => propose.mutate(authority)} loading={propose.isPending}>
          {t('impact.propose')}
        </Button>
      </div>
      {propose.error && <ProblemNote problem={propose.error} />}
      {propose.data && (
        <p role="status" className="note note-good">
          {t('impact.proposed')}{' '}
          <Link to="/impact/releases/$release" params={{ release: propose.data.id }}>
            {t('actions.open')}
          </Link>
        </p>
      )}
    </Section>
  );
}

function RunButton({ study, first }: { study: string; first: boolean }) {
  const { t } = useWords();
  const run = useRunStudy();
  return (
    <>
      <Button {...(first ? { type: 'primary' as const } : {})} onClick={() => run.mutate(study)} loading={run.isPending}>
        {t(first ? 'impact.runNow' : 'impact.runAgain')}
      </Button>
      {run.data?.unchanged && (
        <span role="status" className="faint">
          {t('impact.unchanged')}
        </span>
      )}
      {run.error && <ProblemNote problem={run.error} />}
    </>
  );
}

function Frozen({ study, run }: { study: StudyRecord; run: StudyRun }) {
  const { t } = useWords();
  return (
    <Section title={t('impact.frozen')}>
      <dl className="facts">
        <div>
          <dt>{t('impact.fingerprint')}</dt>
          <dd className="break">
            <code>{run.fingerprint}</code>
          </dd>
        </div>
        <div>
          <dt>{t('impact.dataHash')}</dt>
          <dd className="break">
            <code>{run.dataHash}</code>
          </dd>
        </div>
        <div>
          <dt>{t('impact.seed')}</dt>
          <dd className="num">{run.query.seed}</dd>
        </div>
        <div>
          <dt>{t('impact.runs')}</dt>
          <dd className="num">
            {study.runs.map((mark) => (
              <span key={mark.run}>
                {dateTime(mark.ranAt)}
                <br />
              </span>
            ))}
          </dd>
        </div>
      </dl>
    </Section>
  );
}

function StudyView({ study, run }: { study: StudyRecord; run: StudyRun | null }) {
  const { t, of } = useWords();
  const may = useSession().data?.permissions ?? [];
  const sources = useStudyChoices().data?.sources ?? [];
  const source = sources.find(({ id }) => id === study.query.source);
  const actions = may.includes('study:write') && <RunButton study={study.id} first={run === null} />;
  if (run === null)
    return (
      <Page
        kind={`${t('impact.kind')} · ${study.query.question}`}
        sentence={study.state === 'running' ? t('impact.inJob') : t('impact.sentenceWaiting')}
        wide
        aside={actions}
      >
        <p>{t(`impact.designHelp.${study.query.design}`)}</p>
      </Page>
    );
  return (
    <Page
      kind={`${t('impact.kind')} · ${t(`impact.designs.${run.result.design}`)}`}
      sentence={study.query.question}
      wide
      aside={
        <>
          <Downloads study={study.id} />
          {actions}
        </>
      }
    >
      <p className="impact-answer" data-answer>
        {of(run.result.words)}
      </p>
      {source?.invented && (
        <p className="note note-warning">
          <Icon name="alert" /> {t('impact.invented')}
        </p>
      )}
      <Source
        parts={[
          [t('impact.asOf'), dateTime(run.query.asOf)],
          [t('impact.source'), source ? of(source.name) : study.query.source],
          [t('impact.lastRun'), dateTime(run.ranAt)],
        ]}
      />
      <Charts result={run.result} />
      <MethodBox run={run} />
      <Findings study={study.id} findings={run.result.findings} />
      {run.result.cohort.balance.length > 0 && (
        <Section title={t('impact.balance')}>
          <BalanceTable balance={run.result.cohort.balance} />
        </Section>
      )}
      <Scoring result={run.result} />
      <Shares shares={run.result.shares} />
      <Silent silent={run.result.silent} />
      {may.includes('study:release') && <Propose study={study.id} />}
      <Frozen study={study} run={run} />
    </Page>
  );
}

/** One study: the answer in a sentence, the drawings, what it can and cannot show, every number, the documents. */
export function StudyPage() {
  const { study } = useParams({ from: '/inside/impact/studies/$study' });
  const query = useStudy(study);
  return <AwaitedPage query={query}>{(found) => <StudyView {...found} />}</AwaitedPage>;
}
