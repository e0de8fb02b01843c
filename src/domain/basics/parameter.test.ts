import { describe, expect, it } from 'vitest';
import { buildParameters, valueOf } from './parameter.ts';

const common = { unit: 'factor', population: 'all', source: 'a book', provenance: 'V', confidence: 'H', effectiveFrom: '2026-01-01' };
const title = { zh: '系数', en: 'factor' };

describe('parameters', () => {
  it('take what their file has in common and may say otherwise', () => {
    const { value } = buildParameters([
      {
        path: 'p.yaml',
        data: {
          common,
          parameters: [
            { key: 'a', value: 1, title },
            { key: 'b', value: 2, title, source: 'another book' },
          ],
        },
      },
    ]);

    expect(valueOf(value!, 'b')).toBe(2);
    expect(value!.byKey.get('a')!.source).toBe('a book');
    expect(value!.byKey.get('b')!.source).toBe('another book');
  });

  it('fail without a source, and every fault is named with its file and place', () => {
    const { source: _, ...unsourced } = common;

    const { value, problems } = buildParameters([
      {
        path: 'p.yaml',
        data: {
          common: unsourced,
          parameters: [
            { key: 'a', value: 1, title },
            { key: 'b', value: 'two', title, source: 's' },
          ],
        },
      },
      {
        path: 'q.yaml',
        data: {
          common,
          parameters: [
            { key: 'c', value: 1, title },
            { key: 'c', value: 2, title },
          ],
        },
      },
      { path: 'r.yaml', data: [] },
    ]);

    expect(value).toBeNull();
    expect(problems.map(({ file, at }) => `${file} ${at}`)).toEqual([
      'r.yaml ',
      'p.yaml parameters.0.source',
      'p.yaml parameters.1.value',
      'q.yaml parameters.1.key',
    ]);
  });

  it('have one version for the same numbers in any order of files', () => {
    const [a, b] = ['a', 'b'].map((key) => ({ path: `${key}.yaml`, data: { common, parameters: [{ key, value: 1, title }] } }));

    expect(buildParameters([a!, b!]).value!.version).toBe(buildParameters([b!, a!]).value!.version);
  });
});
