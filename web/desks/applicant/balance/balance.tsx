import { Link, useParams } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { coversAround } from '../../../../src/domain/underwriting/index.ts';
import { useAssessment } from '../../../api/queries.ts';
import type { AssessmentRecord, RequestedCover } from '../../../api/wire.ts';
import { PlanFrontier, type FrontierPoint } from '../../../charts/plan-frontier.tsx';
import { useCover } from '../../../forms/cover.ts';
import { MoneyField, useRested } from '../../../forms/field.tsx';
import { parseAmount } from '../../../forms/parse-amount.ts';
import { none, number } from '../../../format.ts';
import { Page, Section } from '../../../parts/page.tsx';
import { Awaited, AwaitedPage, Loading } from '../../../parts/states.tsx';
import { Table, type Column } from '../../../parts/table.tsx';
import { useWords, type Wording } from '../../../words.ts';
import '../exposure/exposure.css';
import { useAdvice, useCredits, type Advice, type Credits, type Plan } from '../exposure/queries.ts';

const outlay = ({ costMinor, premiumMinor }: Plan): number => costMinor + premiumMinor;
const same = (a: Plan, b: Plan | null): boolean => b !== null && a.cover === b.cover && a.measures.join() === b.measures.join();

/** A plan in words: how many measures, and which cover. */
function planWords({ measures, cover }: Plan, { covers }: Advice, { t, short }: Wording): string {
  const chosen = cover === null ? null : covers[cover]!;
  const insured =
    chosen === null
      ? t('balance.noCover')
      : t('balance.withCover', {
          limit: short({ currency: chosen.currency, minor: chosen.limitMinor }),
          retention: short({ currency: chosen.currency, minor: chosen.retentionMinor }),
        });
  return t('balance.plan', { count: measures.length, insured });
}

type Money = (minor: number) => string;

function Compared({ advice, money }: { advice: Advice; money: Money }) {
  const words = useWords();
  const { t } = words;
  const rows = [
    { id: 'today', name: t('balance.today'), plan: advice.today },
    { id: 'best', name: t('balance.best'), plan: advice.best },
    ...advice.ranges
      .filter(({ kappaTimes }) => kappaTimes !== 1)
      .map(({ kappaTimes, plan }) => ({ id: String(kappaTimes), name: t('balance.kappa', { times: kappaTimes }), plan })),
  ];
  const figure = (of: (plan: Plan) => number) => (row: (typeof rows)[number]) => (row.plan === null ? '--' : money(of(row.plan)));
  const columns: Column<(typeof rows)[number]>[] = [
    { id: 'name', title: t('chart.item'), heads: true, cell: ({ name }) => name },
    { id: 'plan', title: t('balance.planTitle'), cell: ({ plan }) => (plan === null ? t('balance.none') : planWords(plan, advice, words)) },
    { id: 'cost', title: t('balance.cost'), align: 'right', cell: figure(({ costMinor }) => costMinor) },
    { id: 'premium', title: t('balance.premium'), align: 'right', cell: figure(({ premiumMinor }) => premiumMinor) },
    { id: 'retained', title: t('balance.retained'), align: 'right', cell: figure(({ retainedMinor }) => retainedMinor) },
    { id: 'downtime', title: t('balance.downtime'), align: 'right', cell: ({ plan }) => (plan === null ? '--' : number(plan.downtimeHours, 2)) },
    { id: 'total', title: t('balance.total'), align: 'right', cell: figure(({ totalMinor }) => totalMinor) },
  ];
  return (
    <Section title={t('balance.compared')} note={t('balance.comparedNote', { charge: number(advice.riskCharge, 1) })}>
      <Table dense caption={t('balance.compared')} columns={columns} rows={rows} keyOf={({ id }) => id} />
    </Section>
  );
}

type Measure = Advice['measures'][number];

