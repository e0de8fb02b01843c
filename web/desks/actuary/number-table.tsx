import type { ReactNode } from 'react';
import { Table, type Column } from '../../parts/table.tsx';
import { useWords, type Wording } from '../../words.ts';
import { plain } from './difference.tsx';
import { columnName, tableName } from './names.ts';
import type { ParameterOfTariff, RatebookView, Table as NumbersOfTable } from './queries.ts';

type Row = NumbersOfTable['rows'][number];
export type Numbers = ReadonlyMap<string, ParameterOfTariff>;

/** A table of the ratebook. `cell` shows a number otherwise than as it is, e.g. to be edited. */
export function NumberTable({
  table,
  numbers,
  perils,
  cell,
}: {
  table: NumbersOfTable;
  numbers: Numbers;
  perils: RatebookView['limitFactors'];
  cell?: (parameter: ParameterOfTariff) => ReactNode;
}) {
  const words = useWords();
  const largest = Math.max(...table.rows.flatMap(({ keys }) => keys.map((key) => (key === null ? 0 : numbers.get(key)!.value))));
  const pictured = table.columns.length === 1 && table.rows.length > 3 && oneUnit(table, numbers);
  const columns: Column<Row>[] = [
    { id: 'row', title: words.t('chart.item'), heads: true, cell: (row) => rowName(row, table, numbers, perils, words) },
    ...table.columns.map((column, at): Column<Row> => ({
      id: column,
      title: columnName(column, words),
      align: 'right',
      cell: ({ keys }) => {
        const parameter = keys[at] === null ? undefined : numbers.get(keys[at]!);
        if (parameter === undefined) return <span className="faint">--</span>;
        return cell ? cell(parameter) : <NumberCell parameter={parameter} />;
      },
    })),
    ...(table.columns.length === 1
      ? [{ id: 'unit', title: words.t('tariff.unit'), wideOnly: true, cell: ({ keys }: Row) => numbers.get(keys[0]!)!.unit } satisfies Column<Row>]
      : []),
    ...(pictured
      ? [
          {
            id: 'picture',
            title: <span className="only-heard">{words.t('tariff.picture')}</span>,
            bare: true,
            wideOnly: true,
            cell: ({ keys }: Row) => <Bar share={numbers.get(keys[0]!)!.value / largest} />,
          } satisfies Column<Row>,
        ]
      : []),
  ];
  return <Table dense caption={tableName(table.id, words)} columns={columns} rows={table.rows} keyOf={(row) => row.id} />;
}

const oneUnit = ({ rows }: NumbersOfTable, numbers: Numbers): boolean => new Set(rows.map(({ keys }) => numbers.get(keys[0]!)!.unit)).size === 1;

function Bar({ share }: { share: number }) {
  return (
    <span className="bar-track tariff-bar" aria-hidden="true">
      <span className="bar-fill" style={{ width: `${100 * Math.max(0, share)}%` }} />
    </span>
  );
}

function NumberCell({ parameter }: { parameter: ParameterOfTariff }) {
  const { t, of } = useWords();
  return (
    <span title={`${of(parameter.title)} · ${parameter.unit} · ${parameter.source}`}>
      {plain(parameter.value)}
      {parameter.provenance === 'J' && <sup className="tariff-prior">{t('tariff.priorMark')}</sup>}
    </span>
  );
}

/** Rows of perils have the peril's name, all others that of their number. */
function rowName(row: Row, table: NumbersOfTable, numbers: Numbers, perils: RatebookView['limitFactors'], { of }: Wording): string {
  const peril = perils.find((one) => one.peril === row.id);
  if (peril !== undefined) return of(peril.title);
  const key = table.columns.length === 1 ? row.keys[0] : null;
  return key === null || key === undefined ? row.id : of(numbers.get(key)!.title);
}
