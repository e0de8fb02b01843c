import { Link } from '@tanstack/react-router';
import type { SecurityPackage } from '../../../src/domain/subsidy/index.ts';
import { useControls, useQuotes, useSession } from '../../api/queries.ts';
import { percent, plainMoney } from '../../format.ts';
import { Page, Section } from '../../parts/page.tsx';
import { Awaited, AwaitedPage } from '../../parts/states.tsx';
import { Table, type Column } from '../../parts/table.tsx';
import { useWords } from '../../words.ts';
import { usePackagesOnSale, useSubsidies, type SchemeOnOffer } from './queries.ts';
import './subsidy.css';

/** The tier that a level reaches in a scheme, with the best rate. */
const levels = ['basic', 'standard', 'enhanced'] as const;
const tierOf = ({ scheme }: SchemeOnOffer, { level }: SecurityPackage) =>
  scheme.tiers
    .filter((tier) => levels.indexOf(tier.level) <= levels.indexOf(level))
    .toSorted((a, b) => levels.indexOf(b.level) - levels.indexOf(a.level) || b.rate - a.rate)[0];

function Packages({ packages }: { packages: readonly SecurityPackage[] }) {
  const { t, of } = useWords();
  const named = new Map(useControls().data?.map((one) => [one.id, one.title]));
  const columns: Column<SecurityPackage>[] = [
    { id: 'package', title: t('subsidy.package'), heads: true, cell: (one) => of(one.title) },
    { id: 'vendor', title: t('subsidy.market.vendor'), cell: (one) => one.vendor.name },
    { id: 'level', title: t('subsidy.market.level'), cell: (one) => t(`subsidy.level.${one.level}`) },
    {
      id: 'controls',
      title: t('subsidy.market.controls'),
      cell: (one) => (
        <ul className="package-controls">
          {one.controls.map((control) => {
            const title = named.get(control);
            return <li key={control}>{title ? of(title) : control}</li>;
          })}
        </ul>
      ),
    },
    { id: 'price', title: t('subsidy.market.price'), align: 'right', cell: (one) => plainMoney({ currency: one.currency, minor: one.priceMinor }) },
  ];
  return (
    <Section title={t('subsidy.market.compare')} note={t('subsidy.market.compareNote')}>
      <Table caption={t('subsidy.market.compare')} columns={columns} rows={packages} keyOf={(one) => one.id} />
    </Section>
  );
}

interface MatrixRow {
  readonly one: SecurityPackage;
  readonly scheme: SchemeOnOffer;
}

function Matrix({ packages, schemes }: { packages: readonly SecurityPackage[]; schemes: readonly SchemeOnOffer[] }) {
  const { t, of, short } = useWords();
  const rows = schemes.flatMap((scheme) => packages.map((one): MatrixRow => ({ one, scheme })));
  const limitOf = ({ one, scheme }: MatrixRow) => scheme.matrix.find((cell) => cell.package === one.id)?.limitMinor ?? null;
  const say = (scheme: SchemeOnOffer, minor: number) => short({ currency: scheme.scheme.currency, minor });
  const columns: Column<MatrixRow>[] = [
    { id: 'scheme', title: t('subsidy.scheme'), heads: true, cell: ({ scheme }) => of(scheme.scheme.title) },
    { id: 'package', title: t('subsidy.package'), cell: ({ one }) => `${of(one.title)} · ${t(`subsidy.level.${one.level}`)}` },
    {
      id: 'limit',
      title: t('subsidy.market.maxLimit'),
      align: 'right',
      cell: (row) => {
        const minor = limitOf(row);
        return minor === null ? t('subsidy.market.notOffered') : say(row.scheme, minor);
      },
    },
    { id: 'rate', title: t('subsidy.market.rate'), align: 'right', cell: ({ one, scheme }) => percentOf(tierOf(scheme, one)?.rate) },
    {
      id: 'cap',
      title: t('subsidy.market.cap'),
      align: 'right',
      cell: ({ one, scheme }) => {
        const tier = tierOf(scheme, one);
        return tier ? say(scheme, tier.capMinor) : t('subsidy.market.none');
      },
    },
    { id: 'left', title: t('subsidy.market.left'), align: 'right', cell: ({ scheme }) => say(scheme, scheme.leftMinor) },
    { id: 'window', title: t('subsidy.market.window'), cell: ({ scheme }) => `${scheme.scheme.from} ～ ${scheme.scheme.until}` },
  ];
  return (
    <Section title={t('subsidy.market.matrix')} note={t('subsidy.market.matrixNote')}>
      <Table
        caption={t('subsidy.market.matrix')}
        columns={columns}
        rows={rows}
        keyOf={({ one, scheme }) => `${scheme.id}-${one.id}`}
        empty={<p className="faint">{t('subsidy.section.none')}</p>}
      />
    </Section>
  );
}

