import { Link, useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { usePolicy, useSession } from '../../api/queries.ts';
import type { PolicyRecord } from '../../api/wire.ts';
import { ChoiceField, MoneyField, TextField } from '../../forms/field.tsx';
import { parseAmount } from '../../forms/parse-amount.ts';
import { dateTime, number, period, plainMoney } from '../../format.ts';
import { Page, Section } from '../../parts/page.tsx';
import { Awaited, AwaitedPage, ProblemNote } from '../../parts/states.tsx';
import { Table } from '../../parts/table.tsx';
import { useWords } from '../../words.ts';
import { cancelledSentence } from '../applicant/policy.tsx';
import { Enrol } from './enrol.tsx';
import { useCertificates, useDraw, useMaster, useOpenMaster, type Certificate, type Master } from './queries.ts';
import { Facts } from '../../parts/facts.tsx';

function OpenForm({ policy }: { policy: string }) {
  const { t } = useWords();
  const open = useOpenMaster(policy);
  const [kind, setKind] = useState<Master['kind']>('park');
  const [name, setName] = useState('');
  const [limit, setLimit] = useState('');
  const memberLimitMinor = parseAmount(limit) ?? 0;
  return (
    <Section title={t('master.openTitle')} note={t('master.openNote')}>
      <ChoiceField
        label={t('master.openKind')}
        value={kind}
        onChange={setKind}
        options={[
          ['park', t('master.kinds.park')],
          ['vendor-product', t('master.kinds.vendor-product')],
        ]}
      />
      <TextField label={t('master.openName')} value={name} onChange={setName} />
      <MoneyField label={t('master.openLimit')} value={limit} onChange={setLimit} />
      {open.error && <ProblemNote problem={open.error} />}
      <Button
        type="primary"
        disabled={name.trim() === '' || memberLimitMinor < 1}
        loading={open.isPending}
        onClick={() => open.mutate({ kind, name: name.trim(), memberLimitMinor })}
      >
        {t('master.openDo')}
      </Button>
    </Section>
  );
}

function Head({ master }: { master: Master }) {
  const { t, money, language } = useWords();
  const of = (minor: number): string => money({ currency: master.currency, minor });
  const rows: [string, React.ReactNode][] = [
    [
      t('master.policy'),
      <Link key="policy" to="/policies/$policy" params={{ policy: master.policy }}>
        {master.policyNumber}
      </Link>,
    ],
    [t('master.openKind'), t(`master.kinds.${master.kind}`)],
    [t('master.period'), period(master.period, language)],
    [t('master.aggregate'), of(master.aggregateMinor)],
    [t('master.left'), of(master.leftMinor)],
    [t('master.memberLimit'), of(master.memberLimitMinor)],
    [t('master.retention'), of(master.retentionMinor)],
  ];
  return (
    <Section title={t('master.head')}>
      <Facts rows={rows} />
    </Section>
  );
}

function Certificates({ master, items }: { master: Master; items: readonly Certificate[] }) {
  const { t } = useWords();
  return (
    <Section title={`${t('master.certificates')} (${number(master.members)})`}>
      <Table
        caption={t('master.certificates')}
        rows={items}
        keyOf={({ id }) => id}
        empty={<p className="faint">{t('master.noCertificates')}</p>}
        exported={{ from: `/api/exports/master-policies/${master.id}/certificates` }}
        columns={[
          {
            id: 'member',
            title: t('master.member'),
            heads: true,
            cell: (one) => (
              <Link to="/certificates/$certificate" params={{ certificate: one.id }}>
                {one.member}
              </Link>
            ),
          },
          { id: 'code', title: t('master.code'), wideOnly: true, cell: ({ creditCode }) => <span className="num">{creditCode}</span> },
          { id: 'limit', title: t('master.limit'), align: 'right', cell: ({ currency, limitMinor }) => plainMoney({ currency, minor: limitMinor }) },
          { id: 'from', title: t('master.from'), cell: ({ from }) => from },
          { id: 'to', title: t('master.to'), wideOnly: true, cell: ({ lastDay }) => lastDay ?? t('master.neverBegan') },
          { id: 'state', title: t('master.state'), cell: ({ standing }) => t(`master.standing.${standing}`) },
        ]}
      />
    </Section>
  );
}

function Draws({ master }: { master: Master }) {
  const { t } = useWords();
  const of = (minor: number): string => plainMoney({ currency: master.currency, minor });
  return (
    <Section title={t('master.draws')}>
      <Table
        caption={t('master.draws')}
        rows={master.draws}
        keyOf={({ certificate, event }) => `${certificate} ${event}`}
        empty={<p className="faint">{t('master.noDraws')}</p>}
        columns={[
          { id: 'member', title: t('master.member'), heads: true, cell: ({ member }) => member },
          { id: 'event', title: t('master.event'), cell: ({ event }) => event },
          { id: 'loss', title: t('master.loss'), align: 'right', cell: ({ lossMinor }) => of(lossMinor) },
          { id: 'drawn', title: t('master.drawn'), align: 'right', cell: ({ drawnMinor }) => of(drawnMinor) },
          { id: 'bound', title: t('master.bound'), cell: ({ bound }) => t(`master.bounds.${bound}`) },
          { id: 'at', title: t('master.at'), wideOnly: true, cell: ({ at }) => dateTime(at).slice(0, 16) },
        ]}
      />
    </Section>
  );
}

/** The insurer enters a settled loss of a member. */
function DrawForm({ master, items }: { master: Master; items: readonly Certificate[] }) {
  const { t, money } = useWords();
  const draw = useDraw();
  const [sent, set] = useState({ certificate: '', event: '', on: '', loss: '', reason: '' });
  const lossMinor = parseAmount(sent.loss) ?? 0;
  const ready = sent.certificate !== '' && sent.event.trim() !== '' && sent.on !== '' && lossMinor > 0 && sent.reason.trim() !== '';
  const of = (minor: number): string => money({ currency: master.currency, minor });
  return (
    <Section title={t('master.draw')} note={t('master.drawNote')}>
      <ChoiceField
        label={t('master.drawCertificate')}
        value={sent.certificate}
        onChange={(certificate) => set({ ...sent, certificate })}
        empty="--"
        options={items.map(({ id, member, number: name }) => [id, `${member} · ${name}`])}
      />
      <TextField label={t('master.event')} value={sent.event} onChange={(event) => set({ ...sent, event })} />
      <TextField label={t('master.drawOn')} type="date" value={sent.on} onChange={(on) => set({ ...sent, on })} />
      <MoneyField label={t('master.drawLoss')} value={sent.loss} onChange={(loss) => set({ ...sent, loss })} />
      <TextField label={t('master.drawReason')} value={sent.reason} onChange={(reason) => set({ ...sent, reason })} />
      {draw.error && <ProblemNote problem={draw.error} />}
      {draw.data && (
        <p className="good" role="status">
          {t('master.drew', { drawn: of(draw.data.draw.drawnMinor), left: of(draw.data.leftMinor) })}
        </p>
      )}
      <Button
        type="primary"
        disabled={!ready}
        loading={draw.isPending}
        onClick={() => draw.mutate({ certificate: sent.certificate, event: sent.event.trim(), on: sent.on, lossMinor, reason: sent.reason.trim() })}
      >
        {t('master.drawDo')}
      </Button>
    </Section>
  );
}

/** The certificates under which a loss can have been insured. */
const insuring = (items: readonly Certificate[]): Certificate[] => items.filter(({ standing }) => standing !== 'never-began');

function MasterView({ record, master }: { record: PolicyRecord; master: Master }) {
  const { t, money } = useWords();
  const session = useSession().data;
  const certificates = useCertificates(master.id);
  const isHolder = session?.organisation?.id === master.holder && session.permissions.includes('policy:bind');
  const settles = session?.organisation?.id === master.insurer && session.permissions.includes('case:decide');
  const stands = master.policyState === 'bound' || master.policyState === 'in-force';
  const { cancellation } = record.policy;
  const of = (minor: number): string => money({ currency: master.currency, minor });
  return (
    <Page
      kind={t('master.kind', { name: master.name })}
      sentence={t('master.sentence', { members: number(master.members), aggregate: of(master.aggregateMinor), left: of(master.leftMinor) })}
      wide
    >
      {!stands && <p className="note note-warning">{cancellation === null ? t('master.ended') : cancelledSentence(cancellation, t, Date.now())}</p>}
      <Head master={master} />
      {isHolder && stands && <Enrol master={master.id} currency={record.policy.cover.currency} />}
      <Awaited query={certificates}>
        {({ items }) => (
          <>
            <Certificates master={master} items={items} />
            <Draws master={master} />
            {settles && insuring(items).length > 0 && <DrawForm master={master} items={insuring(items)} />}
          </>
        )}
      </Awaited>
    </Page>
  );
}

function NoMaster({ record }: { record: PolicyRecord }) {
  const { t } = useWords();
  const session = useSession().data;
  const mayOpen = session?.organisation?.id === record.insurer && session.permissions.includes('case:decide');
  return (
    <Page kind={t('master.kindNone', { firm: record.policy.insured.name })} sentence={t('master.none')} wide>
      <p className="faint">{t('master.noneNext')}</p>
      {mayOpen && <OpenForm policy={record.id} />}
    </Page>
  );
}

/** A policy of one holder for many: who is insured under it, and what is left of the limit that they share. */
export function MasterPage() {
  const { policy } = useParams({ from: '/inside/policies/$policy/master' });
  const record = usePolicy(policy);
  const found = useMaster(policy);
  return (
    <AwaitedPage query={record}>
      {(file) => (
        <AwaitedPage query={found}>{({ master }) => (master === null ? <NoMaster record={file} /> : <MasterView record={file} master={master} />)}</AwaitedPage>
      )}
    </AwaitedPage>
  );
}
