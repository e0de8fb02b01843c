import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { useSession } from '../../api/queries.ts';
import { dateTime } from '../../format.ts';
import { Page, Section } from '../../parts/page.tsx';
import { Awaited, ProblemNote } from '../../parts/states.tsx';
import { Table, type Column } from '../../parts/table.tsx';
import { useWords } from '../../words.ts';
import { Custody, Reason } from './file-card.tsx';
import { useImports, useQuarantine, useStartImport, type ImportRecord, type Quarantined } from './queries.ts';
import './imports.css';

/** Begins an import and opens it. */
export function StartImport({ assessment, main = true }: { assessment: string; main?: boolean }) {
  const { t } = useWords();
  const navigate = useNavigate();
  const start = useStartImport(assessment);
  const begin = () => start.mutate(undefined, { onSuccess: ({ id }) => void navigate({ to: '/imports/$import', params: { import: id } }) });
  return (
    <>
      {start.error && <ProblemNote problem={start.error} />}
      <Button type={main ? 'primary' : 'default'} loading={start.isPending} onClick={begin}>
        {t('imports.start')}
      </Button>
    </>
  );
}

function ImportTable({ assessment, items }: { assessment: string; items: readonly ImportRecord[] }) {
  const { t } = useWords();
  const columns: Column<ImportRecord>[] = [
    {
      id: 'opened',
      title: t('imports.opened'),
      heads: true,
      cell: (one) => (
        <Link to="/imports/$import" params={{ import: one.id }} className="num">
          {dateTime(one.createdAt)}
        </Link>
      ),
    },
    { id: 'files', title: t('imports.item'), cell: (one) => t('imports.files', { count: one.items.length }) },
    { id: 'state', title: t('imports.state'), cell: (one) => t(`imports.states.${one.state}`) },
    { id: 'by', title: t('imports.who'), cell: (one) => (one.ended ? t('imports.endedBy', { name: one.ended.name, at: dateTime(one.ended.at) }) : '--') },
  ];
  return (
    <Table
      exported={{ from: `/api/exports/assessments/${assessment}/imports` }}
      caption={t('imports.list')}
      columns={columns}
      rows={items}
      keyOf={({ id }) => id}
      empty={<p className="faint">{t('imports.none')}</p>}
    />
  );
}

function Quarantine({ assessment, items }: { assessment: string; items: readonly Quarantined[] }) {
  const { t } = useWords();
  const columns: Column<Quarantined>[] = [
    { id: 'name', title: t('imports.item'), heads: true, cell: (one) => <span className="break">{one.name}</span> },
    { id: 'why', title: t('imports.why'), cell: ({ refusal }) => <Reason {...refusal} /> },
    { id: 'who', title: t('imports.who'), cell: (one) => one.by ?? t('imports.direct') },
    { id: 'when', title: t('imports.when'), cell: (one) => <span className="num">{dateTime(one.at)}</span> },
    { id: 'custody', title: t('imports.custody'), bare: true, cell: (one) => <Custody item={one} /> },
  ];
  return (
    <Table
      exported={{ from: `/api/exports/assessments/${assessment}/quarantine` }}
      caption={t('imports.quarantine')}
      columns={columns}
      rows={items}
      keyOf={({ import: from, item }) => `${from} ${item}`}
      empty={<p className="faint">{t('imports.quarantineNone')}</p>}
    />
  );
}

/** All imports of an assessment, and every file that was refused. */
export function Imports() {
  const { t } = useWords();
  const { assessment } = useParams({ from: '/inside/assessments/$assessment/imports' });
  const mayStart = useSession().data?.permissions.includes('report:submit') ?? false;
  const list = useImports(assessment);
  const quarantine = useQuarantine(assessment);
  return (
    <Page kind={t('imports.kind')} sentence={t('imports.listSentence')} wide>
      <Section title={t('imports.list')} actions={mayStart && <StartImport assessment={assessment} />}>
        <Awaited query={list}>{(items) => <ImportTable assessment={assessment} items={items} />}</Awaited>
      </Section>
      <Section title={t('imports.quarantine')} note={t('imports.quarantineNote')}>
        <Awaited query={quarantine}>{(items) => <Quarantine assessment={assessment} items={items} />}</Awaited>
      </Section>
    </Page>
  );
}