/** Each measure with its cost to be written over, and the cost below which it belongs in the plan. */
function Measures({
  advice,
  money,
  costs,
  onCost,
}: {
  advice: Advice;
  money: Money;
  costs: Readonly<Record<string, string>>;
  onCost: (measure: Measure, cost: string) => void;
}) {
  const { t, of } = useWords();
  const columns: Column<Measure>[] = [
    {
      id: 'title',
      title: t('balance.measure'),
      heads: true,
      cell: (one) => (
        <>
          {of(one.title)}
          {one.costIsPrior && <span className="provenance provenance-J">{t('balance.costPrior')}</span>}
        </>
      ),
    },
    {
      id: 'advice',
      title: t('balance.advice'),
      cell: (one) => (
        <span className={one.chosen ? 'good' : 'faint'}>
          {t(one.chosen ? 'balance.do' : 'balance.leave')}
          {!one.robust && ` ${t('balance.unsure')}`}
        </span>
      ),
    },
    {
      id: 'cost',
      title: t('balance.yearlyCost'),
      align: 'right',
      cell: (one) => (
        <input
          className="balance-cost"
          inputMode="decimal"
          aria-label={t('balance.costOf', { title: of(one.title) })}
          value={costs[one.id] ?? String(one.costMinor / 100)}
          onChange={(event) => onCost(one, event.target.value)}
        />
      ),
    },
    {
      id: 'even',
      title: t('balance.breakEven'),
      align: 'right',
      cell: (one) => (one.breakEvenMinor === null ? t('balance.noBreakEven') : money(one.breakEvenMinor)),
    },
  ];
  return (
    <Section title={t('balance.measures')} note={t('balance.measuresNote')}>
      <Table caption={t('balance.measures')} columns={columns} rows={advice.measures} keyOf={(one) => one.id} />
      {advice.leftOut.length > 0 && <p className="faint">{t('balance.leftOut', { count: advice.leftOut.length })}</p>}
    </Section>
  );
}

/** The plans that no other beats, and what the next yuan saves on the way from one to the next (R6, R14). */
function Frontier({ advice, money, currency }: { advice: Advice; money: Money; currency: RequestedCover['currency'] }) {
  const words = useWords();
  const { t } = words;
  const steps = useMemo(() => stepsOf(advice), [advice]);
  const points = useMemo<FrontierPoint[]>(() => {
    const others = advice.frontier.filter((plan) => !same(plan, advice.today) && !same(plan, advice.best));
    const shown = [
      ...others.map((plan) => ({ plan, mark: 'other' as const })),
      { plan: advice.today, mark: 'today' as const },
      ...(advice.best ? [{ plan: advice.best, mark: 'best' as const }] : []),
    ];
    return shown.map(({ plan, mark }, i) => ({
      id: String(i),
      outlayMinor: outlay(plan),
      retainedMinor: plan.retainedMinor,
      downtimeHours: plan.downtimeHours,
      mark,
    }));
  }, [advice]);
  const columns: Column<(typeof steps)[number]>[] = [
    { id: 'plan', title: t('balance.planTitle'), heads: true, cell: ({ plan }) => planWords(plan, advice, words) },
    { id: 'outlay', title: t('balance.outlay'), align: 'right', cell: ({ plan }) => money(outlay(plan)) },
    { id: 'retained', title: t('balance.retained'), align: 'right', cell: ({ plan }) => money(plan.retainedMinor) },
    { id: 'downtime', title: t('balance.downtime'), align: 'right', cell: ({ plan }) => number(plan.downtimeHours, 2) },
    { id: 'marginal', title: t('balance.marginal'), align: 'right', cell: ({ marginal }) => (marginal === null ? '--' : number(marginal, 2)) },
  ];
  const first = steps.find(({ marginal }) => marginal !== null)?.marginal ?? null;
  const last = steps.findLast(({ marginal }) => marginal !== null)?.marginal ?? null;
  const sentence =
    first === null
      ? t('balance.frontierSentence', { count: advice.frontier.length })
      : t('balance.marginalSentence', { count: advice.frontier.length, first: number(first, 2), last: number(last!, 2) });
  return (
    <PlanFrontier
      points={points}
      currency={currency}
      title={t('balance.frontier')}
      sentence={sentence}
      table={<Table dense caption={t('balance.frontier')} columns={columns} rows={steps} keyOf={({ id }) => id} />}
    />
  );
}

/** Plans on the way of falling loss, cheapest first, each with the loss that a further yuan saved since the plan before. */
function stepsOf({ frontier }: Advice): { id: string; plan: Plan; marginal: number | null }[] {
  let before: Plan | null = null;
  return frontier.map((plan, i) => {
    const spent = before === null ? 0 : outlay(plan) - outlay(before);
    const saved = before === null ? 0 : before.retainedMinor - plan.retainedMinor;
    const step = { id: String(i), plan, marginal: spent > 0 && saved >= 0 ? saved / spent : null };
    if (before === null || plan.retainedMinor <= before.retainedMinor) before = plan;
    return step;
  });
}

