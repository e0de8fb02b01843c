import { describe, expect, it } from 'vitest';
import { contentFiles } from '../../../test/tariff.ts';
import type { ContentFile } from '../basics/index.ts';
import { buildCatalogue } from './build.ts';
import { Peril } from './model.ts';

const coverages = contentFiles('content/coverages');
const packages = contentFiles('content/packages');
const rows = Array.from({ length: 13 }, (_, i) => `R${48 + i}`);

/** The file with one part of its data replaced. */
const altered = (files: readonly ContentFile[], name: string, change: (data: Record<string, unknown>) => unknown): ContentFile[] =>
  files.map(({ path, data }) => ({ path, data: path.endsWith(`/${name}.yaml`) ? change(structuredClone(data) as Record<string, unknown>) : data }));

describe('the catalogue in content', () => {
  const { value: catalogue, problems } = buildCatalogue({ coverages, packages });

  it('is free of problems', () => expect(problems).toEqual([]));

  it('has the thirteen coverages of Table 2, seven of property and six of liability', () => {
    const all = [...catalogue!.coverages.values()].filter(({ row }) => row.startsWith('R'));

    expect(all.map(({ row }) => row).sort()).toEqual(rows);
    expect(all.filter((coverage) => coverage.class === 'property').length).toBe(7);
  });

  it('has the four coverages that the table lacks, of which regulatory exposure is not for sale', () => {
    const added = [...catalogue!.coverages.values()].filter(({ row }) => row.startsWith('OED-'));

    expect(added.map(({ id, oed, offered }) => [id, oed, offered ?? true])).toEqual([
      ['contingent-business-interruption', '8', true],
      ['extortion', '10', true],
      ['funds-transfer-fraud', '11', true],
      ['regulatory-exposure', '14', false],
    ]);
    expect([...catalogue!.packages.values()].flatMap(({ cover }) => cover.lines.map((line) => line.coverage))).not.toContain('regulatory-exposure');
  });

  it('has a package for each of the five insuring scenarios and the five product templates of the report', () => {
    const rowsOf = (kind: string): (string | undefined)[] => [...catalogue!.packages.values()].filter((one) => one.kind === kind).map(({ row }) => row);

    expect(rowsOf('scenario').sort()).toEqual(['R102', 'R95', 'R96', 'R97', 'R99']);
    expect(rowsOf('template').length).toBe(5);
  });

  it('answers to every peril and never to more than the whole of one', () => {
    for (const peril of Peril.options) {
      const sum = [...catalogue!.coverages.values()]
        .flatMap(({ shares }) => shares.filter((share) => share.peril === peril))
        .reduce((total, { share }) => total + share, 0);
      expect(sum, peril).toBeGreaterThan(0);
      expect(sum, peril).toBeLessThanOrEqual(1 + 1e-9);
    }
  });

  it('has the same version whatever the order of its files', () => {
    expect(buildCatalogue({ coverages: coverages.toReversed(), packages: packages.toReversed() }).value!.version).toBe(catalogue!.version);
  });
});

describe('a catalogue with faults', () => {
  it('is refused whole, every fault with its file and place', () => {
    const misread = altered(coverages, 'media-liability', (data) => ({ ...data, row: 57 }));
    const greedy = altered(misread, 'product-liability', (data) => ({ ...data, shares: [{ peril: 'product-liability', share: 0.95 }] }));
    const basic = packages.filter(({ path }) => path.endsWith('/sme-basic.yaml'));
    const lines = [
      { coverage: 'meteor', subLimitMinor: 1, waitingHours: null },
      { coverage: 'incident-response', subLimitMinor: 1e12, waitingHours: 4 },
    ];

    const { value, problems } = buildCatalogue({
      coverages: greedy,
      packages: altered(basic, 'sme-basic', (data) => ({ ...data, cover: { ...(data['cover'] as object), lines } })),
    });

    expect(value).toBeNull();
    expect(problems.map(({ file, at }) => `${file} ${at}`)).toEqual([
      'content/coverages/media-liability.yaml row',
      'content/coverages/business-interruption.yaml shares',
      'content/packages/sme-basic.yaml cover.lines.0.coverage',
      'content/packages/sme-basic.yaml cover.lines.1.waitingHours',
      'content/packages/sme-basic.yaml cover.lines.1.subLimitMinor',
    ]);
  });

  it('tells when a file does not bear the name of its id', () => {
    const { problems } = buildCatalogue({ coverages: altered(coverages, 'media-liability', (data) => ({ ...data, id: 'media' })), packages: [] });

    expect(problems).toEqual([{ file: 'content/coverages/media-liability.yaml', at: 'id', message: expect.stringContaining('`media`') as string }]);
  });
});
