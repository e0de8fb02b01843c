import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useRef, useState } from 'react';
import { useSession } from '../../api/queries.ts';
import { hasLapsed, lapseReasons } from '../../../src/domain/subsidy/index.ts';
import type { PolicyRecord, QuoteRecord } from '../../api/wire.ts';
import { ChoiceField, TextField } from '../../forms/field.tsx';
import { Section } from '../../parts/page.tsx';
import { Awaited, ProblemNote } from '../../parts/states.tsx';
import { useWords } from '../../words.ts';
import { SubsidyAfterEnd, SubsidySum } from './amounts.tsx';
import { useApplications, usePackagesOnSale, useSubsidies, useSubsidyAct, type Application, type Options } from './queries.ts';

const stands = (one: Application): boolean =>
  (one.state === 'waiting' || one.state === 'approved' || one.state === 'granted' || one.state === 'returned') && !hasLapsed(one, new Date().toISOString());
const live = (applications: readonly Application[]): Application | undefined => applications.find(stands);

/** The subsidy that the page shows for a quote, minor units; undefined while that is not known, or for whoever may not see it. */
export function useShownSubsidy(quote: string): number | undefined {
  const may = useSession().data?.permissions.includes('subsidy:read') ?? false;
  const found = useApplications(quote, may).data;
  return found && (live(found)?.grant.subsidyMinor ?? 0);
}

/** That what was applied for on a quote came to nothing, and why; nothing where it did not. */
export function SubsidyGone({ application, full = false }: { application: Application | undefined; full?: boolean }) {
  const { t, said, money } = useWords();
  const over = application && hasLapsed(application, new Date().toISOString());
  if (!application || (application.state !== 'lapsed' && !over)) return null;
  const reason = said(application.lapsed?.reason ?? lapseReasons.expired);
  const { currency, subsidyMinor, premiumMinor } = application.grant;
  return (
    <p className="note note-warning" role="status">
      {t('subsidy.section.gone', { amount: money({ currency, minor: subsidyMinor }), reason })}
      {full && t('subsidy.section.goneFull', { gross: money({ currency, minor: premiumMinor }) })}
    </p>
  );
}

function Standing({ application, may }: { application: Application; may: boolean }) {
  const { t, of } = useWords();
  const withdraw = useSubsidyAct();
  const key = useRef(crypto.randomUUID());
  const packages = usePackagesOnSale().data;
  const scheme = packages?.schemes.find(({ id }) => id === application.scheme);
  const open = application.policy === null && (application.state === 'waiting' || application.state === 'approved');
  const { grant } = application;
  const standing = grant.subsidyMinor - grant.returnedMinor;
  return (
    <>
      {withdraw.error && <ProblemNote problem={withdraw.error} />}
      <p>
        <span className={`outcome outcome-${application.state === 'granted' || application.state === 'approved' ? 'quoted' : 'referred'}`}>
          {t(`subsidy.state.${application.state}`)}
        </span>{' '}
        {scheme && <span className="faint">{of(scheme.scheme.title)}</span>}
      </p>
      {application.state === 'returned' && application.policy ? (
        <Link to="/policies/$policy" params={{ policy: application.policy }} className="action">
          {t('home.openPolicy')}
        </Link>
      ) : (
        <SubsidySum currency={grant.currency} grossMinor={grant.premiumMinor} subsidyMinor={standing} />
      )}
      {application.state === 'waiting' && <p>{t('subsidy.section.applied')}</p>}
      {application.decided && application.decided.reason !== '' && <p>{t('subsidy.section.reason', { reason: application.decided.reason })}</p>}
      {open && may && (
        <Button
          onClick={() => withdraw.mutate({ path: `/api/subsidy-applications/${application.id}/withdrawal`, body: {}, key: key.current })}
          loading={withdraw.isPending}
        >
          {t('subsidy.section.withdraw')}
        </Button>
      )}
    </>
  );
}

