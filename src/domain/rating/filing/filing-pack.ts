import { hashData } from '../../basics/index.ts';
import { figuresOf, type NamedCase } from '../cases.ts';
import type { Tariff } from '../risk.ts';
import type { Ratebook } from '../ratebook.ts';
import { waitingFactor } from '../severity.ts';
import { filedTables } from '../tables/filed-tables.ts';
import { limitFactors } from './check.ts';

/** A file of a filing pack. */
export interface FiledDocument {
  readonly name: string;
  readonly mediaType: 'text/csv' | 'application/json';
  readonly text: string;
}

/** What a regulator gets: the structure, the register of all parameters, the factor tables and the worked cases, and the hash over all of them. */
export interface FilingPack {
  readonly version: string;
  readonly hash: string;
  readonly documents: readonly FiledDocument[];
}

/** Worked cases with the figures that a tariff gives for them. Throws the Refusals of `priceCover`. */
export const casesUnder = (tariff: Tariff, cases: readonly NamedCase[]): NamedCase[] =>
  cases.map(({ name, value }) => ({ name, value: { ...value, expected: figuresOf(value, tariff) } }));

/** Makes the filing pack of a ratebook. Tables are CSV (RFC 4180, UTF-8), the structure and the cases JSON. */
export function makeFilingPack(ratebook: Ratebook, cases: readonly NamedCase[]): FilingPack {
  const documents = [
    json('ratebook.json', ratebook.file),
    csv(
      'parameters.csv',
      ['key', 'value', 'unit', 'title_zh', 'title_en', 'population', 'source', 'provenance', 'confidence', 'effective_from'],
      register(ratebook),
    ),
    csv(
      'limit-factors.csv',
      ['peril', 'limit', 'factor'],
      ratebook.file.perils.flatMap((peril) => limitFactors(peril, ratebook).map(({ limit, factor }) => [peril.peril, limit, factor])),
    ),
    csv('waiting-factors.csv', ['peril', 'hours', 'factor'], waitingTable(ratebook)),
    ...filedTables(ratebook).map(({ name, columns, rows }) => csv(`table-${name}.csv`, columns, rows)),
    json('cases.json', cases),
  ];
  return { version: ratebook.file.version, hash: hashData(documents), documents };
}

const register = ({ parameters }: Ratebook): (string | number)[][] =>
  [...parameters.values()].map(({ key, value, unit, title, population, source, provenance, confidence, effectiveFrom }) => [
    key,
    value,
    unit,
    title.zh,
    title.en,
    population,
    source,
    provenance,
    confidence,
    effectiveFrom,
  ]);

/** Half an hour and every whole hour of three days: what is asked for. */
const packedWaitingHours = [0, 0.5, ...Array.from({ length: 72 }, (_, i) => i + 1)];

const waitingTable = (ratebook: Ratebook): (string | number)[][] =>
  ratebook.file.perils
    .filter(({ interruption }) => interruption !== null)
    .flatMap((peril) => packedWaitingHours.map((hours) => [peril.peril, hours, waitingFactor(peril, hours, ratebook)]));

const json = (name: string, data: unknown): FiledDocument => ({ name, mediaType: 'application/json', text: `${JSON.stringify(data, null, 2)}\n` });

const csv = (name: string, head: readonly string[], rows: readonly (readonly (string | number)[])[]): FiledDocument => ({
  name,
  mediaType: 'text/csv',
  text: [head, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join(''),
});

/** Quoted where it must be; a text that a spreadsheet would run as a formula is made plain by an apostrophe. */
function cell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const plain = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
