import { Button } from 'antd';
import { useState } from 'react';
import { assetTitle, presumedExposure } from '../../../src/domain/assessment/index.ts';
import type { Exposure } from '../../../src/domain/parties/index.ts';
import { number } from '../../format.ts';
import { AssetName } from '../../parts/asset-name.tsx';
import { ProblemNote } from '../../parts/states.tsx';
import { Section } from '../../parts/page.tsx';
import { Table, type Column } from '../../parts/table.tsx';
import { zh } from '../../texts/zh.ts';
import { useWords } from '../../words.ts';
import { useRule, type ImportRecord, type Review, type Rulings } from './queries.ts';

type Seen = Review['assets'][number];
type Ruling = Rulings[string];
const exposures = Object.keys(zh.exposure) as Exposure[];

const valueOf = (ruling: Ruling | undefined): string => (ruling === undefined ? 'none' : ruling.is === 'same-as' ? `same-as ${ruling.own}` : ruling.is);

/** A block of addresses is no one thing that another could be the same as. */
const isOneThing = (name: string): boolean => !name.includes('/');

function rulingOf(value: string, name: string): Ruling | null {
  if (value.startsWith('same-as ')) return { is: 'same-as', own: value.slice(8) };
  if (value === 'own') return { is: 'own', exposure: presumedExposure(name) };
  return value === 'foreign' ? { is: 'foreign' } : null;
}

function Choice({
  asset,
  declared,
  ruling,
  onChange,
}: {
  asset: Seen;
  declared: readonly string[];
  ruling: Ruling | undefined;
  onChange: (ruling: Ruling | null) => void;
}) {
  const { t, of } = useWords();
  const name = of(assetTitle(asset.name));
  return (
    <span className="import-choice">
      <select
        className="select"
        aria-label={t('imports.rulingFor', { name })}
        value={valueOf(ruling)}
        onChange={(event) => onChange(rulingOf(event.target.value, asset.name))}
      >
        {(['none', 'own', 'foreign'] as const).map((value) => (
          <option key={value} value={value}>
            {t(`imports.rulings.${value}`)}
          </option>
        ))}
        {declared.filter(isOneThing).map((name) => (
          <option key={name} value={`same-as ${name}`}>
            {t('imports.sameAs', { name })}
          </option>
        ))}
      </select>
      {ruling?.is === 'own' && (
        <select
          className="select"
          aria-label={t('imports.exposureFor', { name })}
          value={ruling.exposure}
          onChange={(event) => onChange({ is: 'own', exposure: event.target.value as Exposure })}
        >
          {exposures.map((id) => (
            <option key={id} value={id}>
              {t(`exposure.${id}`)}
            </option>
          ))}
        </select>
      )}
    </span>
  );
}

/** What has no place on a network counts as the firm's own, undeclared; said here because no row stands for it. */
function SoftwareNote({ software }: Pick<Review, 'software'>) {
  const { t } = useWords();
  if (software.length === 0) return null;
  const counts = software.map(({ kind, assets, findings }) =>
    t('imports.softwareCount', { kind: t(`imports.assetKinds.${kind}`), assets: number(assets), findings: number(findings) }),
  );
  return <p className="note">{t('imports.softwareNote', { counts: counts.join(t('punctuation.list')) })}</p>;
}

/** The rulings without those on assets that were declared since: they would be refused, and nothing is to be ruled upon there. */
function standing(rulings: Rulings, assets: readonly Seen[]): Rulings {
  const declared = new Set(assets.flatMap((asset) => (asset.declared ? [asset.name] : [])));
  return Object.fromEntries(Object.entries(rulings).filter(([name]) => !declared.has(name)));
}

/** The assets that the reports name: covered by a declared one, or ruled upon here. */
export function AssetRulings({ record, review, onUnsaved }: { record: ImportRecord; review: Review; onUnsaved: (unsaved: boolean) => void }) {
  const { t } = useWords();
  const rule = useRule(record.id);
  const [rulings, setRulings] = useState<Rulings>(record.rulings);
  const change = (name: string, ruling: Ruling | null) => {
    const { [name]: _, ...others } = rulings;
    setRulings(ruling === null ? others : { ...others, [name]: ruling });
    onUnsaved(true);
  };
  const covered = (asset: Seen): boolean => asset.declared || (asset.inScope && asset.ruling === null);
  const columns: Column<Seen>[] = [
    { id: 'name', title: t('imports.asset'), heads: true, cell: ({ name }) => <AssetName name={name} /> },
    { id: 'findings', title: t('imports.found'), align: 'right', cell: ({ findings }) => number(findings) },
    {
      id: 'standing',
      title: t('imports.ruling'),
      cell: (asset) =>
        covered(asset) ? (
          <span>{asset.coveredBy ? t('imports.covered', { name: asset.coveredBy }) : t('imports.everything')}</span>
        ) : (
          <Choice asset={asset} declared={review.declared} ruling={rulings[asset.name]} onChange={(ruling) => change(asset.name, ruling)} />
        ),
    },
  ];
  const save = () => rule.mutate({ version: record.version, rulings: standing(rulings, review.assets) }, { onSuccess: () => onUnsaved(false) });
  return (
    <Section title={t('imports.assetsTitle')} note={t('imports.assetsNote')}>
      <Table
        caption={t('imports.assetsTitle')}
        columns={columns}
        rows={review.assets}
        keyOf={({ name }) => name}
        empty={<p className="faint">{t('imports.assetsNone')}</p>}
      />
      <SoftwareNote software={review.software} />
      {rule.error && <ProblemNote problem={rule.error} />}
      {review.assets.some((asset) => !covered(asset) || asset.ruling !== null) && (
        <p className="row">
          <Button loading={rule.isPending} onClick={save}>
            {t('imports.saveRulings')}
          </Button>
          <span role="status">{rule.isSuccess && JSON.stringify(rulings) === JSON.stringify(record.rulings) && t('imports.savedRulings')}</span>
        </p>
      )}
    </Section>
  );
}
