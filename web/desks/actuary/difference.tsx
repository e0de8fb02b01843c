import { change, number } from '../../format.ts';
import { ProvenanceMark } from '../../parts/provenance.tsx';
import { Table, type Column } from '../../parts/table.tsx';
import { useWords } from '../../words.ts';
import { tableName } from './names.ts';
import type { Difference } from './queries.ts';

type Line = Difference['parameters'][number];

/** A number as the tariff has it: up to nine digits, no zeros that say nothing. */
export const plain = (value: number | null): string =>
  value === null ? '--' : Math.abs(value) >= 10_000 ? number(value) : String(Number(value.toPrecision(9)));

/** Number by number what differs between two versions, with both sources. */
export function DifferenceTable({ difference }: { difference: Difference }) {
  const words = useWords();
  const { t, of, language } = words;
  const columns: Column<Line>[] = [
    {
      id: 'title',
      title: t('tariff.number'),
      heads: true,
      cell: (line) => (
        <>
          {of(line.title)} {line.prior && <ProvenanceMark provenance="J" />}
          <br />
          <code className="small faint">{line.key}</code>
        </>
      ),
    },
    { id: 'before', title: t('tariff.before'), align: 'right', cell: (line) => plain(line.before) },
    { id: 'after', title: t('tariff.after'), align: 'right', cell: (line) => <strong>{plain(line.after)}</strong> },
    { id: 'unit', title: t('tariff.unit'), wideOnly: true, cell: (line) => line.unit },
    { id: 'relative', title: t('tariff.change'), align: 'right', cell: (line) => (line.relative === null ? '--' : change(line.relative, language)) },
    {
      id: 'source',
      title: t('worksheet.source'),
      cell: (line) => (line.sourceBefore === line.sourceAfter ? t('tariff.sameSource') : (line.sourceAfter ?? t('tariff.notUsed'))),
    },
  ];
  return (
    <>
      <Table
        dense
        caption={t('tariff.compare')}
        columns={columns}
        rows={difference.parameters}
        keyOf={(line) => line.key}
        empty={<p className="faint">{t('tariff.noDifference')}</p>}
      />
      {difference.structure.length > 0 && (
        <p>{t('tariff.structure', { parts: difference.structure.map((part) => tableName(part, words)).join(t('punctuation.list')) })}</p>
      )}
    </>
  );
}
