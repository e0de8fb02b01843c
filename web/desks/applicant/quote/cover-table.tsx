import type { CoverLine, Coverage, RequestedCover } from '../../../../src/domain/catalogue/index.ts';
import { useCoverages } from '../../../api/queries.ts';
import { plainMoney } from '../../../format.ts';
import { Table, type Column } from '../../../parts/table.tsx';
import { Term } from '../../../parts/term.tsx';
import { useWords } from '../../../words.ts';

interface Row {
  readonly line: CoverLine;
  readonly coverage: Coverage | undefined;
}

/** What is covered: one row a coverage, with what triggers it, its sub-limit and its waiting period, in one vocabulary for every offer. */
export function CoverTable({ cover }: { cover: RequestedCover }) {
  const { t, of } = useWords();
  const byId = new Map(useCoverages().data?.map((one) => [one.id, one]));
  const columns: Column<Row>[] = [
    { id: 'coverage', title: t('quote.coverage'), heads: true, cell: ({ line, coverage }) => (coverage ? of(coverage.title) : line.coverage) },
    { id: 'class', title: t('quote.class'), wideOnly: true, cell: ({ coverage }) => (coverage ? t(`apply.${coverage.class}`) : '') },
    { id: 'trigger', title: t('quote.trigger'), cell: ({ coverage }) => (coverage ? of(coverage.trigger) : '') },
    {
      id: 'sublimit',
      title: (
        <>
          {t('quote.subLimit')} ({cover.currency}) <Term name="subLimit" />
        </>
      ),
      label: `${t('quote.subLimit')} (${cover.currency})`,
      align: 'right',
      cell: ({ line }) => plainMoney({ currency: cover.currency, minor: line.subLimitMinor }),
    },
    {
      id: 'waiting',
      title: (
        <>
          {t('quote.waiting')} <Term name="waiting" />
        </>
      ),
      label: t('quote.waiting'),
      align: 'right',
      cell: ({ line }) => (line.waitingHours === null ? t('quote.noWaiting') : t('quote.wordWaiting', { hours: line.waitingHours })),
    },
  ];
  return (
    <Table
      caption={t('quote.cover')}
      columns={columns}
      rows={cover.lines.map((line) => ({ line, coverage: byId.get(line.coverage) }))}
      keyOf={({ line }) => line.coverage}
    />
  );
}