/** What each repair is worth: alone, last, and its fair part; the fair parts sum to today's premium less the best. */
function Worth({ credits }: { credits: Credits }) {
  const { t, of, money } = useWords();
  const amount = (minor: number | null): string => (minor === null ? none : money({ currency: credits.currency, minor }));
  /** Null where a sum says nothing: worths alone overlap. */
  type Row = { id: string; title: string; alone: number | null; last: number | null; fair: number };
  const rows: Row[] = credits.credits.map((one) => ({
    id: one.id,
    title: of(one.title),
    alone: one.aloneMinor,
    last: one.lastMinor,
    fair: one.shapleyMinor,
  }));
  const fairSum = rows.reduce((total, { fair }) => total + fair, 0);
  const all = [...rows, { id: 'sum', title: t('balance.sum'), alone: null, last: null, fair: fairSum }];
  const columns: Column<Row>[] = [
    { id: 'title', title: t('balance.measure'), heads: true, cell: ({ id, title }) => (id === 'sum' ? <strong>{title}</strong> : title) },
    { id: 'alone', title: t('balance.alone'), align: 'right', cell: ({ alone }) => amount(alone) },
    { id: 'last', title: t('balance.last'), align: 'right', cell: ({ last }) => amount(last) },
    { id: 'fair', title: t('balance.fair'), align: 'right', cell: ({ fair }) => <strong>{amount(fair)}</strong> },
  ];
  return (
    <Section
      title={t('balance.worth')}
      note={t('balance.worthNote', {
        today: amount(credits.todayMinor),
        best: amount(credits.bestMinor),
        difference: amount(credits.todayMinor - credits.bestMinor),
        fair: amount(fairSum),
      })}
    >
      <Table dense caption={t('balance.worth')} columns={columns} rows={rows.length === 0 ? [] : all} keyOf={({ id }) => id} />
      {credits.orders !== null && <p className="faint">{t('balance.orders', { count: credits.orders })}</p>}
    </Section>
  );
}

function Balanced({ record, cover }: { record: AssessmentRecord; cover: RequestedCover }) {
  const words = useWords();
  const { t, short } = words;
  const [budget, setBudget] = useState('');
  const [costs, setCosts] = useState<Readonly<Record<string, { repairs: readonly string[]; cost: string }>>>({});
  const money: Money = (minor) => short({ currency: cover.currency, minor });
  const asked = {
    cover,
    covers: coversAround(cover),
    budgetMinor: budget.trim() === '' ? null : parseAmount(budget, cover.currency),
    costs: Object.fromEntries(
      Object.values(costs).flatMap(({ repairs, cost }) => {
        const minor = parseAmount(cost, cover.currency);
        return minor === null || minor < 0 ? [] : repairs.map((repair, i) => [repair, i === 0 ? minor : 0] as const);
      }),
    ),
  };
  const text = JSON.stringify(asked);
  const rested = useRested(text, 700);
  const advice = useAdvice(record.id, record.version, JSON.parse(rested) as typeof asked);
  const credits = useCredits(record.id, record.version, cover);
  const behind = advice.isPlaceholderData || rested !== text;
  const found = advice.data;
  const sentence = !found
    ? t('balance.working')
    : found.best === null
      ? t('balance.sentenceNone')
      : t('balance.sentence', { plan: planWords(found.best, found, words), total: money(found.best.totalMinor), today: money(found.today.totalMinor) });
  return (
    <Page
      kind={`${t('balance.kind')} · ${record.firm.name}`}
      sentence={sentence}
      wide
      aside={
        <Link to="/assessments/$assessment/exposure" params={{ assessment: record.id }} className="action">
          {t('riskExposure.kind')}
        </Link>
      }
    >
      <p className="note">{t('balance.priorNote')}</p>
      <div className="field-pair">
        <MoneyField optional label={t('balance.budget')} help={t('balance.budgetHelp')} value={budget} onChange={setBudget} currency={cover.currency} />
      </div>
      <Awaited query={advice}>
        {(shown) => (
          <div className={behind ? 'stale' : ''} aria-busy={behind}>
            <Compared advice={shown} money={money} />
            <Measures
              advice={shown}
              money={money}
              costs={Object.fromEntries(Object.entries(costs).map(([id, { cost }]) => [id, cost]))}
              onCost={(measure, cost) => setCosts((before) => ({ ...before, [measure.id]: { repairs: measure.repairs, cost } }))}
            />
            <Frontier advice={shown} money={money} currency={cover.currency} />
          </div>
        )}
      </Awaited>
      <Awaited query={credits}>{(shown) => <Worth credits={shown} />}</Awaited>
    </Page>
  );
}

function Asked({ record }: { record: AssessmentRecord }) {
  const { t } = useWords();
  const { cover } = useCover(record);
  if (cover !== null) return <Balanced record={record} cover={cover} />;
  return (
    <div className="page">
      <h1 className="only-heard">{t('balance.kind')}</h1>
      <Loading />
    </div>
  );
}

/** Controls and cover chosen together: the best plan inside a budget, what it rests on, what each measure is worth. */
export function BalancePage() {
  const { assessment } = useParams({ from: '/inside/assessments/$assessment/balance' });
  const record = useAssessment(assessment);
  return <AwaitedPage query={record}>{(found) => <Asked record={found} />}</AwaitedPage>;
}
