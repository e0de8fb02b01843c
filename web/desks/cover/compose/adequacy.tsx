import type { Coverage } from '../../../../src/domain/catalogue/index.ts';
import { plainMoney } from '../../../format.ts';
import { Table, type Column } from '../../../parts/table.tsx';
import { useWords } from '../../../words.ts';
import { likelihood, type Adequacy, type Bite } from './bites.ts';

const worthSaying = 0.01;

/** Every limit with the probability that it bites, most likely first, and the one sentence that this makes. */
export function AdequacyTable({ adequacy, coverages }: { adequacy: Adequacy; coverages: readonly Coverage[] }) {
  const { t, of } = useWords();
  const say = (probability: number): string => likelihood(probability) ?? t('cover.compose.tiny');
  const titleOf = ({ kind, coverage }: Bite): string => {
    const found = coverages.find(({ id }) => id === coverage);
    return kind === 'sub-limit' ? `${t('apply.subLimit')} · ${found ? of(found.title) : coverage}` : t(`cover.compose.${kind}`);
  };
  const rows = adequacy.bites.toSorted((a, b) => b.probability - a.probability);
  const [worst] = rows.filter(({ kind }) => kind !== 'retention');
  const columns: Column<Bite>[] = [
    { id: 'bite', title: t('cover.compose.bite'), heads: true, cell: titleOf },
    { id: 'amount', title: t('cover.compose.amount'), align: 'right', cell: ({ amountMinor }) => plainMoney({ currency: 'CNY', minor: amountMinor }) },
    { id: 'yearly', title: t('cover.compose.yearly'), align: 'right', cell: ({ probability }) => say(probability) },
    { id: 'events', title: t('cover.compose.ofEvents'), align: 'right', cell: ({ shareOfEvents }) => say(shareOfEvents) },
  ];
  return (
    <section className="group">
      <h2>{t('cover.compose.adequacy')}</h2>
      <p>
        {worst && worst.probability >= worthSaying
          ? t('cover.compose.adequacySentence', { what: titleOf(worst), p: say(worst.probability) })
          : t('cover.compose.adequacyCalm')}
      </p>
      <p className="faint small">{t('cover.compose.adequacyNote')}</p>
      <Table dense caption={t('cover.compose.adequacy')} columns={columns} rows={rows} keyOf={(one) => `${one.kind}-${one.coverage ?? ''}`} />
    </section>
  );
}
