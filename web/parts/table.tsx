import type { ReactNode } from 'react';
import { useWords } from '../words.ts';
import { ExportControl, type Exported } from './export-control.tsx';

export interface Column<T> {
  readonly id: string;
  readonly title: ReactNode;
  /** The name for the card on a phone, where the title is more than text. */
  readonly label?: string;
  readonly cell: (row: T) => ReactNode;
  readonly align?: 'right';
  /** The cell names the row, for those who hear the table. */
  readonly heads?: boolean;
  /** On a phone the cell stands without its column's name. */
  readonly bare?: boolean;
  /** Left out of the card that a row becomes on a phone. */
  readonly wideOnly?: boolean;
}

interface TableProps<T> {
  readonly caption: string;
  readonly columns: readonly Column<T>[];
  readonly rows: readonly T[];
  readonly keyOf: (row: T) => string;
  readonly onOpen?: (row: T) => void;
  readonly empty?: ReactNode;
  readonly dense?: boolean;
  /** The list operation behind the rows: then all of them can be exported. */
  readonly exported?: Exported;
}

/** A table on a wide screen and a list of cards on a phone, from the same rows. `j` and `k` move between rows that can be opened. */
export function Table<T>({ caption, columns, rows, keyOf, onOpen, empty, dense = false, exported }: TableProps<T>) {
  const { t } = useWords();
  if (rows.length === 0) return <>{empty ?? <p className="faint">{t('states.noRows')}</p>}</>;
  return (
    <>
      {exported && <ExportControl caption={caption} exported={exported} />}
      <div className="table-box" tabIndex={0} role="region" aria-label={caption}>
        <table className={`table ${dense ? 'table-dense' : ''} ${onOpen ? 'table-opens' : ''}`}>
          <caption className="only-heard">{caption}</caption>
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column.id} scope="col" className={column.align === 'right' ? 'right' : ''}>
                  {column.title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={keyOf(row)} {...(onOpen ? { onClick: () => onOpen(row) } : {})}>
                {columns.map((column) => (
                  <Cell key={column.id} column={column} row={row} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

function Cell<T>({ column, row }: { column: Column<T>; row: T }) {
  const className = `${column.align === 'right' ? 'right num' : ''} ${column.wideOnly ? 'wide-only' : ''}`.trim();
  const named = column.label ?? (typeof column.title === 'string' ? column.title : undefined);
  const label = named !== undefined && !column.bare && !column.heads ? { 'data-label': named } : {};
  return column.heads ? (
    <th scope="row" className={className} {...label}>
      {column.cell(row)}
    </th>
  ) : (
    <td className={className} {...label}>
      {column.cell(row)}
    </td>
  );
}
