import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { useRef } from 'react';
import { usePolicy, useSession, useSubmissions } from '../../api/queries.ts';
import { request } from '../../api/request.ts';
import type { components } from '../../api/schema.d.ts';
import type { PolicyRecord, SubmissionRecord } from '../../api/wire.ts';
import { day, number, signedMoney } from '../../format.ts';
import { Amount } from '../../parts/amount.tsx';
import { Page, Section } from '../../parts/page.tsx';
import { AwaitedPage, ProblemNote } from '../../parts/states.tsx';
import { Table } from '../../parts/table.tsx';
import { useWords, type Wording } from '../../words.ts';

type Renewal = components['schemas']['RenewalView'];
type Change = components['schemas']['RenewalChange'];

const useRenewal = (policy: string) => useQuery({ queryKey: ['renewal', policy], queryFn: () => request<Renewal>('GET', `/api/policies/${policy}/renewal`) });

/** The premium of the new year against the old one, in one sentence. */
function sentenceOf(renewal: Renewal, { t, money }: Wording): string {
  const { currency, beforeMinor, nowMinor } = renewal;
  const change = nowMinor - beforeMinor;
  const said = {
    now: money({ currency: currency as 'CNY', minor: nowMinor }),
    change: money({ currency: currency as 'CNY', minor: Math.abs(change) }),
    ends: renewal.endsOn,
  };
  if (change === 0) return t('renewal.same', said);
  return t(change > 0 ? 'renewal.more' : 'renewal.less', said);
}

function Causes({ renewal }: { renewal: Renewal }) {
  const { t, of, language } = useWords();
  const currency = renewal.currency as 'CNY';
  const total = (id: string, name: string, minor: number) => ({ id, name: <strong>{name}</strong>, amount: <Amount money={{ currency, minor }} /> });
  const rows = [
    total('before', t('renewal.lastYear'), renewal.beforeMinor),
    ...renewal.causes.map(({ id, text, deltaMinor }) => ({ id, name: <>{of(text)}</>, amount: <>{signedMoney({ currency, minor: deltaMinor }, language)}</> })),
    total('now', t('renewal.thisYear'), renewal.nowMinor),
  ];
  return (
    <Section title={t('renewal.premium')} note={t('renewal.premiumNote')}>
      <Table
        caption={t('renewal.premium')}
        rows={rows}
        keyOf={({ id }) => id}
        columns={[
          { id: 'cause', title: t('renewal.cause'), heads: true, cell: ({ name }) => name },
          { id: 'change', title: t('renewal.change'), align: 'right', cell: ({ amount }) => amount },
        ]}
      />
    </Section>
  );
}

/** Things that changed, side by side; `say` puts a recorded word into the reader's. */
function Changes({
  title,
  note,
  changes,
  say = (text) => text,
}: {
  title: string;
  note?: string;
  changes: readonly Change[];
  say?: (text: string, id: string) => string;
}) {
  const { t, of } = useWords();
  return (
    <Section title={title} {...(note === undefined ? {} : { note })}>
      <Table
        caption={title}
        rows={changes}
        keyOf={({ id }) => id}
        empty={<p className="faint">{t('renewal.none')}</p>}
        columns={[
          { id: 'what', title: t('renewal.what'), heads: true, cell: (one) => of(one.title) },
          { id: 'before', title: t('renewal.before'), cell: ({ id, before }) => say(before, id) },
          { id: 'now', title: t('renewal.now'), cell: ({ id, after }) => say(after, id) },
        ]}
      />
    </Section>
  );
}

function Findings({ title, findings }: { title: string; findings: Renewal['opened'] }) {
  const { t } = useWords();
  return (
    <Section title={`${title} (${number(findings.length)})`}>
      <Table
        caption={title}
        rows={findings}
        keyOf={({ id }) => id}
        empty={<p className="faint">{t('renewal.none')}</p>}
        columns={[
          { id: 'finding', title: t('renewal.finding'), heads: true, cell: (one) => one.title },
          { id: 'severity', title: t('renewal.severity'), cell: ({ severity }) => t(`severity.${severity as 'high'}`) },
        ]}
      />
    </Section>
  );
}