const percentOf = (rate: number | undefined): string => (rate === undefined ? '--' : percent(rate, 0));

interface PricedRow {
  readonly one: SecurityPackage;
  readonly scheme: SchemeOnOffer;
  readonly subsidyMinor: number;
  readonly netMinor: number;
  readonly why: string;
}

/** The firm's newest quote that can be bound, under every package and scheme. */
function ForQuote({ packages, schemes }: { packages: readonly SecurityPackage[]; schemes: readonly SchemeOnOffer[] }) {
  const { t, of, money } = useWords();
  const quotes = useQuotes();
  const quote = quotes.data?.items.find(({ state, outcome }) => state === 'quoted' && outcome === 'quoted');
  const subsidies = useSubsidies(quote?.id ?? '');
  if (quotes.data && !quote)
    return (
      <Section title={t('subsidy.market.forQuote')}>
        <p className="faint">{t('subsidy.market.noQuote')}</p>
      </Section>
    );
  if (!quote) return null;
  const say = (minor: number) => plainMoney({ currency: quote.currency, minor });
  const columns: Column<PricedRow>[] = [
    { id: 'package', title: t('subsidy.package'), heads: true, cell: ({ one }) => of(one.title) },
    { id: 'scheme', title: t('subsidy.scheme'), cell: ({ scheme }) => of(scheme.scheme.title) },
    { id: 'subsidy', title: `${t('subsidy.amount')} (${quote.currency})`, align: 'right', cell: (row) => (row.why === '' ? say(row.subsidyMinor) : row.why) },
    { id: 'net', title: `${t('subsidy.net')} (${quote.currency})`, align: 'right', cell: (row) => say(row.netMinor) },
    { id: 'total', title: `${t('subsidy.market.total')} (${quote.currency})`, align: 'right', cell: (row) => say(row.netMinor + row.one.priceMinor) },
  ];
  return (
    <Section
      title={t('subsidy.market.forQuote')}
      note={t('subsidy.market.forQuoteNote', { premium: money({ currency: quote.currency, minor: quote.totalMinor }), firm: quote.firm })}
      actions={
        <Link to="/quotes/$quote" params={{ quote: quote.id }} className="action action-main">
          {t('subsidy.market.open')}
        </Link>
      }
    >
      <Awaited query={subsidies}>
        {({ options }) => {
          const rows = options.flatMap((option): PricedRow[] => {
            const one = packages.find(({ id }) => id === option.package);
            const scheme = schemes.find(({ id }) => id === option.scheme);
            const why = option.granted ? '' : option.reasons.map((reason) => of(reason.text)).join(t('punctuation.list'));
            return one && scheme ? [{ one, scheme, subsidyMinor: option.subsidyMinor, netMinor: option.netMinor, why }] : [];
          });
          return <Table caption={t('subsidy.market.forQuote')} columns={columns} rows={rows} keyOf={({ one, scheme }) => `${scheme.id}-${one.id}`} />;
        }}
      </Awaited>
    </Section>
  );
}

/** R117: security packages side by side, the limit that each is matched with, and what a firm would pay after subsidy. */
export function Marketplace() {
  const { t, of, money } = useWords();
  const offer = usePackagesOnSale();
  const may = useSession().data?.permissions ?? [];
  return (
    <AwaitedPage query={offer}>
      {({ packages, schemes }) => {
        const [cheapest] = packages;
        const best = Math.max(0, ...schemes.flatMap(({ scheme }) => scheme.tiers.map(({ rate }) => rate)));
        const sentence =
          cheapest && best > 0
            ? t('subsidy.market.sentence', {
                title: of(cheapest.title),
                price: money({ currency: cheapest.currency, minor: cheapest.priceMinor }),
                rate: percent(best, 0),
              })
            : t('subsidy.market.sentenceBare', { count: packages.length });
        return (
          <Page kind={t('subsidy.market.kind')} sentence={sentence} wide>
            {may.includes('subsidy:apply') && may.includes('quote:read') && <ForQuote packages={packages} schemes={schemes} />}
            <Packages packages={packages} />
            <Matrix packages={packages} schemes={schemes} />
          </Page>
        );
      }}
    </AwaitedPage>
  );
}
