import { Link, useParams, useSearch } from '@tanstack/react-router';
import { dayOf, daysBefore } from '../../../src/domain/basics/index.ts';
import { usePolicy, usePostings, useSession } from '../../api/queries.ts';
import type { PolicyRecord, PostingLine } from '../../api/wire.ts';
import { capitalAmount, dateTime, day, none, number, period, plainMoney } from '../../format.ts';
import { Amount } from '../../parts/amount.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Page, Section } from '../../parts/page.tsx';
import { Source } from '../../parts/provenance.tsx';
import { Awaited, AwaitedPage } from '../../parts/states.tsx';
import { Table, type Column } from '../../parts/table.tsx';
import { Versions } from '../../parts/versions.tsx';
import { zh } from '../../texts/zh.ts';
import { useWords, type Wording } from '../../words.ts';
import { PolicyTrialSection, PolicyWordingSection } from '../cover/policy-wording.tsx';
import { CancellationLink, CancellationSection, EndedNote, WaitingProposal } from '../cancellation/index.tsx';
import { SubsidyLine } from '../subsidy/quote-subsidy.tsx';
import { CoverTable } from './quote/cover-table.tsx';
import { Facts } from '../../parts/facts.tsx';

const isAccount = (account: string): account is keyof typeof zh.account => account in zh.account;

const millisPerDay = 86_400_000;

/** Whole days of cover left at `now`, from the day that has begun to the last day of the period, both counted; meant for a period that has begun. */
export const daysLeft = (to: string, now = Date.now()): number => Math.max(0, Math.ceil((Date.parse(to) - now) / millisPerDay));

/** Until when a cancelled policy insures. */
export function cancelledSentence({ ends, borneDays }: NonNullable<PolicyRecord['policy']['cancellation']>, t: Wording['t'], now: number): string {
  if (borneDays === 0) return t('cancellation.policySentenceNever');
  const facts = { day: daysBefore(ends, 1) };
  return t(dayOf(new Date(now).toISOString()) < ends ? 'cancellation.policySentence' : 'cancellation.policySentenceOver', facts);
}

/** Where the policy stands by its dates: bound but not begun, in force, or ended. */
export function policySentence({ policy }: PolicyRecord, { t, money }: Wording, now = Date.now()): string {
  const limit = money({ currency: policy.cover.currency, minor: policy.cover.limitMinor });
  if (policy.cancellation !== null) return cancelledSentence(policy.cancellation, t, now);
  if (Date.parse(policy.period.from) > now) return t('policy.sentenceFuture', { date: day(policy.period.from), limit });
  if (Date.parse(policy.period.to) <= now) return t('policy.sentenceEnded', { date: day(policy.period.to) });
  return t('policy.sentence', { days: daysLeft(policy.period.to, now), limit });
}

function Head({ record }: { record: PolicyRecord }) {
  const { t, language, money } = useWords();
  const { policy } = record;
  const total = policy.premium.total;
  const rows: [string, React.ReactNode][] = [
    [
      t('policy.number'),
      <strong key="number" className="num">
        {policy.number}
      </strong>,
    ],
    [t('policy.insured'), policy.insured.name],
    [t('policy.period'), period(policy.period, language)],
    [t('policy.limit'), <Amount key="limit" money={{ currency: policy.cover.currency, minor: policy.cover.limitMinor }} />],
    [t('policy.remaining'), t('policy.remainingFull', { amount: money({ currency: policy.cover.currency, minor: policy.cover.limitMinor }) })],
    [t('policy.retention'), <Amount key="retention" money={{ currency: policy.cover.currency, minor: policy.cover.retentionMinor }} />],
    [
      t('policy.premium'),
      <span key="premium">
        <Amount money={total} />
        <br />
        <span className="faint" lang="zh-CN">
          {capitalAmount(total)}
        </span>
      </span>,
    ],
    [t('policy.score'), `${number(policy.security.score, 1)} ${policy.security.grade}`],
  ];
  return <Facts rows={rows} />;
}

function Documents({ record }: { record: PolicyRecord }) {
  const { t } = useWords();
  return (
    <ul className="downloads">
      {(['zh', 'en'] as const).map((language) => (
        <li key={language}>
          <a className="action" href={`/api/policies/${record.id}/schedule?language=${language}`} download={`${record.policy.number}-${language}.pdf`}>
            <Icon name="download" /> {t(language === 'zh' ? 'policy.scheduleZh' : 'policy.scheduleEn')}
          </a>
        </li>
      ))}
    </ul>
  );
}