function Standing({ renewal }: { renewal: Renewal }) {
  const { t, money } = useWords();
  const { score, grade, losses } = renewal;
  const loss = ({ count, amountMinor, open }: Renewal['losses']['now']) =>
    t('renewal.lossLine', { count, open, amount: money({ currency: renewal.currency as 'CNY', minor: amountMinor }) });
  return (
    <div className="two">
      <Section title={t('renewal.score')}>
        <p>
          {t('renewal.scoreLine', { before: number(score.before, 1), now: number(score.now, 1), gradeBefore: grade.before, gradeNow: grade.now })}{' '}
          <span className={`outcome outcome-${renewal.outcome}`}>{t(`outcome.${renewal.outcome}`)}</span>
        </p>
      </Section>
      <Section title={t('renewal.losses')}>
        <dl className="facts">
          <div>
            <dt>{t('renewal.lossesThen')}</dt>
            <dd>{loss(losses.before)}</dd>
          </div>
          <div>
            <dt>{t('renewal.lossesNow')}</dt>
            <dd>{loss(losses.now)}</dd>
          </div>
        </dl>
      </Section>
    </div>
  );
}

/** Submits the renewal, or leads to the one that was submitted. */
function Start({ record, renewal }: { record: PolicyRecord; renewal: Renewal }) {
  const { t } = useWords();
  const navigate = useNavigate();
  const session = useSession().data;
  const may = (session?.permissions.includes('submission:write') && session.organisation?.kind !== 'insurer') ?? false;
  const started = useSubmissions(session?.permissions.includes('submission:read') ?? false).data?.items.find(
    (one) => one.renews === record.id && one.state !== 'closed',
  );
  const key = useRef(crypto.randomUUID());
  const start = useMutation({
    mutationFn: () => request<SubmissionRecord>('POST', `/api/policies/${record.id}/renewal`, { body: {}, key: key.current }),
    onSuccess: ({ id }) => void navigate({ to: '/submissions/$submission', params: { submission: id } }),
  });
  if (started)
    return (
      <p className="note note-good">
        {t('renewal.started')} ·{' '}
        <Link to="/submissions/$submission" params={{ submission: started.id }}>
          {t('renewal.openStarted')}
        </Link>
      </p>
    );
  if (!may) return null;
  if (renewal.opensOn > day(new Date().toISOString())) return <p className="note">{t('renewal.notYet', { day: renewal.opensOn })}</p>;
  return (
    <Section title={t('renewal.start')} note={t('renewal.startNote')}>
      {start.error && <ProblemNote problem={start.error} />}
      <Button type="primary" loading={start.isPending} onClick={() => start.mutate()}>
        {t('renewal.start')}
      </Button>
    </Section>
  );
}

function RenewalScreen({ record, renewal }: { record: PolicyRecord; renewal: Renewal }) {
  const words = useWords();
  const { t } = words;
  const factOf = (text: string, id: string): string => {
    if (id === 'industry') return t(`industry.${text as 'retail'}`);
    return text === 'yes' || text === 'no' ? t(`answer.${text}`) : text;
  };
  return (
    <Page
      kind={t('renewal.kind', { firm: record.policy.insured.name })}
      sentence={sentenceOf(renewal, words)}
      wide
      aside={
        <Link to="/policies/$policy" params={{ policy: record.id }} className="action">
          {t('policy.kind')} {record.policy.number}
        </Link>
      }
    >
      <Start record={record} renewal={renewal} />
      <Causes renewal={renewal} />
      <Standing renewal={renewal} />
      <Changes title={t('renewal.terms')} note={t('renewal.termsNote')} changes={renewal.terms} />
      <Changes title={t('renewal.firm')} changes={renewal.firm} say={factOf} />
      <Changes title={t('renewal.answers')} changes={renewal.answers} say={(text) => t(`answer.${text as 'yes'}`)} />
      <Findings title={t('renewal.opened')} findings={renewal.opened} />
      <Findings title={t('renewal.closed')} findings={renewal.closed} />
    </Page>
  );
}

/** What changed since last year, cause by cause, and the way to renew. */
export function RenewalPage() {
  const { policy } = useParams({ from: '/inside/policies/$policy/renewal' });
  const record = usePolicy(policy);
  const renewal = useRenewal(policy);
  return (
    <AwaitedPage query={record}>
      {(found) => <AwaitedPage query={renewal}>{(compared) => <RenewalScreen record={found} renewal={compared} />}</AwaitedPage>}
    </AwaitedPage>
  );
}
