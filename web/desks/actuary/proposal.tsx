import { Link, useParams } from '@tanstack/react-router';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { useSession } from '../../api/queries.ts';
import { Field } from '../../forms/field.tsx';
import { dateTime } from '../../format.ts';
import { Page, Section } from '../../parts/page.tsx';
import { Source } from '../../parts/provenance.tsx';
import { AwaitedPage, ProblemNote } from '../../parts/states.tsx';
import { useWords, type Wording } from '../../words.ts';
import './actuary.css';
import { DifferenceTable } from './difference.tsx';
import { DislocationView } from './dislocation.tsx';
import { DraftEditor } from './draft.tsx';
import { ProposalState } from './index.tsx';
import { useProposal, useProposalActs, type Proposal } from './queries.ts';
import { Filing } from './ratebook.tsx';

function sentenceOf({ state, draft, faults, dislocationIsCurrent }: Proposal, { t, of }: Wording): string {
  const named = `${draft.version} ${of(draft.title)}`.trim();
  if (state !== 'draft') return t(`tariff.proposalSentence.${state}`, { named, from: draft.effectiveFrom });
  if (faults.length > 0) return t('tariff.draftSentence', { named, count: faults.length });
  return t(dislocationIsCurrent ? 'tariff.draftReady' : 'tariff.draftSound', { named });
}

/** The second person's side: release, or return with a reason. */
function Decide({ proposal }: { proposal: Proposal }) {
  const { t } = useWords();
  const session = useSession().data;
  const { decide } = useProposalActs(proposal);
  const [reason, setReason] = useState('');
  const [returning, setReturning] = useState(false);
  const [sure, setSure] = useState(false);
  if (!session?.permissions.includes('ratebook:release')) return <p className="note">{t('tariff.waitsForOther')}</p>;
  if (proposal.authors.some(({ user }) => user === session.user.id)) return <p className="note">{t('tariff.waitsForOther')}</p>;
  return (
    <Section title={t('tariff.decide')} note={t('tariff.decideNote', { from: proposal.draft.effectiveFrom })}>
      {decide.error && <ProblemNote problem={decide.error} />}
      <label className="check">
        <input type="checkbox" checked={sure} onChange={(event) => setSure(event.target.checked)} />{' '}
        {t('tariff.sure', { from: proposal.draft.effectiveFrom, version: proposal.draft.version })}
      </label>
      <div className="step-actions">
        <Button type="primary" disabled={!sure} loading={decide.isPending} onClick={() => decide.mutate({ decision: 'released', reason: null })}>
          {t('tariff.release')}
        </Button>
        <Button onClick={() => setReturning(true)}>{t('tariff.return')}</Button>
      </div>
      {returning && (
        <div className="form">
          <Field label={t('tariff.reason')}>
            {(wiring) => <Input.TextArea {...wiring} rows={3} value={reason} onChange={(event) => setReason(event.target.value)} />}
          </Field>
          <Button disabled={reason.trim() === ''} loading={decide.isPending} onClick={() => decide.mutate({ decision: 'returned', reason })}>
            {t('tariff.returnNow')}
          </Button>
        </div>
      )}
    </Section>
  );
}

function History({ proposal }: { proposal: Proposal }) {
  const { t } = useWords();
  const { authors, proposedBy, proposedAt, decidedBy, decidedAt, base } = proposal;
  return (
    <Source
      parts={[
        [t('tariff.basedOn'), base.version],
        [t('tariff.effectiveFrom'), proposal.draft.effectiveFrom || '--'],
        [t('tariff.authors'), authors.map(({ name }) => name).join(t('punctuation.list'))],
        ...(proposedBy ? [[t('tariff.proposedBy'), `${proposedBy.name} ${dateTime(proposedAt!)}`] as const] : []),
        ...(decidedBy ? [[t('tariff.decidedBy'), `${decidedBy.name} ${dateTime(decidedAt!)}`] as const] : []),
        ...(proposal.hash ? [[t('tariff.hash'), proposal.hash.slice(0, 12)] as const] : []),
      ]}
    />
  );
}

/** A proposal as it was submitted: what changes, why, and what the second person sees. */
function Submitted({ proposal }: { proposal: Proposal }) {
  const { t } = useWords();
  return (
    <>
      <Section title={t('tariff.why')}>
        <p>{proposal.draft.why}</p>
      </Section>
      {proposal.differences && (
        <Section title={t('tariff.changes')}>
          <DifferenceTable difference={proposal.differences} />
        </Section>
      )}
      {proposal.dislocation && (
        <Section title={t('tariff.dislocationFrozen')} note={t('tariff.dislocationFrozenNote')}>
          <DislocationView tried={proposal.dislocation} current />
        </Section>
      )}
      {proposal.state === 'proposed' && <Decide proposal={proposal} />}
      {proposal.hash && <Filing path={`/api/ratebook-proposals/${proposal.id}/filing`} version={proposal.draft.version} />}
    </>
  );
}

function ProposalView({ proposal }: { proposal: Proposal }) {
  const words = useWords();
  const { t } = words;
  const mayWrite = useSession().data?.permissions.includes('ratebook:propose') ?? false;
  const open = proposal.state === 'draft' || proposal.state === 'returned';
  return (
    <Page
      kind={t('tariff.proposalKind')}
      sentence={sentenceOf(proposal, words)}
      wide
      aside={
        <>
          <ProposalState state={proposal.state} />
          <Link to="/tariff" className="action">
            {t('tariff.back')}
          </Link>
        </>
      }
    >
      <History proposal={proposal} />
      {proposal.reason && (
        <p className="note note-warning">
          <strong>{t('tariff.returnedBecause')}</strong> {proposal.reason}
        </p>
      )}
      {open && mayWrite ? <DraftEditor key={proposal.id} proposal={proposal} /> : <Submitted proposal={proposal} />}
    </Page>
  );
}

/** A draft to be written, or a proposal to be decided. */
export function ProposalPage() {
  const { proposal } = useParams({ from: '/inside/tariff/proposals/$proposal' });
  const query = useProposal(proposal);
  return <AwaitedPage query={query}>{(found) => <ProposalView proposal={found} />}</AwaitedPage>;
}
