import type { ReactNode } from 'react';
import type { Parameter } from '../api/wire.ts';
import { useWords } from '../words.ts';

/** The mark of a number's provenance; a judgement prior always says that it is one. */
export function ProvenanceMark({ provenance }: { provenance: Parameter['provenance'] }) {
  const { t } = useWords();
  return (
    <span className={`provenance provenance-${provenance}`} title={t(`provenance.${provenance}`)}>
      {provenance === 'J' ? t('provenance.prior') : provenance}
    </span>
  );
}

/** Where a figure comes from, as of when, under which versions: the small line under every score, price and loss. */
export function Source({ parts }: { parts: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className="source">
      {parts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** One parameter with everything a reader needs to doubt it. */
export function ParameterLine({ name, parameter }: { name: string; parameter: Parameter | undefined }) {
  const { t, of } = useWords();
  if (!parameter)
    return (
      <li>
        <code>{name}</code>
      </li>
    );
  return (
    <li>
      <strong>{of(parameter.title)}</strong>{' '}
      <span className="num">
        {parameter.value} {parameter.unit}
      </span>{' '}
      <ProvenanceMark provenance={parameter.provenance} />
      <br />
      <span className="faint">
        {t('worksheet.population')} {parameter.population} · {t('worksheet.source')} {parameter.source} · {t('worksheet.since')} {parameter.effectiveFrom}
      </span>
    </li>
  );
}
