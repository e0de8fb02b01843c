import { Button } from 'antd';
import { assetTitle, findingActions, mayAsk, type FindingAction } from '../../../src/domain/assessment/index.ts';
import type { Currency, RepairEffect } from '../../api/wire.ts';
import { day, none, number, plainMoney } from '../../format.ts';
import { DateAssumed } from '../../parts/date-assumed.tsx';
import { LabelMark, SeverityMark } from '../../parts/severity.tsx';
import { Table, type Column } from '../../parts/table.tsx';
import { useWords, type Wording } from '../../words.ts';
import { Due, StateMark } from './clock.tsx';
import type { FixRow } from './rows.ts';

interface ListProps {
  readonly assessment: string;
  readonly rows: readonly FixRow[];
  readonly now: string;
  readonly currency: Currency;
  readonly chosen: ReadonlySet<string>;
  readonly onChoose: (rows: readonly FixRow[], on: boolean) => void;
  readonly onOpen: (row: FixRow) => void;
}

export const titleOf = ({ tracked, repair }: FixRow, { of }: Pick<Wording, 'of'>): string => tracked?.title ?? (repair ? of(repair.title) : none);

function Title({ row, onOpen }: { row: FixRow; onOpen: () => void }) {
  const words = useWords();
  const { t } = words;
  const { tracked, label } = row;
  return (
    <>
      <button type="button" className="row-open" onClick={onOpen}>
        {titleOf(row, words)}
      </button>
      <span className="marks">
        {label && <LabelMark label={label} />}
        {tracked ? <SeverityMark severity={tracked.severity} /> : <span className="faint">{t('tracked.control')}</span>}
        {tracked?.knownExploited && <span className="label label-must-fix">{t('tracked.kev')}</span>}
      </span>
    </>
  );
}

/** What the repair alone does to the score and to the gate. */
function Effect({ repair }: { repair: RepairEffect }) {
  const { t } = useWords();
  const gate = repair.gate === 'none' ? [] : [t(`tracked.gateEffect.${repair.gate}`)];
  const score = Math.abs(repair.scoreDelta) < 0.05 ? [] : [t('tracked.panel.scoreUp', { points: signed(repair.scoreDelta) })];
  return <span className="faint together">{[...score, ...gate].join(' · ')}</span>;
}

const signed = (points: number): string => `${points > 0 ? '+' : ''}${number(points, 1)}`;

function Saving({ row, currency }: { row: FixRow; currency: Currency }) {
  const { t } = useWords();
  const { repair, together } = row;
  if (repair === null) return <span className="faint">{none}</span>;
  return (
    <>
      {repair.premiumDelta < 0 ? plainMoney({ currency, minor: -repair.premiumDelta }) : <span className="faint">{none}</span>}
      <Effect repair={repair} />
      {together > 1 && <span className="faint together">{t('tracked.together', { n: together - 1 })}</span>}
    </>
  );
}

/** The fix list: each row can be chosen for the what-if and for acting on many at once, and opens everything known of it. */
export function FixTable({ assessment, rows, now, currency, chosen, onChoose, onOpen }: ListProps) {
  const words = useWords();
  const { t, of } = words;
  const all = rows.length > 0 && rows.every(({ id }) => chosen.has(id));
  const columns: Column<FixRow>[] = [
    {
      id: 'select',
      title: <input type="checkbox" aria-label={t('tracked.selectAll', { n: rows.length })} checked={all} onChange={() => onChoose(rows, !all)} />,
      label: t('tracked.columns.select'),
      bare: true,
      cell: (row) => (
        <input
          type="checkbox"
          aria-label={t('tracked.selectOne', { title: titleOf(row, words) })}
          checked={chosen.has(row.id)}
          onChange={() => onChoose([row], !chosen.has(row.id))}
        />
      ),
    },
    { id: 'title', title: t('tracked.columns.title'), heads: true, cell: (row) => <Title row={row} onOpen={() => onOpen(row)} /> },
    {
      id: 'asset',
      title: t('tracked.columns.asset'),
      bare: true,
      cell: (row) => <span className="break">{row.tracked && of(assetTitle(row.tracked.asset))}</span>,
    },
    { id: 'saving', title: t('tracked.columns.saving'), align: 'right', cell: (row) => <Saving row={row} currency={currency} /> },
    { id: 'effort', title: t('tracked.columns.effort'), wideOnly: true, cell: (row) => (row.repair ? t(`tracked.effort.${row.repair.effort}`) : none) },
    { id: 'due', title: t('tracked.columns.due'), cell: (row) => (row.tracked ? <Due tracked={row.tracked} now={now} /> : none) },
    { id: 'state', title: t('tracked.columns.state'), bare: true, cell: (row) => row.tracked && <StateMark tracked={row.tracked} /> },
    { id: 'owner', title: t('tracked.columns.owner'), wideOnly: true, cell: (row) => row.tracked?.assignee?.name ?? <span className="faint">{none}</span> },
    {
      id: 'sources',
      title: t('tracked.columns.sources'),
      wideOnly: true,
      cell: (row) => <span className="faint">{row.tracked?.sources.map(({ tool }) => tool).join(t('punctuation.list')) ?? none}</span>,
    },
    {
      id: 'seen',
      title: t('tracked.columns.lastSeen'),
      wideOnly: true,
      cell: (row) => (
        <span className="faint num">
          {row.tracked ? day(row.tracked.lastSeen) : none}
          <DateAssumed dateAssumed={row.tracked?.lastSeenAssumed} />
        </span>
      ),
    },
  ];
  return (
    <Table
      dense
      caption={t('fixes.kind')}
      columns={columns}
      rows={rows}
      keyOf={({ id }) => id}
      exported={{ from: `/api/exports/assessments/${assessment}/tracked-findings`, all: true }}
    />
  );
}

/** What can be done with the chosen rows; each button says for how many of them. */
export function ActionBar({ chosen, onAsk, onClear }: { chosen: readonly FixRow[]; onAsk: (act: FindingAction) => void; onClear: () => void }) {
  const { t } = useWords();
  const able = (act: FindingAction): number => chosen.filter(({ tracked }) => tracked !== null && mayAsk[act](tracked)).length;
  return (
    <div className="action-bar no-print" role="region" aria-label={t('tracked.selected', { n: chosen.length })}>
      <strong>{t('tracked.selected', { n: chosen.length })}</strong>
      {findingActions.map((act) => (
        <Button key={act} size="small" disabled={able(act) === 0} onClick={() => onAsk(act)}>
          {t(`tracked.act.${act}`)} ({able(act)})
        </Button>
      ))}
      <button type="button" className="link" onClick={onClear}>
        {t('tracked.clear')}
      </button>
    </div>
  );
}
