import { Button } from 'antd';
import { useRef, useState } from 'react';
import { MoneyField } from '../../forms/field.tsx';
import { parseAmount } from '../../forms/parse-amount.ts';
import { dateTime, number, percent, plainMoney } from '../../format.ts';
import { Icon } from '../../parts/icon.tsx';
import { Page, Section } from '../../parts/page.tsx';
import { AwaitedPage, ProblemNote } from '../../parts/states.tsx';
import { Table, type Column } from '../../parts/table.tsx';
import { useWords } from '../../words.ts';
import { BurnDown } from './burn-down.tsx';
import { ApplicationPanel } from './decide.tsx';
import { useSchemes, useSubsidyAct, type Application, type SchemeFile, type SubsidyRules } from './queries.ts';
import './subsidy.css';

function Rules({ scheme }: { scheme: SubsidyRules }) {
  const { t, of, short } = useWords();
  const say = (minor: number) => short({ currency: scheme.currency, minor });
  const { mostEmployees, mostRevenueMinor, regions } = scheme.eligible;
  const firm = t('subsidy.console.ruleFirm', {
    employees: mostEmployees === null ? t('subsidy.console.any') : number(mostEmployees),
    revenue: mostRevenueMinor === null ? t('subsidy.console.any') : say(mostRevenueMinor),
    regions: regions?.join(t('punctuation.list')) ?? t('subsidy.console.any'),
  });
  return (
    <details className="why">
      <summary>{t('subsidy.console.rules')}</summary>
      <ul>
        {scheme.tiers.map((tier) => (
          <li key={tier.id}>
            {t('subsidy.console.ruleTier', {
              title: of(tier.title),
              level: t(`subsidy.level.${tier.level}`),
              rate: percent(tier.rate, 0),
              cap: say(tier.capMinor),
            })}
          </li>
        ))}
        <li>{firm}</li>
        <li>
          {t('subsidy.console.ruleKeep', { count: scheme.keepDays, how: t(scheme.clawBack === 'all' ? 'subsidy.console.all' : 'subsidy.console.proRata') })}
        </li>
        <li className="faint">{t('subsidy.console.source', { source: scheme.source })}</li>
      </ul>
    </details>
  );
}

function Figures({ file }: { file: SchemeFile }) {
  const { t, money } = useWords();
  const { budgetMinor, currency } = file.scheme;
  const spent = file.burnDown.length === 0 ? 0 : budgetMinor - file.burnDown.at(-1)!.leftMinor;
  const figures = [
    [t('subsidy.console.budget'), budgetMinor],
    [t('subsidy.console.reserved'), file.reservedMinor],
    [t('subsidy.console.spent'), spent],
    [t('subsidy.console.left'), file.leftMinor],
  ] as const;
  return (
    <>
      <dl className="subsidy-figures">
        {figures.map(([name, minor]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className="num">{money({ currency, minor })}</dd>
          </div>
        ))}
      </dl>
      <div className="budget-track" aria-hidden="true">
        <div className="budget-fill" style={{ width: `${budgetMinor === 0 ? 0 : (100 * file.reservedMinor) / budgetMinor}%` }} />
      </div>
    </>
  );
}

function Applications({ file, onOpen }: { file: SchemeFile; onOpen: (application: Application) => void }) {
  const { t } = useWords();
  const { currency } = file.scheme;
  const columns: Column<Application>[] = [
    { id: 'firm', title: t('subsidy.console.firm'), heads: true, cell: ({ grant }) => grant.firm },
    { id: 'state', title: t('subsidy.console.stateColumn'), cell: ({ state }) => t(`subsidy.state.${state}`) },
    { id: 'asked', title: t('subsidy.console.askedAt'), wideOnly: true, cell: ({ asked }) => dateTime(asked.at) },
    { id: 'gross', title: `${t('subsidy.gross')} (${currency})`, align: 'right', cell: ({ grant }) => plainMoney({ currency, minor: grant.premiumMinor }) },
    {
      id: 'amount',
      title: `${t('subsidy.amount')} (${currency})`,
      align: 'right',
      cell: ({ grant }) => plainMoney({ currency, minor: grant.subsidyMinor - grant.returnedMinor }),
    },
    {
      id: 'act',
      title: t('subsidy.console.act'),
      cell: (one) => (
        <button type="button" className="action" onClick={() => onOpen(one)}>
          {t(one.state === 'waiting' ? 'subsidy.console.review' : 'subsidy.console.view')}
          <span className="only-heard"> {one.grant.firm}</span>
        </button>
      ),
    },
  ];
  return (
    <Table
      caption={t('subsidy.console.applications')}
      columns={columns}
      rows={file.applications}
      keyOf={({ id }) => id}
      empty={<p className="faint">{t('subsidy.console.noApplications')}</p>}
    />
  );
}

