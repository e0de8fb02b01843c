import { Link } from '@tanstack/react-router';
import { useSession } from '../../api/queries.ts';
import { dateTime, number } from '../../format.ts';
import { Page, Section } from '../../parts/page.tsx';
import { Awaited, Empty, Forbidden } from '../../parts/states.tsx';
import { Table, type Column } from '../../parts/table.tsx';
import { useWords } from '../../words.ts';
import './impact.css';
import { OwnHistory } from './own-history.tsx';
import { useReleases, useStudies } from './queries.ts';
import type { ReleaseRecord, StudyRecord } from './wire.ts';

function StudyList({ items }: { items: readonly StudyRecord[] }) {
  const { t, of } = useWords();
  const columns: Column<StudyRecord>[] = [
    {
      id: 'question',
      title: t('impact.question'),
      heads: true,
      cell: (one) => (
        <Link to="/impact/studies/$study" params={{ study: one.id }}>
          {one.query.question}
        </Link>
      ),
    },
    { id: 'design', title: t('impact.design'), cell: (one) => t(`impact.designs.${one.query.design}`) },
    {
      id: 'answer',
      title: t('impact.answer'),
      bare: true,
      cell: (one) => (one.runs[0] ? of(one.runs[0].words) : <span className="faint">{t('impact.notRun')}</span>),
    },
    {
      id: 'firms',
      title: t('impact.firms'),
      align: 'right',
      wideOnly: true,
      cell: (one) => (one.runs[0] ? `${number(one.runs[0].insured)} + ${number(one.runs[0].control)}` : '--'),
    },
    {
      id: 'ran',
      title: t('impact.lastRun'),
      wideOnly: true,
      cell: (one) => <span className="num">{one.runs[0] ? dateTime(one.runs[0].ranAt).slice(0, 16) : '--'}</span>,
    },
  ];
  return (
    <Table
      caption={t('impact.studies')}
      columns={columns}
      rows={items}
      keyOf={(one) => one.id}
      onOpen={() => undefined}
      exported={{ from: '/api/exports/studies' }}
    />
  );
}

function Studies({ mayWrite }: { mayWrite: boolean }) {
  const { t } = useWords();
  const page = useStudies();
  const start = mayWrite && (
    <Link to="/impact/new" className="action action-main">
      {t('impact.newStudy')}
    </Link>
  );
  return (
    <Section title={t('impact.studies')} actions={start}>
      <Awaited query={page}>{({ items }) => (items.length === 0 ? <Empty title={t('impact.indexNone')} /> : <StudyList items={items} />)}</Awaited>
    </Section>
  );
}

function Releases() {
  const { t } = useWords();
  const page = useReleases();
  const columns: Column<ReleaseRecord>[] = [
    {
      id: 'question',
      title: t('impact.question'),
      heads: true,
      cell: (one) => (
        <Link to="/impact/releases/$release" params={{ release: one.id }}>
          {one.summary.question}
        </Link>
      ),
    },
    {
      id: 'state',
      title: t('lists.state'),
      cell: (one) => (
        <span className={`outcome outcome-${one.state === 'approved' ? 'bound' : 'open'}`}>
          {t(one.state === 'approved' ? 'impact.stateApproved' : 'impact.stateProposed')}
        </span>
      ),
    },
    { id: 'at', title: t('lists.at'), wideOnly: true, cell: (one) => <span className="num">{dateTime(one.approvedAt ?? one.proposedAt).slice(0, 16)}</span> },
  ];
  return (
    <Section title={t('impact.releases')}>
      <Awaited query={page}>
        {({ items }) => (
          <Table
            caption={t('impact.releases')}
            columns={columns}
            rows={items}
            keyOf={(one) => one.id}
            onOpen={() => undefined}
            empty={<p className="faint">{t('impact.releasesNone')}</p>}
            exported={{ from: '/api/exports/releases' }}
          />
        )}
      </Awaited>
    </Section>
  );
}

function Pilot() {
  const { t } = useWords();
  return (
    <Section title={t('impact.pilot')} note={t('impact.pilotText')}>
      <Link to="/impact/pilot" className="action">
        {t('impact.pilotOpen')}
      </Link>
    </Section>
  );
}

/** S17: what cover brings about. An insurer finds its studies, an authority what was released to it, a firm its own history. */
export function Impact() {
  const { t } = useWords();
  const session = useSession().data;
  const studies = useStudies().data?.items.length ?? 0;
  const may = session?.permissions ?? [];
  const kind = session?.organisation?.kind;
  if (!may.includes('study:read'))
    return (
      <div className="page">
        <Forbidden />
      </div>
    );
  const sentence =
    kind === 'insured'
      ? t('impact.ownSentence')
      : may.includes('study:write')
        ? studies === 0
          ? t('impact.indexNone')
          : t('impact.indexSentence', { count: studies })
        : t('impact.indexRead');
  return (
    <Page kind={t('impact.kind')} sentence={sentence} wide>
      {kind === 'insured' ? (
        <OwnHistory />
      ) : (
        <>
          {may.includes('study:write') && <Studies mayWrite />}
          <Releases />
        </>
      )}
      <Pilot />
    </Page>
  );
}
