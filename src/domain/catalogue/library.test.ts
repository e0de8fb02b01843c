import { describe, expect, it } from 'vitest';
import { catalogue, contentFiles } from '../../../test/tariff.ts';
import { wordingFiles, wordingLibrary } from '../../../test/wordings.ts';
import type { ContentFile } from '../basics/index.ts';
import { buildWordings } from './library.ts';
import { linkTerms } from './glossary.ts';

const library = wordingLibrary();
const alter = (files: readonly ContentFile[], name: string, change: (data: never) => void): ContentFile[] =>
  files.map(({ path, data }) => {
    if (!path.endsWith(`/${name}.yaml`)) return { path, data };
    const copy = structuredClone(data);
    change(copy as never);
    return { path, data: copy };
  });
const problemsOf = (changes: Partial<ReturnType<typeof wordingFiles>>): string[] =>
  buildWordings({ ...wordingFiles(), ...changes }, catalogue()).problems.map(({ file, at, message }) => `${file.split('/').at(-1)} ${at}: ${message}`);

interface ClausesData {
  clauses: { id: string; text: { zh: string; en: string }; terms: string[] }[];
}

describe('the library in content', () => {
  it('has at least sixty terms, a clause for every kind of step and for every coverage', () => {
    const clauses = [...library.clauses.values()];

    expect(library.glossary.size).toBeGreaterThanOrEqual(60);
    expect(new Set(clauses.flatMap((clause) => (clause.nature === 'step' ? [clause.step] : []))).size).toBe(9);
    expect(clauses.flatMap((clause) => (clause.nature === 'promise' ? [clause.coverage] : [])).sort()).toEqual([...library.coverages.keys()].sort());
  });

  it('has the own terms first, three other insurers, and at least twelve incidents with sources', () => {
    expect([...library.insurers.values()].map(({ own }) => own)).toEqual([true, false, false, false]);
    expect(library.incidents.size).toBeGreaterThanOrEqual(12);
    for (const { sources } of library.incidents.values()) expect(sources.length).toBeGreaterThan(0);
  });

  it('links every clause to a term, and every term that it links is in its text', () => {
    for (const { id, text, parts, terms } of library.clauses.values()) {
      expect(terms.length, id).toBeGreaterThan(0);
      const said = [text, ...parts.map((part) => part.text)].map(({ zh }) => zh).join('');
      expect(
        linkTerms(
          said,
          terms.map((term) => library.glossary.get(term)!),
          'zh',
        ).filter(({ term }) => term !== null).length,
        id,
      ).toBe(terms.length);
    }
  });

  it('links the longer of two names where one is inside the other, and loses no letter', () => {
    const terms = ['limit', 'sub-limit'].map((id) => library.glossary.get(id)!);

    expect(linkTerms('分项赔偿限额低于赔偿限额。', terms, 'zh')).toEqual([
      { text: '分项赔偿限额', term: 'sub-limit' },
      { text: '低于', term: null },
      { text: '赔偿限额', term: 'limit' },
      { text: '。', term: null },
    ]);
  });

  it('has another version as soon as one clause differs', () => {
    const wordings = alter(wordingFiles().wordings, 'scope', ({ clauses }: ClausesData) => (clauses[0]!.text.zh += '。'));

    expect(buildWordings({ ...wordingFiles(), wordings }, catalogue()).value!.version).not.toBe(library.version);
  });
});

describe('a library with faults', () => {
  it('tells a term that does not exist, one that the text lacks, and a word that the glossary avoids', () => {
    const wordings = alter(wordingFiles().wordings, 'computation', ({ clauses }: ClausesData) => {
      clauses.find(({ id }) => id === 'franchise')!.terms = ['franchise', 'premium', 'luck'];
      clauses.find(({ id }) => id === 'average')!.text.zh += '被保险人自付额另计。';
    });

    expect(problemsOf({ wordings })).toEqual([
      'computation.yaml average: `自付额` is avoided; the glossary’s word is `免赔额`',
      'computation.yaml franchise: the Chinese text does not use the term `保险费`',
      'computation.yaml franchise: the English text does not use the term `premium`',
      'computation.yaml franchise: no term `luck` in the glossary',
    ]);
  });

  it('tells slots that one language lacks, and a coverage that nothing promises', () => {
    const wordings = alter(wordingFiles().wordings, 'promises', ({ clauses }: ClausesData) => {
      clauses[0]!.text.zh = clauses[0]!.text.zh.replace('{trigger}', '');
      clauses.splice(1, 1);
    });

    expect(problemsOf({ wordings })).toEqual([
      'promises.yaml cover.business-interruption: the slots differ between the languages: ``, `{trigger}`',
      'computation.yaml data-restoration: no clause promises the coverage `data-restoration`',
    ]);
  });

  it('tells terms of an insurer that cannot be', () => {
    const insurers = alter(
      wordingFiles().insurers,
      'example-dongyu',
      (data: { own: boolean; lines: { coverage: string; subLimitMinor: number; waiting: unknown }[]; scope: unknown[] }) => {
        data.own = true;
        data.lines[1] = { ...data.lines[1]!, waiting: { hours: 8, manner: 'deduct', clock: 'all-hours' } };
        data.lines[2]!.subLimitMinor = 9e9;
        data.lines[3]!.coverage = 'meteor';
        data.scope.push({ clause: 'retention', paidShare: 0 });
      },
    );

    expect(problemsOf({ insurers })).toEqual([
      'example-dongyu.yaml lines.1: `data-restoration` is not time-based and has no waiting period',
      'example-dongyu.yaml lines.2: the sub-limit is higher than the limit',
      'example-dongyu.yaml lines.3: no coverage `meteor`',
      'example-dongyu.yaml scope.8.clause: no scope clause `retention`',
      'example-beiling.yaml own: one file holds the own terms, not 2',
    ]);
  });

  it('tells an incident whose hours do not re-add or are missing', () => {
    const incidents = alter(wordingFiles().incidents, 'ddos-evening', (data: { items: { amountMinor: number; hours: unknown }[] }) => {
      data.items[0]!.amountMinor += 1;
      data.items[1]!.hours = null;
    });

    expect(problemsOf({ incidents })).toEqual([
      'ddos-evening.yaml items.0: the hours cost 70000000, but the item 70000001',
      'ddos-evening.yaml items.1: `business-interruption` is time-based: hours must be given',
    ]);
  });

  it('tells a term that is defined twice', () => {
    const glossary = [
      ...wordingFiles().glossary,
      { path: 'content/glossary/more.yaml', data: { terms: [{ id: 'limit', zh: '限', en: 'cap', meaning: { zh: '限', en: 'cap' } }] } },
    ];

    expect(problemsOf({ glossary })[0]).toContain('the term `limit` is defined twice');
    expect(contentFiles('content/glossary').length).toBe(3);
  });
});
