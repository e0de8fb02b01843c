import type { CohortSummary } from '../../../src/domain/evaluation/index.ts';
import { number } from '../../format.ts';
import { Table, type Column } from '../../parts/table.tsx';
import { useWords } from '../../words.ts';
import { balanceName } from './names.ts';

type Line = CohortSummary['balance'][number];

const shown = (value: number | null, name: string): string =>
  value === null ? '--' : name === 'revenue' ? number(value / 100) : number(value, Math.abs(value) < 2 ? 2 : 1);

/** How alike the two groups are in everything recorded. */
export function BalanceTable({ balance }: { balance: readonly Line[] }) {
  const words = useWords();
  const { t } = words;
  const columns: Column<Line>[] = [
    { id: 'name', title: t('chart.item'), heads: true, cell: (line) => balanceName(line.name, words) },
    { id: 'treated', title: t('impact.treatedMean'), align: 'right', cell: (line) => shown(line.treated, line.name) },
    { id: 'control', title: t('impact.controlMean'), align: 'right', cell: (line) => shown(line.control, line.name) },
    {
      id: 'difference',
      title: t('impact.difference'),
      align: 'right',
      cell: (line) =>
        line.difference === null ? (
          '--'
        ) : (
          <>
            {number(line.difference, 2)} <span className={line.balanced ? 'good' : 'bad'}>{t(line.balanced ? 'impact.balanced' : 'impact.unbalanced')}</span>
          </>
        ),
    },
  ];
  return (
    <>
      <Table dense caption={t('impact.balance')} columns={columns} rows={balance} keyOf={(line) => line.name} />
      <p className="faint small">{t('impact.balanceNote')}</p>
    </>
  );
}

/** Firms that are not in the cohort, by reason. */
export function LeftOut({ excluded }: { excluded: CohortSummary['excluded'] }) {
  const { t, of } = useWords();
  if (excluded.length === 0) return null;
  return (
    <ul className="small">
      {excluded.map((one) => (
        <li key={one.code}>{t('impact.leftOutLine', { reason: of(one.reason), count: one.firms })}</li>
      ))}
    </ul>
  );
}
