import { filedWaitingHours, limitFactors, waitingFactor, type NamedCase, type Ratebook } from '../domain/rating/index.ts';
import type { Cell, Sheet } from '../io/interfaces.ts';

/** A version of the tariff as the sheets of a workbook: register of numbers, limit factors, waiting factors, worked cases. */
export const sheetsOf = (ratebook: Ratebook, cases: readonly NamedCase[]): Sheet[] => [numbers(ratebook), limits(ratebook), waits(ratebook), worked(cases)];

function numbers({ parameters }: Ratebook): Sheet {
  const rows = [...parameters.values()].map(({ key, title, value, unit, population, source, provenance, confidence, effectiveFrom }): Cell[] => [
    key,
    title.zh,
    title.en,
    value,
    unit,
    population,
    source,
    provenance,
    confidence,
    effectiveFrom,
  ]);
  return {
    name: { zh: '参数', en: 'Numbers' },
    columns: [
      { kind: 'text', title: { zh: '键', en: 'Key' } },
      { kind: 'text', title: { zh: '中文名称', en: 'Chinese title' } },
      { kind: 'text', title: { zh: '英文名称', en: 'English title' } },
      { kind: 'number', title: { zh: '数值', en: 'Value' } },
      { kind: 'text', title: { zh: '单位', en: 'Unit' } },
      { kind: 'prose', title: { zh: '总体', en: 'Population' } },
      { kind: 'prose', title: { zh: '来源', en: 'Source' } },
      { kind: 'text', title: { zh: '依据', en: 'Provenance' } },
      { kind: 'text', title: { zh: '置信度', en: 'Confidence' } },
      { kind: 'day', title: { zh: '自', en: 'Since' } },
    ],
    rows,
  };
}

const limits = (ratebook: Ratebook): Sheet => ({
  name: { zh: '限额系数', en: 'Limit factors' },
  columns: factorColumns({ zh: '限额（元）', en: 'Limit, CNY' }),
  rows: ratebook.file.perils.flatMap((peril) =>
    limitFactors(peril, ratebook).map(({ limit, factor }): Cell[] => [peril.title.zh, peril.title.en, limit, factor]),
  ),
});

const waits = (ratebook: Ratebook): Sheet => ({
  name: { zh: '等待期系数', en: 'Waiting factors' },
  columns: factorColumns({ zh: '小时', en: 'Hours' }),
  rows: ratebook.file.perils
    .filter(({ interruption }) => interruption !== null)
    .flatMap((peril) => filedWaitingHours.map((hours): Cell[] => [peril.title.zh, peril.title.en, hours, waitingFactor(peril, hours, ratebook)])),
});

const factorColumns = (step: { zh: string; en: string }): Sheet['columns'] => [
  { kind: 'text', title: { zh: '风险', en: 'Peril, Chinese' } },
  { kind: 'text', title: { zh: '英文名称', en: 'Peril' } },
  { kind: 'integer', title: step },
  { kind: 'number', title: { zh: '系数', en: 'Factor' } },
];

const worked = (cases: readonly NamedCase[]): Sheet => ({
  name: { zh: '算例', en: 'Worked cases' },
  columns: [
    { kind: 'text', title: { zh: '算例', en: 'Case' } },
    { kind: 'prose', title: { zh: '说明', en: 'What it shows' } },
    { kind: 'money', title: { zh: '净保费', en: 'Premium before VAT' } },
    { kind: 'money', title: { zh: '含税保费', en: 'Premium with VAT' } },
  ],
  rows: cases.map(({ value: { title, why, expected, cover } }): Cell[] => [
    title,
    why,
    { currency: cover.currency, minor: expected.premium.exVat },
    { currency: cover.currency, minor: expected.premium.total },
  ]),
});
