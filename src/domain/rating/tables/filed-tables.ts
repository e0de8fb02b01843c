import type { Ratebook } from '../ratebook.ts';
import { factorTables } from './factor-tables.ts';
import type { LevelTable } from './level-table.ts';

/** A table as it is filed: its columns and its rows. Between two rows the value lies on the straight line, before the first on the line from 0, after the last it stays. */
export interface FiledTable {
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}

/** The tables that a ratebook prices by, in the order in which a price enters them; none for a ratebook without tables. `key` names the parameter that a table was made from. */
export function filedTables(ratebook: Ratebook): FiledTable[] {
  if (ratebook.file.tables === undefined) return [];
  const tables = factorTables(ratebook);
  const { perils } = ratebook.file;
  const sizes = [...new Set(perils.map(({ severity }) => severity.revenueElasticity))];
  const spreads = [...new Set(perils.map(({ severity }) => severity.sigma))];
  const records = [...new Set(perils.flatMap((peril) => (peril.records === null ? [] : [peril.records.elasticity])))];
  const keyed = (name: string, columns: readonly string[], keys: readonly string[], list: readonly LevelTable[]): FiledTable => ({
    name,
    columns: ['key', ...columns],
    rows: list.flatMap((table, i) => table.rows.map(({ level, value }) => [keys[i]!, level, value])),
  });
  return [
    keyed(
      'size-factors',
      ['revenue_over_reference', 'factor'],
      [ratebook.file.size.frequencyElasticity, ...sizes],
      [tables.sizeFrequency, ...tables.sizeSeverity],
    ),
    keyed('record-factors', ['personal_records', 'factor'], records, tables.records),
    keyed('loss-shares', ['amount_over_mean_loss', 'share_of_mean_loss_below'], spreads, tables.lossShare),
    {
      name: 'policy-year',
      columns: ['mean_payments_over_limit', 'mean_over_limit', 'tail_over_limit'],
      rows: tables.yearMean.rows.map(({ level, value }, i) => [level, value, tables.yearTail.rows[i]!.value]),
    },
  ];
}