function Files({ file }: { file: SchemeFile }) {
  const { t, language } = useWords();
  return (
    <>
      <h3>{t('subsidy.console.files')}</h3>
      <p className="section-note">{t('subsidy.console.filesNote')}</p>
      <p className="subsidy-actions">
        {(['csv', 'xlsx', 'pdf'] as const).map((format) => (
          <a key={format} className="action" href={`/api/subsidy-schemes/${file.id}/file?format=${format}&language=${language}`} download>
            <Icon name="download" /> {format.toUpperCase()}
          </a>
        ))}
      </p>
    </>
  );
}

function Scheme({ file }: { file: SchemeFile }) {
  const { t, of } = useWords();
  const [open, setOpen] = useState<string | null>(null);
  const act = useSubsidyAct<SchemeFile>();
  const next = file.state === 'open' ? 'closed' : 'open';
  const application = file.applications.find(({ id }) => id === open);
  return (
    <Section
      title={of(file.scheme.title)}
      note={`${of(file.scheme.authority)} · ${file.scheme.from} ～ ${file.scheme.until} · ${t(`subsidy.console.${file.state}`)}`}
      actions={
        <Button
          onClick={() => act.mutate({ path: `/api/subsidy-schemes/${file.id}/state`, body: { state: next }, key: crypto.randomUUID() })}
          loading={act.isPending}
        >
          {t(next === 'closed' ? 'subsidy.console.stop' : 'subsidy.console.resume')}
        </Button>
      }
    >
      {act.error && <ProblemNote problem={act.error} />}
      <Figures file={file} />
      <Rules scheme={file.scheme} />
      <BurnDown file={file} />
      <h3>{t('subsidy.console.applications')}</h3>
      <Applications file={file} onOpen={({ id }) => setOpen(id)} />
      <Files file={file} />
      {application && <ApplicationPanel application={application} file={file} onClose={() => setOpen(null)} />}
    </Section>
  );
}

function ToOpen({ scheme }: { scheme: SubsidyRules }) {
  const { t, of } = useWords();
  const [typed, setTyped] = useState(plainMoney({ currency: scheme.currency, minor: scheme.budgetMinor }).replace(/\.00$/, ''));
  const act = useSubsidyAct<SchemeFile>();
  const key = useRef(crypto.randomUUID());
  const budgetMinor = parseAmount(typed, scheme.currency);
  const send = () =>
    act.mutate(
      { path: '/api/subsidy-schemes', body: { scheme: scheme.id, budgetMinor }, key: key.current },
      { onError: () => (key.current = crypto.randomUUID()) },
    );
  return (
    <li>
      <h3>{of(scheme.title)}</h3>
      {act.error && <ProblemNote problem={act.error} />}
      <Rules scheme={scheme} />
      <MoneyField label={t('subsidy.console.budget')} value={typed} onChange={setTyped} error={budgetMinor === null ? t('apply.badAmount') : undefined} />
      <Button disabled={budgetMinor === null} loading={act.isPending} onClick={send}>
        {t('subsidy.console.start')}
      </Button>
    </li>
  );
}

/** The officer's desk: budget and burn-down of each scheme, applications to decide, money to claw back, the statement, and schemes to open. */
export function SubsidyConsole() {
  const { t, money } = useWords();
  const found = useSchemes();
  return (
    <AwaitedPage query={found}>
      {({ schemes, closed }) => {
        const waiting = schemes.flatMap(({ applications }) => applications).filter(({ state }) => state === 'waiting').length;
        const sum = (of: (file: SchemeFile) => number) =>
          money({ currency: schemes[0]?.scheme.currency ?? 'CNY', minor: schemes.reduce((total, file) => total + of(file), 0) });
        const sentence =
          schemes.length === 0
            ? t('subsidy.console.sentenceNone')
            : t('subsidy.console.sentence', { count: waiting, budget: sum(({ scheme }) => scheme.budgetMinor), left: sum(({ leftMinor }) => leftMinor) });
        return (
          <Page kind={t('subsidy.console.kind')} sentence={sentence} wide>
            {schemes.map((file) => (
              <Scheme key={file.id} file={file} />
            ))}
            {closed.length > 0 && (
              <Section title={t('subsidy.console.toOpen')} note={t('subsidy.console.toOpenNote')}>
                <ul className="row-list">
                  {closed.map((scheme) => (
                    <ToOpen key={scheme.id} scheme={scheme} />
                  ))}
                </ul>
              </Section>
            )}
          </Page>
        );
      }}
    </AwaitedPage>
  );
}
