import { useState } from 'react';
import { Input } from 'antd';
import { ChipsField, Field } from '../../forms/field.tsx';
import { Section } from '../../parts/page.tsx';
import { ProvenanceMark } from '../../parts/provenance.tsx';
import { Table, type Column } from '../../parts/table.tsx';
import { useWords } from '../../words.ts';
import { plain } from './difference.tsx';
import { tableName } from './names.ts';
import type { ParameterOfTariff, RatebookView } from './queries.ts';

const marks = ['all', 'V', 'D', 'M', 'J'] as const;
type Mark = (typeof marks)[number];

/** Every number with value, unit, population, source, provenance, confidence, first day and the steps that use it; filtered by provenance and words. */
export function ParameterBrowser({ view }: { view: RatebookView }) {
  const words = useWords();
  const { t, of } = words;
  const [mark, setMark] = useState<Mark>('all');
  const [search, setSearch] = useState('');
  const wanted = search.trim().toLowerCase();
  const says = (one: ParameterOfTariff): boolean => [one.key, one.title.zh, one.title.en, one.source].some((text) => text.toLowerCase().includes(wanted));
  const shown = view.numbers.filter((one) => (mark === 'all' || one.provenance === mark) && says(one));
  const columns: Column<ParameterOfTariff>[] = [
    {
      id: 'title',
      title: t('tariff.number'),
      heads: true,
      cell: (one) => (
        <>
          {of(one.title)}
          <br />
          <code className="small faint">{one.key}</code>
        </>
      ),
    },
    { id: 'value', title: t('tariff.value'), align: 'right', cell: (one) => plain(one.value) },
    { id: 'unit', title: t('tariff.unit'), cell: (one) => one.unit },
    { id: 'provenance', title: t('tariff.provenance'), cell: (one) => <ProvenanceMark provenance={one.provenance} /> },
    { id: 'confidence', title: t('tariff.confidence'), cell: (one) => t(`tariff.confidences.${one.confidence}`) },
    {
      id: 'source',
      title: t('worksheet.source'),
      cell: (one) => (
        <>
          {one.source}
          <br />
          <span className="faint small">
            {t('worksheet.population')} {one.population} · {t('worksheet.since')} {one.effectiveFrom}
          </span>
        </>
      ),
    },
    { id: 'used', title: t('tariff.usedIn'), cell: (one) => one.usedIn.map((id) => tableName(id, words)).join(t('punctuation.list')) },
  ];
  return (
    <Section title={t('tariff.parameters')} note={t('tariff.parametersNote', { shown: shown.length, count: view.numbers.length })}>
      <div className="tariff-filters">
        <ChipsField legend={t('tariff.provenance')} value={mark} onChange={setMark} options={marks.map((id) => [id, t(`tariff.provenances.${id}`)] as const)} />
        <Field label={t('lists.filter')} optional>
          {(wiring) => <Input {...wiring} value={search} onChange={(event) => setSearch(event.target.value)} />}
        </Field>
      </div>
      <Table dense caption={t('tariff.parameters')} columns={columns} rows={shown} keyOf={(one) => one.key} />
    </Section>
  );
}
