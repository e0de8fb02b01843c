import { Link, useParams } from '@tanstack/react-router';
import { useAssessment, useCoverages, useParameters } from '../../../api/queries.ts';
import type { AssessmentRecord, RequestedCover } from '../../../api/wire.ts';
import { LossExceedance } from '../../../charts/loss-exceedance.tsx';
import { ShareBars } from '../../../charts/share-bars.tsx';
import { useCover } from '../../../forms/cover.ts';
import { number, percent } from '../../../format.ts';
import { Page, Section } from '../../../parts/page.tsx';
import { ParameterLine, Source } from '../../../parts/provenance.tsx';
import { Awaited, AwaitedPage, Loading } from '../../../parts/states.tsx';
import { Table, type Column } from '../../../parts/table.tsx';
import { useWords } from '../../../words.ts';
import { BreachCalculator } from './breach.tsx';
import './exposure.css';
import { OutageCalculator } from './outage.tsx';
import { useExposure, type Exposure } from './queries.ts';

const majorMoney = (currency: RequestedCover['currency'], major: number) => ({ currency, minor: Math.round(major * 100) });

/** A small probability as people say it: a share, and once in how many years. */
function useChance() {
  const { t } = useWords();
  return (probability: number): string => {
    if (probability < 1e-6) return t('riskExposure.never');
    return t('riskExposure.chance', { share: percent(probability, probability < 0.01 ? 2 : 1), years: number(Math.max(1, Math.round(1 / probability))) });
  };
}

function Curve({ found, cover }: { found: Exposure; cover: RequestedCover }) {
  const words = useWords();
  const { t, short, language } = words;
  const money = (major: number) => short(majorMoney(cover.currency, major));
  const { curve } = found;
  const limit = cover.limitMinor / 100;
  const beyond = curve.returns.find(({ loss }) => loss > limit);
  const sentence = [
    t('riskExposure.curveSentence', {
      average: money(curve.averageAnnualLoss),
      hundred: money(curve.returns.find(({ returnYears }) => returnYears === 100)!.loss),
    }),
    beyond ? t('riskExposure.curveBeyond', { years: beyond.returnYears }) : t('riskExposure.curveWithin'),
  ].join(language === 'zh' ? '' : ' ');
  const tails: Column<Exposure['curve']['tails'][number]>[] = [
    { id: 'confidence', title: t('riskExposure.confidence'), heads: true, cell: (one) => percent(one.confidence, 1) },
    { id: 'var', title: t('riskExposure.valueAtRisk'), align: 'right', cell: (one) => money(one.valueAtRisk) },
    { id: 'tvar', title: t('riskExposure.tailValueAtRisk'), align: 'right', cell: (one) => money(one.tailValueAtRisk) },
  ];
  return (
    <>
      <LossExceedance returns={curve.returns} limit={limit} currency={cover.currency} sentence={sentence} />
      <Section title={t('riskExposure.tails')} note={t('riskExposure.tailsNote')}>
        <Table dense caption={t('riskExposure.tails')} columns={tails} rows={curve.tails} keyOf={(one) => String(one.confidence)} />
      </Section>
    </>
  );
}

function Divided({ found, cover }: { found: Exposure; cover: RequestedCover }) {
  const { t, short } = useWords();
  const money = (major: number) => short(majorMoney(cover.currency, major));
  const kinds = (['direct', 'interruption', 'response', 'liability'] as const).map((id) => ({
    id,
    name: t(`riskExposure.kinds.${id}`),
    amount: found.kinds[id],
  }));
  const payers = (['insurer', 'retention', 'aboveLimits', 'notCovered'] as const).map((id) => ({
    id,
    name: t(`riskExposure.payers.${id}`),
    amount: found.payers[id],
  }));
  const largest = [...kinds].sort((a, b) => b.amount - a.amount)[0]!;
  const own = found.payers.retention + found.payers.aboveLimits + found.payers.notCovered;
  return (
    <div className="two exposure-two">
      <ShareBars
        title={t('riskExposure.kindsTitle')}
        sentence={t('riskExposure.kindsSentence', { kind: largest.name, amount: money(largest.amount) })}
        parts={kinds}
        currency={cover.currency}
      />
      <ShareBars
        title={t('riskExposure.payersTitle')}
        sentence={t('riskExposure.payersSentence', { insurer: money(found.payers.insurer), own: money(own) })}
        parts={payers}
        currency={cover.currency}
      />
    </div>
  );
}

type Bite = Exposure['adequacy']['bites'][number];

