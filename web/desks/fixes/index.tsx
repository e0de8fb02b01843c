import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import type { FindingAction } from '../../../src/domain/assessment/index.ts';
import { useAssessment, useFindings, useRepairs, useSession } from '../../api/queries.ts';
import type { AssessmentRecord, Currency, RepairEffect } from '../../api/wire.ts';
import { DeadlineBurn } from '../../charts/deadline-burn.tsx';
import { FixImpact } from '../../charts/fix-impact.tsx';
import { useCover } from '../../forms/cover.ts';
import { ChipsField } from '../../forms/field.tsx';
import { Page, Section } from '../../parts/page.tsx';
import { Awaited, AwaitedPage, Empty, ProblemNote } from '../../parts/states.tsx';
import { useWords } from '../../words.ts';
import { AskDialog, DoneNote, type Done } from './ask.tsx';
import { FixFilters, SavedViews } from './filters.tsx';
import './fixes.css';
import { ActionBar, FixTable } from './list.tsx';
import { WeaknessPanel } from './panel.tsx';
import { useTracked, type Tracked } from './queries.ts';
import { isSilent, repairsOf, rowsOf, shownRows, type FixRow } from './rows.ts';
import { firstView, searchOf, type View } from './view.ts';
import { MustFixWorth } from './must-fix.tsx';
import { RepairPanel, useSentence, WhatIfBox } from './what-if.tsx';

const pageSize = 50;
const noRepairs: readonly RepairEffect[] = [];

/** The view as the address has it, and how to change it. */
function useView(): [View, (part: Partial<View>) => void] {
  const search = useSearch({ from: '/inside/assessments/$assessment/fixes' });
  const navigate = useNavigate({ from: '/assessments/$assessment/fixes' });
  const view = useMemo(() => ({ ...firstView, ...search }), [search]);
  return [view, (part) => void navigate({ search: searchOf({ ...view, ...part }), replace: !('open' in part), resetScroll: false })];
}

/** The chosen rows, by id; those that are gone are forgotten. */
function useChosen(rows: readonly FixRow[]) {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const chosen = useMemo(() => rows.filter(({ id }) => ids.has(id)), [rows, ids]);
  const choose = (some: readonly FixRow[], on: boolean) => {
    const next = new Set(ids);
    for (const { id } of some)
      if (on) next.add(id);
      else next.delete(id);
    setIds(next);
  };
  return { ids, chosen, choose, clear: () => setIds(new Set()) };
}

function SavingsChart({ repairs, currency }: { repairs: readonly RepairEffect[]; currency: Currency }) {
  const { of } = useWords();
  const savings = useMemo(
    () =>
      repairs
        .filter(({ premiumDelta }) => premiumDelta < 0)
        .sort((a, b) => a.premiumDelta - b.premiumDelta)
        .map((repair) => ({ id: repair.id, title: of(repair.title), savingMinor: -repair.premiumDelta })),
    [repairs, of],
  );
  return savings.length > 0 ? <FixImpact savings={savings} currency={currency} /> : null;
}

function ReopenedNote({ tracked }: { tracked: readonly Tracked[] }) {
  const { t } = useWords();
  const count = tracked.filter(({ reopened, counts }) => reopened > 0 && counts).length;
  return count === 0 ? null : <p className="note note-warning">{t('tracked.reopenedNote', { count })}</p>;
}

/** What the scans are silent about waits for the firm's word. */
function SilentNote({ tracked, onShow }: { tracked: readonly Tracked[]; onShow: () => void }) {
  const { t } = useWords();
  const count = tracked.filter(isSilent).length;
  if (count === 0) return null;
  return (
    <p className="note">
      <span>
        {t('tracked.silentNote', { count })}{' '}
        <button type="button" className="link" onClick={onShow}>
          {t('tracked.silentShow')}
        </button>
      </span>
    </p>
  );
}

