import { describe, expect, it } from 'vitest';
import * as content from '../../../../test/tariff.ts';
import {
  applyProposal,
  checkDraft,
  dislocate,
  freezeTariff,
  inventBook,
  layOutTables,
  listTariffs,
  readTableCsv,
  requireReleasable,
  tariffOn,
  writeTableCsv,
  type RatebookDraft,
} from '../index.ts';

const paper = [content.ratebook()];
const parameters = content.parameters();
const catalogue = content.catalogue();
const written = (version: string, effectiveFrom: string, value: number | null = 0.004, key = 'frequency.ransomware'): RatebookDraft => ({
  version,
  title: { zh: '甲', en: 'A' },
  why: 'a test',
  effectiveFrom,
  changes: [{ key, value, source: 'a test', provenance: 'J', confidence: 'L' }],
});
const frozen = (version: string, effectiveFrom: string) => {
  const { tariff } = checkDraft(written(version, effectiveFrom), listTariffs(paper, parameters, []), '2026-06-30', catalogue);
  return { proposal: version, tariff: freezeTariff(tariff!.ratebook) };
};
const versions = listTariffs(paper, parameters, [frozen('2027.2', '2027-05-01'), frozen('2027.1', '2027-01-01')]);
const today = '2026-07-01';

describe('the versions of a tariff', () => {
  it('stand in the order of their first days, whatever the order of their release', () =>
    expect(versions.map(({ version }) => version)).toEqual([paper[0]!.file.version, '2027.1', '2027.2']));

  it.each([
    ['2020-01-01', paper[0]!.file.version],
    ['2026-12-31', paper[0]!.file.version],
    ['2027-01-01', '2027.1'],
    ['2027-04-30', '2027.1'],
    ['2027-05-01', '2027.2'],
  ])('are in force from the first day on: %s is %s', (day, version) => expect(tariffOn(day, versions).version).toBe(version));

  it('are rebuilt from what was frozen, to the hash', () => {
    const { tariff } = frozen('2027.1', '2027-01-01');
    const again = listTariffs([], parameters, [{ proposal: 'p', tariff }])[0]!;
    expect(again.ratebook.hash).toBe(tariff.hash);
    expect(again.parameters.byKey.get('frequency.ransomware')!.value).toBe(0.004);
  });

  it.each([
    ['version-taken', '2027.1', '2028-01-01', versions[2]!.ratebook.hash],
    ['effective-date-taken', '2028.1', '2027-05-01', versions[2]!.ratebook.hash],
    ['effective-date-past', '2028.1', today, versions[2]!.ratebook.hash],
    ['effective-date-before-latest', '2028.1', '2027-04-01', versions[2]!.ratebook.hash],
    ['ratebook-changed-meanwhile', '2028.1', '2028-01-01', versions[0]!.ratebook.hash],
  ])('take no further one that breaks %s', (code, version, effectiveFrom, basedOnHash) =>
    expect(() => requireReleasable({ version, effectiveFrom, basedOn: 'x', basedOnHash }, versions, today)).toThrow(expect.objectContaining({ code })),
  );

  it('take one that begins after all others', () =>
    expect(() =>
      requireReleasable({ version: '2028.1', effectiveFrom: '2028-01-01', basedOn: '2027.2', basedOnHash: versions[2]!.ratebook.hash }, versions, today),
    ).not.toThrow());
});

