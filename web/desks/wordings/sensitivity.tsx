import type { InsurerTerms } from '../../../src/domain/catalogue/index.ts';
import { Amount } from '../../parts/amount.tsx';
import { Section } from '../../parts/page.tsx';
import { Table, type Column } from '../../parts/table.tsx';
import { useWords } from '../../words.ts';
import type { Replayed } from './queries.ts';

interface Row {
  readonly terms: InsurerTerms;
  /** Paid for all incidents together, by waiting hours. */
  readonly paid: ReadonlyMap<number, number>;
}

function rowsOf({ replays, waitingHours }: Replayed, insurers: readonly InsurerTerms[]): Row[] {
  const sum = (i: number, hours: number): number =>
    replays.reduce((total, { payments }) => total + (payments[i]!.sensitivity.find((one) => one.hours === hours)?.paidMinor ?? 0), 0);
  return insurers.map((terms, i) => ({ terms, paid: new Map(waitingHours.map((hours) => [hours, sum(i, hours)])) }));
}

/** What longer waiting periods take away, all incidents together; in words for eight hours against twelve. */
export function WaitingSensitivity({ replayed, insurers }: { replayed: Replayed; insurers: readonly InsurerTerms[] }) {
  const { t, of, money } = useWords();
  const rows = rowsOf(replayed, insurers);
  const columns: Column<Row>[] = [
    { id: 'insurer', title: t('wordings.insurer'), heads: true, cell: ({ terms }) => of(terms.insurer) },
    ...replayed.waitingHours.map((hours): Column<Row> => ({
      id: String(hours),
      title: t('wordings.hours', { hours }),
      align: 'right',
      cell: ({ terms, paid }) => <Amount money={{ currency: terms.currency, minor: paid.get(hours)! }} />,
    })),
  ];
  const changes = rows.map(({ terms, paid }) =>
    t('wordings.waitingChange', { insurer: of(terms.insurer), amount: money({ currency: terms.currency, minor: (paid.get(12) ?? 0) - (paid.get(8) ?? 0) }) }),
  );
  return (
    <Section title={t('wordings.waiting')} note={t('wordings.waitingNote')}>
      <p>{t('wordings.waitingSentence', { changes: changes.join(t('punctuation.list')) })}</p>
      <Table dense caption={t('wordings.waiting')} columns={columns} rows={rows} keyOf={({ terms }) => terms.id} />
    </Section>
  );
}