function Adequacy({ found, cover }: { found: Exposure; cover: RequestedCover }) {
  const { t, of, money } = useWords();
  const coverages = useCoverages().data ?? [];
  const chance = useChance();
  const named = (id: string): string => {
    const coverage = coverages.find((one) => one.id === id);
    return coverage ? of(coverage.title) : id;
  };
  const columns: Column<Bite>[] = [
    {
      id: 'kind',
      title: t('riskExposure.bite'),
      heads: true,
      cell: (one) => (one.coverage === null ? t(`riskExposure.bites.${one.kind}`) : `${t(`riskExposure.bites.${one.kind}`)} · ${named(one.coverage)}`),
    },
    { id: 'amount', title: t('riskExposure.amount'), align: 'right', cell: (one) => money({ currency: cover.currency, minor: one.amountMinor }) },
    { id: 'probability', title: t('riskExposure.probability'), align: 'right', cell: (one) => chance(one.probability) },
    { id: 'share', title: t('riskExposure.ofEvents'), align: 'right', cell: (one) => percent(one.shareOfEvents, 1) },
  ];
  const limit = found.adequacy.bites.find(({ kind }) => kind === 'limit')!;
  return (
    <Section title={t('riskExposure.adequacy')} note={t('riskExposure.adequacySentence', { chance: chance(limit.probability) })}>
      <Table dense caption={t('riskExposure.adequacy')} columns={columns} rows={found.adequacy.bites} keyOf={(one) => `${one.kind} ${one.coverage ?? ''}`} />
      <ul className="exposure-list">
        {found.adequacy.waiting.map((one) => (
          <li key={`${one.coverage} ${one.peril}`}>
            {t('riskExposure.waiting', {
              coverage: named(one.coverage),
              peril: t(`peril.${one.peril}`),
              hours: number(one.hours),
              share: percent(one.endsWithin),
            })}
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Defence({ found, cover }: { found: Exposure; cover: RequestedCover }) {
  const { t, short } = useWords();
  const { defence } = found;
  const money = (major: number) => short(majorMoney(cover.currency, major));
  return (
    <Section title={t('riskExposure.defence')}>
      <p className={`note ${defence.verdict === 'balanced' ? 'note-good' : 'note-warning'}`}>
        {t(`riskExposure.verdicts.${defence.verdict}`, {
          spend: defence.spend === null ? '--' : money(defence.spend),
          save: money(defence.stillToSave),
          most: money(defence.mostWorthSpending),
        })}
      </p>
      <Source
        parts={[
          [t('riskExposure.expectedNow'), money(defence.expectedLoss)],
          [t('riskExposure.expectedWorst'), money(defence.undefendedLoss)],
          [t('riskExposure.expectedBest'), money(defence.bestLoss)],
          [t('riskExposure.mostWorth'), money(defence.mostWorthSpending)],
        ]}
      />
    </Section>
  );
}

function Incidents({ found, cover }: { found: Exposure; cover: RequestedCover }) {
  const { t, of, short } = useWords();
  const columns: Column<Exposure['incidents'][number]>[] = [
    { id: 'title', title: t('riskExposure.incident'), heads: true, cell: (one) => of(one.title) },
    { id: 'every', title: t('riskExposure.every'), align: 'right', cell: (one) => t('riskExposure.onceIn', { years: number(Math.round(one.everyYears)) }) },
    { id: 'typical', title: t('riskExposure.typical'), align: 'right', cell: (one) => short(majorMoney(cover.currency, one.typicalLoss)) },
    { id: 'bad', title: t('riskExposure.bad'), align: 'right', cell: (one) => short(majorMoney(cover.currency, one.badLoss)) },
    { id: 'text', title: t('riskExposure.inWords'), cell: (one) => of(one.text) },
  ];
  return (
    <Section title={t('riskExposure.incidents')} note={t('riskExposure.incidentsNote')}>
      <Table dense caption={t('riskExposure.incidents')} columns={columns} rows={found.incidents} keyOf={(one) => one.peril} />
    </Section>
  );
}

function Priors({ found }: { found: Exposure }) {
  const { t } = useWords();
  const parameters = useParameters().data;
  return (
    <details className="derive">
      <summary>
        <span className="derive-name">{t('riskExposure.priors')}</span> <span className="faint num">{found.priors.length}</span>
      </summary>
      <ul className="parameters">
        {found.priors.map((key) => (
          <ParameterLine key={key} name={key} parameter={parameters?.get(key)} />
        ))}
      </ul>
    </details>
  );
}

function Shown({ record, cover, found }: { record: AssessmentRecord; cover: RequestedCover; found: Exposure }) {
  const { t, short } = useWords();
  return (
    <Page
      kind={`${t('riskExposure.kind')} · ${record.firm.name}`}
      sentence={t('riskExposure.sentence', {
        average: short(majorMoney(cover.currency, found.curve.averageAnnualLoss)),
        any: percent(found.curve.anyEvent, 1),
        twenty: short(majorMoney(cover.currency, found.curve.returns.find(({ returnYears }) => returnYears === 100)!.loss)),
      })}
      wide
      aside={
        <>
          <Link to="/assessments/$assessment" params={{ assessment: record.id }} className="action">
            {t('home.openAssessment')}
          </Link>
          <Link to="/assessments/$assessment/balance" params={{ assessment: record.id }} className="action action-main">
            {t('balance.kind')}
          </Link>
        </>
      }
    >
      <p className="note">{t('riskExposure.priorNote')}</p>
      <Curve found={found} cover={cover} />
      <Divided found={found} cover={cover} />
      <Adequacy found={found} cover={cover} />
      <Defence found={found} cover={cover} />
      <Incidents found={found} cover={cover} />
      <OutageCalculator record={record} cover={cover} />
      <BreachCalculator record={record} currency={cover.currency} />
      <Priors found={found} />
    </Page>
  );
}

function Asked({ record }: { record: AssessmentRecord }) {
  const { cover } = useCover(record);
  const exposure = useExposure(record.id, record.version, cover);
  const { t } = useWords();
  if (cover === null || exposure.data === undefined)
    return (
      <div className="page">
        <h1 className="only-heard">{t('riskExposure.kind')}</h1>
        {cover === null ? <Loading /> : <Awaited query={exposure}>{() => null}</Awaited>}
      </div>
    );
  return <Shown record={record} cover={cover} found={exposure.data} />;
}

/** What the firm stands to lose, who would pay, how the cover meets it, and what an outage or a breach would cost. */
export function ExposurePage() {
  const { assessment } = useParams({ from: '/inside/assessments/$assessment/exposure' });
  const record = useAssessment(assessment);
  return <AwaitedPage query={record}>{(found) => <Asked record={found} />}</AwaitedPage>;
}