describe('a draft', () => {
  const check = (draft: RatebookDraft) => checkDraft(draft, listTariffs(paper, parameters, []), today, catalogue);
  const faultsOf = (draft: RatebookDraft) => check(draft).faults.map(({ at, code }) => `${at} ${code}`);

  it.each([
    ['a value that is missing', written('2027.1', '2027-01-01', null), 'changes.0.value missing'],
    ['a value below 0', written('2027.1', '2027-01-01', -1), 'changes.0.value negative'],
    ['a frequency of 0', written('2027.1', '2027-01-01', 0), 'changes.0.value out-of-range'],
    ['a frequency as good as 0', written('2027.1', '2027-01-01', 1e-15), 'changes.0.value out-of-range'],
    ['a frequency beyond reason', written('2027.1', '2027-01-01', 1e15), 'changes.0.value out-of-range'],
    ['a day that is too far ahead', written('2027.1', '9999-12-31'), 'effectiveFrom effective-date-far'],
    ['a share above 1', written('2027.1', '2027-01-01', 1.2, 'expense.variable'), 'changes.0.value above-one'],
    ['the value of today', written('2027.1', '2027-01-01', paper[0]!.number('frequency.ransomware')), 'changes.0.value unchanged'],
    ['a number that no step uses', written('2027.1', '2027-01-01', 1, 'score.grade.a'), 'changes.0.key key-unknown'],
    ['numbers that leave nothing for losses', written('2027.1', '2027-01-01', 0.99, 'expense.variable'), 'changes.0.value numbers-disagree'],
    ['a title that shows nothing', { ...written('2027.1', '2027-01-01'), title: { zh: '\u3164', en: 'A' } }, 'title.zh missing'],
    ['a reason that shows nothing', { ...written('2027.1', '2027-01-01'), why: '\u200b\uffa0' }, 'why missing'],
    ['a version that is not newer', written('2025.9', '2027-01-01'), 'version version-not-newer'],
    ['no change at all', { ...written('2027.1', '2027-01-01'), changes: [] }, 'changes missing'],
    ['a day that is past', written('2027.1', '2026-06-01'), 'effectiveFrom effective-date-past'],
  ])('is told of %s where it stands', (_, draft, fault) => expect(faultsOf(draft)).toEqual([fault]));

  it('is told in both languages of a number that it changes twice', () => {
    const { changes, ...rest } = written('2027.1', '2027-01-01');
    const { faults } = check({ ...rest, changes: [...changes, ...changes] });
    expect(faults).toEqual([
      { at: 'changes.1.key', code: 'changed-twice', message: { zh: expect.stringContaining('两次'), en: expect.stringContaining('twice') } },
    ]);
  });

  it('that is sound makes a ratebook', () => expect(check(written('2027.1', '2027-01-01')).tariff?.ratebook.number('frequency.ransomware')).toBe(0.004));
});

describe('the tables of a ratebook', () => {
  it('show every number that it uses at least once', () => {
    const { file, parameters: used } = paper[0]!;
    const shown = layOutTables(file, (word) => used.has(word)).flatMap(({ rows }) => rows.flatMap(({ keys }) => keys.filter((key) => key !== null)));
    expect(new Set(shown)).toEqual(new Set(used.keys()));
  });
});

describe('a dislocation', () => {
  const { value } = applyProposal(paper[0]!.file, parameters, {
    ...written('2027.1', '2027-01-01', 900_000, 'expense.minimum'),
    changes: [{ key: 'expense.minimum', value: 9000, source: 'a test', provenance: 'J', confidence: 'L' }],
  });
  const found = dislocate(inventBook(5, 40, catalogue), { catalogue, ratebook: paper[0]! }, { catalogue, ratebook: value!.ratebook });

  it('counts every policy once in bands and slices', () => {
    const count = (list: readonly { policies: number }[]) => list.reduce((sum, { policies }) => sum + policies, 0);
    expect([found.bands, found.byIndustry, found.byPackage, found.bySize].map(count)).toEqual([40, 40, 40, 40]);
  });

  it('says who comes onto a raised minimum premium, and puts the dearest first', () => {
    expect(found.minimum.onto).toBeGreaterThan(0);
    expect(found.minimum.off).toBe(0);
    const changes = found.worst.map(({ change }) => change);
    expect(changes).toEqual(changes.toSorted((a, b) => b - a));
  });
});

describe('a table as CSV', () => {
  const numbers = paper[0]!.parameters;
  const table = layOutTables(paper[0]!.file, (word) => numbers.has(word)).find(({ id }) => id === 'industryFrequency')!;
  const csv = writeTableCsv(table, numbers);

  it('comes back without a change when nothing was changed', () =>
    expect(readTableCsv(csv, numbers)).toEqual({ rows: table.rows.length, changes: [], faults: [] }));

  it('takes what is sound and names the rows that are not', () => {
    const rows = [
      'key,value,source,provenance,confidence',
      'industry.finance,1.5,own claims,D,M',
      'industry.retail,much,own claims,D,M',
      'industry.nowhere,1,x,J,L',
    ];
    const read = readTableCsv(rows.join('\r\n'), numbers);
    expect(read.changes).toEqual([{ key: 'industry.finance', value: 1.5, source: 'own claims', provenance: 'D', confidence: 'M' }]);
    expect(read.faults.map(({ row, column }) => `${row} ${column}`)).toEqual(['3 value', '4 key']);
  });

  it('with a new value under the old source is a fault', () => {
    const { source } = numbers.get('industry.finance')!;
    expect(readTableCsv(`key,value,source,provenance,confidence\n"industry.finance",2,"${source}",D,M\n`, numbers).faults).toMatchObject([
      { row: 2, column: 'source' },
    ]);
  });
});