function Choose({ record, found, past }: { record: QuoteRecord; found: Options; past: Application | undefined }) {
  const { t, of, money } = useWords();
  const packages = usePackagesOnSale().data?.packages ?? [];
  const [chosen, choose] = useState({ scheme: found.schemes[0]?.id ?? '', package: 'pine-standard' });
  const scheme = found.schemes.find(({ id }) => id === chosen.scheme) ?? found.schemes[0];
  const [region, setRegion] = useState('');
  const apply = useSubsidyAct();
  const key = useRef(crypto.randomUUID());
  if (!scheme) return <p className="faint">{t('subsidy.section.none')}</p>;
  if (found.options.length === 0) return <p className="faint">{t('subsidy.section.notBinding')}</p>;
  const named = packages.some(({ id }) => id === chosen.package) ? chosen.package : (packages[0]?.id ?? '');
  const option = found.options.find((one) => one.scheme === scheme.id && one.package === named);
  const { currency } = record.quote.cover;
  const where = region || (scheme.scheme.eligible.regions?.[0] ?? '');
  const send = () =>
    apply.mutate(
      { path: `/api/quotes/${record.id}/subsidy-applications`, body: { scheme: scheme.id, package: named, region: where }, key: key.current },
      { onError: () => (key.current = crypto.randomUUID()) },
    );
  return (
    <>
      {apply.error && <ProblemNote problem={apply.error} />}
      <SubsidyGone application={past} />
      {past && (past.state === 'withdrawn' || past.state === 'refused') && (
        <p className="note">
          {past.state === 'withdrawn' ? t('subsidy.section.withdrawn') : `${t(`subsidy.state.${past.state}`)} ${past.decided?.reason ?? ''}`}
        </p>
      )}
      <div className="field-pair">
        <ChoiceField
          label={t('subsidy.scheme')}
          optional
          value={scheme.id}
          onChange={(id) => choose({ ...chosen, scheme: id })}
          options={found.schemes.map((one) => [one.id, of(one.scheme.title)] as const)}
        />
        <ChoiceField
          label={t('subsidy.package')}
          optional
          value={named}
          onChange={(id) => choose({ ...chosen, package: id })}
          options={packages.map((one) => [one.id, of(one.title)] as const)}
        />
      </div>
      <TextField label={t('subsidy.region')} help={t('subsidy.regionHelp')} value={where} onChange={setRegion} />
      {option?.granted && <SubsidySum currency={currency} grossMinor={option.grossMinor} subsidyMinor={option.subsidyMinor} />}
      {option && !option.granted && (
        <p className="note note-warning">
          {t('subsidy.section.refusedBecause')}
          {option.reasons.map((reason) => of(reason.text)).join(t('punctuation.list'))}
        </p>
      )}
      <div className="subsidy-actions">
        {option?.granted && (
          <Button type="primary" onClick={send} loading={apply.isPending}>
            {t('subsidy.section.apply', { amount: money({ currency, minor: option.subsidyMinor }) })}
          </Button>
        )}
        <Link to="/marketplace" className="action">
          {t('subsidy.section.compare')}
        </Link>
      </div>
    </>
  );
}

/** The subsidy of a quote: what it would be, how to ask for it, how it stands. */
export function QuoteSubsidy({ record }: { record: QuoteRecord }) {
  const { t } = useWords();
  const session = useSession().data;
  const may = session?.permissions ?? [];
  const subsidies = useSubsidies(record.id, may.includes('subsidy:read'));
  if (!may.includes('subsidy:read')) return null;
  const asks = may.includes('subsidy:apply') && session?.organisation?.kind !== 'insurer';
  return (
    <Section title={t('subsidy.section.title')} note={t('subsidy.section.note')}>
      <Awaited query={subsidies}>
        {(found) => {
          const application = live(found.applications);
          if (application) return <Standing application={application} may={asks} />;
          return asks ? <Choose record={record} found={found} past={found.applications[0]} /> : <p className="faint">{t('subsidy.market.none')}</p>;
        }}
      </Awaited>
    </Section>
  );
}

/** Gross, subsidy and net of a policy or, once it has ended before its time, where its premium and subsidy went; where a subsidy was asked for; nothing where none was. */
export function SubsidyLine({ quote, ended = null }: { quote: string; ended?: PolicyRecord['policy']['cancellation'] }) {
  const { t, of, said } = useWords();
  const may = useSession().data?.permissions.includes('subsidy:read') ?? false;
  const applications = useApplications(quote, may).data ?? [];
  const application = live(applications);
  if (!application) return ended ? null : <SubsidyGone application={applications[0]} full />;
  const { grant, state, returned } = application;
  return (
    <Section title={t('subsidy.section.title')}>
      <p>
        <strong>{t(`subsidy.state.${state}`)}</strong>
        {returned && <span className="faint"> · {ended ? of(ended.title) : said(returned.reason)}</span>}
      </p>
      {ended ? (
        <SubsidyAfterEnd grant={grant} returnedMinor={ended.returnedMinor} />
      ) : (
        <SubsidySum currency={grant.currency} grossMinor={grant.premiumMinor} subsidyMinor={grant.subsidyMinor - grant.returnedMinor} />
      )}
    </Section>
  );
}
