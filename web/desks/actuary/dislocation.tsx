import { usePackages } from '../../api/queries.ts';
import { DislocationBands } from '../../charts/dislocation-bands.tsx';
import { change, dateTime, number, percent } from '../../format.ts';
import { Amount } from '../../parts/amount.tsx';
import { Section } from '../../parts/page.tsx';
import { Source } from '../../parts/provenance.tsx';
import { Table, type Column } from '../../parts/table.tsx';
import { useWords, type Wording } from '../../words.ts';
import { industryName, sizeName } from './names.ts';
import type { Dislocation, Proposal } from './queries.ts';

type Slice = Dislocation['byIndustry'][number];
type Moved = Dislocation['worst'][number];
type Tried = NonNullable<Proposal['dislocation']>;

const yuan = (minor: number) => ({ currency: 'CNY' as const, minor });

function Slices({ title, slices, nameOf }: { title: string; slices: readonly Slice[]; nameOf: (slice: string) => string }) {
  const { t, language } = useWords();
  const columns: Column<Slice>[] = [
    { id: 'slice', title, heads: true, cell: (one) => nameOf(one.slice) },
    { id: 'policies', title: t('tariff.policies'), align: 'right', cell: (one) => number(one.policies) },
    { id: 'before', title: t('tariff.premiumBefore'), align: 'right', cell: (one) => <Amount money={yuan(one.beforeMinor)} /> },
    { id: 'after', title: t('tariff.premiumAfter'), align: 'right', cell: (one) => <Amount money={yuan(one.afterMinor)} /> },
    { id: 'change', title: t('tariff.change'), align: 'right', cell: (one) => change(one.change, language) },
  ];
  return <Table dense caption={title} columns={columns} rows={slices} keyOf={(one) => one.slice} />;
}

function Worst({ worst }: { worst: readonly Moved[] }) {
  const words = useWords();
  const { t, language } = words;
  const columns: Column<Moved>[] = [
    { id: 'id', title: t('tariff.policy'), heads: true, cell: (one) => one.id },
    { id: 'industry', title: t('tariff.industry'), cell: (one) => `${industryName(one.industry, words)} · ${sizeName(one.size, words)}` },
    { id: 'before', title: t('tariff.premiumBefore'), align: 'right', cell: (one) => <Amount money={yuan(one.beforeMinor)} /> },
    { id: 'after', title: t('tariff.premiumAfter'), align: 'right', cell: (one) => <Amount money={yuan(one.afterMinor)} /> },
    { id: 'change', title: t('tariff.change'), align: 'right', cell: (one) => change(one.change, language) },
    { id: 'minimum', title: t('tariff.minimum'), wideOnly: true, cell: (one) => minimumWords(one, words) },
  ];
  return <Table dense caption={t('tariff.worst')} columns={columns} rows={worst} keyOf={(one) => one.id} />;
}

function minimumWords({ minimum: { before, after } }: Moved, { t }: Wording): string {
  if (before && after) return t('tariff.minimumStay');
  return before ? t('tariff.minimumOff') : after ? t('tariff.minimumOnto') : '--';
}

/** What a draft or proposal does to a book: by band, by segment, the twenty that rise most, and who crosses the minimum premium. */
export function DislocationView({ tried, current }: { tried: Tried; current: boolean }) {
  const words = useWords();
  const { t, language } = words;
  const { result, book, leftOut } = tried;
  const packages = usePackages().data ?? [];
  const packageName = (id: string): string => {
    const found = packages.find((one) => one.id === id);
    return id === 'composed' ? t('tariff.composed') : found ? words.of(found.title) : id;
  };
  const above = result.bands.filter(({ from }) => from !== null && from >= 0.1).reduce((sum, { policies }) => sum + policies, 0);
  const sentence = t('tariff.dislocationSentence', {
    policies: number(result.policies),
    change: change(result.change, language),
    above: number(above),
    median: change(result.quantiles.find(({ share }) => share === 0.5)!.change, language),
  });
  return (
    <>
      <p className={`note ${book.kind === 'invented' ? 'note-warning' : 'note-good'}`}>
        {t(`tariff.bookSaid.${book.kind}`, { policies: number(book.policies), seed: book.seed ?? 1 })}
      </p>
      {!current && <p className="note note-warning">{t('tariff.outOfDate')}</p>}
      <div className={current ? '' : 'stale'}>
        <DislocationBands title={t('tariff.dislocation')} sentence={sentence} bands={result.bands} />
        <Source
          parts={[
            [t('tariff.premiumBefore'), words.money(yuan(result.beforeMinor))],
            [t('tariff.premiumAfter'), words.money(yuan(result.afterMinor))],
            [t('tariff.spread'), result.quantiles.map(({ share, change: moved }) => `${percent(share, 0)} ${change(moved, language)}`).join(' · ')],
            [t('tariff.asOf'), dateTime(tried.at)],
            [t('tariff.hash'), tried.hash.slice(0, 12)],
          ]}
        />
        <p>{t('tariff.minimumSentence', { onto: result.minimum.onto, off: result.minimum.off, stay: result.minimum.stay })}</p>
        {leftOut.length > 0 && (
          <p className="note note-warning">
            {t('tariff.leftOut', {
              count: leftOut.length,
              which: leftOut
                .slice(0, 5)
                .map(({ id, reason }) => `${id} (${reason})`)
                .join(t('punctuation.list')),
            })}
          </p>
        )}
        <Section title={t('tariff.segments')}>
          <Slices title={t('tariff.industry')} slices={result.byIndustry} nameOf={(id) => industryName(id, words)} />
          <Slices title={t('tariff.size')} slices={result.bySize} nameOf={(id) => sizeName(id, words)} />
          <Slices title={t('tariff.package')} slices={result.byPackage} nameOf={packageName} />
        </Section>
        <Section title={t('tariff.worst')} note={t('tariff.worstNote')}>
          <Worst worst={result.worst} />
        </Section>
      </div>
    </>
  );
}