/** The tracked weaknesses and missing controls with their worth, what the chosen ones do together, and what can be done about them. */
function FixList({ record, tracked }: { record: AssessmentRecord; tracked: readonly Tracked[] }) {
  const { t } = useWords();
  const session = useSession().data;
  const { cover } = useCover(record);
  const repairs = useRepairs(record.id, record.version, cover);
  const counted = useFindings(record.id, record.version).data?.findings;
  const [view, change] = useView();
  const [limit, setLimit] = useState(pageSize);
  const [asking, setAsking] = useState<{ act: FindingAction; about: readonly Tracked[] } | null>(null);
  const [done, setDone] = useState<Done | null>(null);
  const now = useMemo(() => new Date().toISOString(), []);
  const worth = repairs.data?.repairs ?? noRepairs;
  const rows = useMemo(() => rowsOf(tracked, counted ?? [], worth), [tracked, counted, worth]);
  const byFinding = useMemo(() => new Map(counted?.map((one) => [one.id, one])), [counted]);
  const shown = useMemo(() => shownRows(rows, view, now), [rows, view, now]);
  const { ids, chosen, choose, clear } = useChosen(rows);
  const open = rows.find(({ id }) => id === view.open);
  const mayWrite = session?.organisation?.id === record.organisation && session.permissions.includes('finding:write');
  const about = (some: readonly FixRow[]): Tracked[] => some.flatMap(({ tracked: one }) => one ?? []);
  const currency = cover?.currency ?? 'CNY';
  return (
    <>
      {cover && <WhatIfBox record={record} cover={cover} chosen={repairsOf(chosen)} onClear={clear} />}
      {cover && <MustFixWorth record={record} cover={cover} repairs={worth} />}
      {repairs.error && <ProblemNote problem={repairs.error} />}
      <ReopenedNote tracked={tracked} />
      <SilentNote tracked={tracked} onShow={() => change({ show: 'silent' })} />
      {done && <DoneNote key={done.act + String(done.before.length)} assessment={record.id} done={done} onClose={() => setDone(null)} />}
      <Section
        title={t('fixes.kind')}
        note={t('fixes.note')}
        actions={
          <ChipsField
            legend={t('fixes.sortBy')}
            hideLegend
            value={view.sort}
            onChange={(sort) => change({ sort })}
            options={(['saving', 'risk', 'ease', 'due'] as const).map((sort) => [sort, t(`tracked.sort.${sort}`)] as const)}
          />
        }
      >
        <FixFilters view={view} rows={rows} change={change} />
        <SavedViews view={view} change={change} />
        <p className="faint" aria-live="polite">
          {t('tracked.counts', { shown: shown.length, total: rows.length })}
        </p>
        {shown.length === 0 ? (
          <p>
            {t('states.noRows')} ·{' '}
            <button type="button" className="link" onClick={() => change(firstView)}>
              {t('actions.clear')}
            </button>
          </p>
        ) : (
          <FixTable
            assessment={record.id}
            {...{ now, currency, chosen: ids }}
            rows={shown.slice(0, limit)}
            onChoose={choose}
            onOpen={(row) => change({ open: row.id })}
          />
        )}
        {shown.length > limit && (
          <button type="button" className="link" onClick={() => setLimit(limit + pageSize)}>
            {t('tracked.more', { n: Math.min(pageSize, shown.length - limit) })}
          </button>
        )}
        {chosen.length > 0 && mayWrite && <ActionBar chosen={chosen} onAsk={(act) => setAsking({ act, about: about(chosen) })} onClear={clear} />}
      </Section>
      <div className="two">
        <DeadlineBurn tracked={tracked} now={now} />
        <SavingsChart repairs={worth} currency={currency} />
      </div>
      {open && asking === null && open.tracked && (
        <WeaknessPanel
          {...{ record, row: open, all: tracked, counted: byFinding, currency, now, mayWrite }}
          onAsk={(act) => setAsking({ act, about: about([open]) })}
          onClose={() => change({ open: '' })}
        />
      )}
      {open && !open.tracked && open.repair && <RepairPanel repair={open.repair} onClose={() => change({ open: '' })} />}
      {asking && (
        <AskDialog
          assessment={record.id}
          act={asking.act}
          chosen={asking.about}
          onClose={() => setAsking(null)}
          onDone={(outcome) => {
            setAsking(null);
            setDone(outcome);
            clear();
            if (view.open !== '') change({ open: '' });
          }}
        />
      )}
    </>
  );
}

function FixesPage({ record }: { record: AssessmentRecord }) {
  const { t } = useWords();
  const { cover } = useCover(record);
  const repairs = useRepairs(record.id, record.version, cover);
  const tracked = useTracked(record.id, record.version);
  const session = useSession().data;
  const mayAsk = session?.organisation?.id === record.organisation && session.permissions.includes('submission:write');
  const said = useSentence(record, cover, repairs.data?.repairs, tracked.data ?? []) ?? record.firm.name;
  return (
    <Page
      kind={`${t('fixes.kind')} · ${record.firm.name}`}
      sentence={said}
      wide
      aside={
        <>
          <Link to="/assessments/$assessment" params={{ assessment: record.id }} className="action">
            {t('home.openAssessment')}
          </Link>
          {mayAsk && (
            <Link to="/apply/$assessment/$step" params={{ assessment: record.id, step: 'cover' }} className="action action-main">
              {t('assessment.getQuote')}
            </Link>
          )}
        </>
      }
    >
      <Awaited query={tracked}>
        {(found) =>
          found.length === 0 && repairs.data?.repairs.length === 0 ? (
            <Empty title={t('tracked.none')}>
              <p>{t('tracked.noneNext')}</p>
            </Empty>
          ) : (
            <FixList record={record} tracked={found} />
          )
        }
      </Awaited>
    </Page>
  );
}

/** S6: every weakness over time with its deadline, state and worth, what can be done about it, and what a chosen set of repairs would do together. */
export function Fixes() {
  const { assessment } = useParams({ from: '/inside/assessments/$assessment/fixes' });
  const record = useAssessment(assessment);
  return <AwaitedPage query={record}>{(found) => <FixesPage record={found} />}</AwaitedPage>;
}
