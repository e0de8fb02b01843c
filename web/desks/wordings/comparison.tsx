import type { ComparisonRow } from '../../../src/domain/catalogue/index.ts';
import { Section } from '../../parts/page.tsx';
import { Table, type Column } from '../../parts/table.tsx';
import { useWords } from '../../words.ts';
import type { Comparison } from './queries.ts';
import './wordings.css';

/** What the insurers' terms say, side by side; only what differs. */
export function ComparisonTables({ insurers, rows }: Comparison) {
  const { t, of } = useWords();
  const columns: Column<ComparisonRow>[] = [
    { id: 'title', title: t('wordings.item'), heads: true, cell: (row) => of(row.title) },
    ...insurers.map((terms, i): Column<ComparisonRow> => ({ id: terms.id, title: of(terms.insurer), cell: (row) => of(row.values[i]!) })),
  ];
  return (
    <Section title={t('wordings.differences')} note={t('wordings.differencesNote')}>
      {(['whole', 'scope', 'coverage'] as const).map((group) => (
        <section key={group}>
          <h3>{t(`wordings.group.${group}`)}</h3>
          <Table
            dense
            caption={t(`wordings.group.${group}`)}
            columns={columns}
            rows={rows.filter((row) => row.differs && row.group === group)}
            keyOf={(row) => row.id}
          />
        </section>
      ))}
    </Section>
  );
}

/** Each insurer's wording as a PDF in the reader's language. */
export function WordingDocuments({ insurers }: Pick<Comparison, 'insurers'>) {
  const { t, of, language } = useWords();
  return (
    <Section title={t('wordings.documents')}>
      <ul className="wording-links">
        {insurers.map((terms) => (
          <li key={terms.id}>
            <a href={`/api/wordings/${terms.id}/document?language=${language}`}>{t('wordings.pdf', { insurer: of(terms.insurer) })}</a>
          </li>
        ))}
      </ul>
    </Section>
  );
}
