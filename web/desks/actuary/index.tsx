import { Link, useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useSession } from '../../api/queries.ts';
import { ChoiceField } from '../../forms/field.tsx';
import { change as changeWords, dateTime, number } from '../../format.ts';
import { Page, Section } from '../../parts/page.tsx';
import { Awaited, Forbidden, ProblemNote } from '../../parts/states.tsx';
import { Table, type Column } from '../../parts/table.tsx';
import { useWords } from '../../words.ts';
import './actuary.css';
import { DifferenceTable } from './difference.tsx';
import { useBeginDraft, useDifference, useProposals, useRatebooks, type ProposalSummary, type RatebookSummary } from './queries.ts';

const tone = { 'in-force': 'bound', coming: 'quoted', past: 'open' } as const;
const stateTone = { draft: 'open', proposed: 'referred', released: 'bound', returned: 'declined', discarded: 'open' } as const;

export function ProposalState({ state }: { state: ProposalSummary['state'] }) {
  const { t } = useWords();
  return <span className={`outcome outcome-${stateTone[state]}`}>{t(`tariff.states.${state}`)}</span>;
}

function Versions({ items }: { items: readonly RatebookSummary[] }) {
  const { t, of } = useWords();
  const columns: Column<RatebookSummary>[] = [
    {
      id: 'version',
      title: t('tariff.version'),
      heads: true,
      cell: (one) => (
        <Link to="/tariff/versions/$ratebook" params={{ ratebook: one.version }}>
          {one.version}
        </Link>
      ),
    },
    { id: 'title', title: t('tariff.title'), bare: true, cell: (one) => of(one.title) },
    {
      id: 'state',
      title: t('lists.state'),
      cell: (one) => <span className={`outcome outcome-${tone[one.state]}`}>{t(`tariff.versionStates.${one.state}`)}</span>,
    },
    { id: 'from', title: t('tariff.effectiveFrom'), cell: (one) => <span className="num">{one.effectiveFrom}</span> },
    { id: 'until', title: t('tariff.until'), cell: (one) => <span className="num">{one.until ?? t('tariff.openEnd')}</span> },
    { id: 'origin', title: t('tariff.origin'), wideOnly: true, cell: (one) => t(`tariff.origins.${one.origin}`) },
    {
      id: 'priors',
      title: t('tariff.priors'),
      align: 'right',
      cell: (one) => `${number(one.priors)} / ${number(one.parameters)}`,
    },
  ];
  return <Table caption={t('tariff.versions')} exported={{ from: '/api/exports/ratebooks' }} columns={columns} rows={items} keyOf={(one) => one.version} />;
}

function Proposals({ items }: { items: readonly ProposalSummary[] }) {
  const { t, of, language } = useWords();
  const columns: Column<ProposalSummary>[] = [
    {
      id: 'version',
      title: t('tariff.version'),
      heads: true,
      cell: (one) => (
        <Link to="/tariff/proposals/$proposal" params={{ proposal: one.id }}>
          {one.version}
        </Link>
      ),
    },
    { id: 'title', title: t('tariff.title'), bare: true, cell: (one) => of(one.title) || t('tariff.untitled') },
    { id: 'state', title: t('lists.state'), cell: (one) => <ProposalState state={one.state} /> },
    { id: 'from', title: t('tariff.effectiveFrom'), cell: (one) => <span className="num">{one.effectiveFrom || '--'}</span> },
    { id: 'changes', title: t('tariff.changedNumbers'), align: 'right', cell: (one) => number(one.changes) },
    { id: 'change', title: t('tariff.bookChange'), align: 'right', cell: (one) => (one.change === null ? '--' : changeWords(one.change, language)) },
    { id: 'by', title: t('tariff.by'), wideOnly: true, cell: (one) => one.by },
    { id: 'at', title: t('lists.at'), wideOnly: true, cell: (one) => <span className="num">{dateTime(one.updatedAt).slice(0, 16)}</span> },
  ];
  return (
    <Table
      caption={t('tariff.proposals')}
      exported={{ from: '/api/exports/ratebook-proposals' }}
      columns={columns}
      rows={items}
      keyOf={(one) => one.id}
      empty={<p className="faint">{t('tariff.proposalsNone')}</p>}
    />
  );
}

/** What differs between any two versions. */
function Compare({ items }: { items: readonly RatebookSummary[] }) {
  const { t } = useWords();
  const options = items.map(({ version }) => [version, version] as const);
  const [to, setTo] = useState(items[0]!.version);
  const [from, setFrom] = useState(items[1]?.version ?? items[0]!.version);
  const difference = useDifference(from, to);
  return (
    <Section title={t('tariff.compare')} note={t('tariff.compareNote')}>
      {items.length < 2 ? (
        <p className="faint">{t('tariff.compareOne')}</p>
      ) : (
        <>
          <div className="field-pair">
            <ChoiceField label={t('tariff.compareFrom')} optional value={from} onChange={setFrom} options={options} />
            <ChoiceField label={t('tariff.compareTo')} optional value={to} onChange={setTo} options={options} />
          </div>
          {from === to ? (
            <p className="faint">{t('tariff.compareSame')}</p>
          ) : (
            <Awaited query={difference}>{(found) => <DifferenceTable difference={found} />}</Awaited>
          )}
        </>
      )}
    </Section>
  );
}

function Begin() {
  const { t } = useWords();
  const navigate = useNavigate();
  const begin = useBeginDraft();
  return (
    <>
      <Button
        type="primary"
        loading={begin.isPending}
        onClick={() => begin.mutate(undefined, { onSuccess: ({ id }) => void navigate({ to: '/tariff/proposals/$proposal', params: { proposal: id } }) })}
      >
        {t('tariff.begin')}
      </Button>
      {begin.error && <ProblemNote problem={begin.error} />}
    </>
  );
}

function Desk({ items, mayPropose }: { items: readonly RatebookSummary[]; mayPropose: boolean }) {
  const { t } = useWords();
  const proposals = useProposals();
  const now = items.find(({ state }) => state === 'in-force');
  const next = items.findLast(({ state }) => state === 'coming');
  const waiting = proposals.data?.items.filter(({ state }) => state === 'proposed').length ?? 0;
  const sentence = [
    now ? t('tariff.sentence', { version: now.version, from: now.effectiveFrom }) : t('tariff.sentenceNone'),
    next ? t('tariff.sentenceNext', { version: next.version, from: next.effectiveFrom }) : '',
    waiting > 0 ? t('tariff.sentenceWaiting', { count: waiting }) : '',
  ].join('');
  return (
    <Page kind={t('tariff.kind')} sentence={sentence} wide aside={mayPropose && <Begin />}>
      <Section title={t('tariff.versions')}>
        <Versions items={items} />
      </Section>
      <Section title={t('tariff.proposals')} note={t('tariff.proposalsNote')}>
        <Awaited query={proposals}>{(page) => <Proposals items={page.items} />}</Awaited>
      </Section>
      <Compare items={items} />
    </Page>
  );
}

/** The actuary's desk: which tariff is in force, which comes, what is being written, and what differs. */
export function TariffDesk() {
  const may = useSession().data?.permissions ?? [];
  const ratebooks = useRatebooks();
  if (!may.includes('ratebook:read'))
    return (
      <div className="page">
        <Forbidden />
      </div>
    );
  return <Awaited query={ratebooks}>{({ items }) => <Desk items={items} mayPropose={may.includes('ratebook:propose')} />}</Awaited>;
}