/** What was opened and accepted before binding, with the times. */
function Acceptances({ record }: { record: PolicyRecord }) {
  const { t } = useWords();
  if (record.policy.acceptances.length === 0) return null;
  return (
    <>
      <h3 className="worksheet-head">{t('policy.acceptances')}</h3>
      <dl className="facts">
        {record.policy.acceptances.map((one) => (
          <div key={one.document}>
            <dt>{t(`bind.${one.document}`)}</dt>
            <dd className="num">
              {t('bind.openedAt', { time: dateTime(one.openedAt) })}
              <br />
              {t('bind.acceptedAt', { time: dateTime(one.acceptedAt) })}
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}

/** Debits and credits in two columns; each journal's sum is written below, as proof and not as promise. */
function Postings({ record }: { record: PolicyRecord }) {
  const { t } = useWords();
  const postings = usePostings(record.id, true);
  const amount = (line: PostingLine, sign: 1 | -1) =>
    Math.sign(line.amountMinor) === sign ? plainMoney({ currency: line.currency, minor: Math.abs(line.amountMinor) }) : '';
  const columns: Column<PostingLine>[] = [
    { id: 'account', title: t('policy.account'), heads: true, cell: (line) => (isAccount(line.account) ? t(`account.${line.account}`) : line.account) },
    { id: 'party', title: t('policy.party'), wideOnly: true, cell: (line) => line.party ?? none },
    { id: 'at', title: t('lists.at'), wideOnly: true, cell: (line) => dateTime(line.at) },
    { id: 'debit', title: t('policy.debit'), align: 'right', cell: (line) => amount(line, 1) },
    { id: 'credit', title: t('policy.credit'), align: 'right', cell: (line) => amount(line, -1) },
  ];
  return (
    <Awaited query={postings}>
      {({ postings: lines }) => (
        <>
          <Table
            caption={t('policy.postings')}
            columns={columns}
            rows={lines}
            keyOf={(line) => `${line.journal}-${line.account}-${line.amountMinor}`}
            exported={{ from: `/api/exports/policies/${record.id}/postings` }}
          />
          <p className="num section-note">
            {t('policy.balance')} {plainMoney({ currency: 'CNY', minor: lines.reduce((sum, line) => sum + line.amountMinor, 0) })}
          </p>
        </>
      )}
    </Awaited>
  );
}

function PolicyView({ record }: { record: PolicyRecord }) {
  const words = useWords();
  const { t } = words;
  const may = useSession().data?.permissions ?? [];
  const justBound = (useSearch({ strict: false }) as { bound?: boolean }).bound === true;
  const mayEnd = may.includes('policy:bind') || may.includes('case:decide');
  const { policy } = record;
  return (
    <Page
      kind={`${t('policy.kind')} · ${policy.insured.name}`}
      sentence={policySentence(record, words)}
      wide
      aside={
        may.includes('quote:read') && (
          <>
            <Link to="/quotes/$quote" params={{ quote: record.quote }} className="action">
              {t('policy.quote')}
            </Link>
            {policy.state !== 'cancelled' && (
              <Link to="/policies/$policy/renewal" params={{ policy: record.id }} className="action">
                {t('renewal.open')}
              </Link>
            )}
            {mayEnd && <CancellationLink record={record} />}
            {mayEnd && (
              <Link to="/policies/$policy/master" params={{ policy: record.id }} className="action">
                {t('master.open')}
              </Link>
            )}
          </>
        )
      }
    >
      {justBound && (
        <p className="note note-good" role="status">
          <Icon name="check" /> {t('policy.justBound')}
        </p>
      )}
      <EndedNote record={record} />
      {mayEnd && <WaitingProposal record={record} />}
      <div className="two">
        <Section title={t('policy.head')}>
          <Head record={record} />
        </Section>
        <Section title={t('policy.documents')}>
          <Documents record={record} />
          <Acceptances record={record} />
        </Section>
      </div>
      <Source
        parts={[
          [t('policy.boundAt'), dateTime(policy.boundAt)],
          [t('policy.revision', { n: policy.version }), policy.number],
        ]}
      />
      {mayEnd && <CancellationSection record={record} />}
      <Section title={t('policy.covers')}>
        <CoverTable cover={policy.cover} />
      </Section>
      <SubsidyLine quote={record.quote} ended={policy.cancellation} />
      <PolicyWordingSection record={record} />
      <PolicyTrialSection record={record} />
      {may.includes('ledger:read') && (
        <Section title={t('policy.postings')} note={t('policy.postingsNote')}>
          <Postings record={record} />
        </Section>
      )}
      <Versions versions={policy.versions} />
    </Page>
  );
}

/** S8: the policy with its period to the hour, cover, documents in both languages and, for those who may, the postings. */
export function PolicyPage() {
  const { policy } = useParams({ from: '/inside/policies/$policy' });
  const record = usePolicy(policy);
  return <AwaitedPage query={record}>{(found) => <PolicyView record={found} />}</AwaitedPage>;
}
