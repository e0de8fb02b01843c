import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { closeReportReader, unpackApart } from '../../src/io/reading/index.ts';
import { boundMillis, hostileCorpus } from './hostile-corpus.ts';
import { describeShared } from './shared-data.ts';

/** The refusal that each archive of the corpus meets; null: it is unpacked, or is no archive and left to the readers of reports. */
const expected: Readonly<Record<string, readonly (string | null)[]>> = {
  Z01: ['archive-path-forbidden'],
  Z02: ['archive-path-forbidden'],
  Z03: ['archive-link-forbidden'],
  Z04: ['archive-too-large'],
  Z05: ['archive-nested'],
  Z06: ['archive-members-overlap', 'archive-too-large'],
  Z07: ['archive-damaged'],
  Z08: ['archive-too-large'],
  Z09: ['archive-names-collide'],
  Z10: [null],
  Z11: ['archive-damaged'],
  Z12: ['archive-encrypted'],
  Z13: [null],
  Z14: ['archive-too-large'],
};

describeShared('hostile archives', () => {
  const { folder, cases } = hostileCorpus();
  afterAll(closeReportReader);

  const archives = cases.filter(({ id }) => id in expected).map(({ id, file, expect: wish }) => [id, file, wish] as const);

  test('are all there', () => {
    expect(archives.map(([id]) => id).sort()).toEqual(Object.keys(expected).sort());
  });

  test.each(archives)('%s %s: %s', async (id, file) => {
    const left = (): string[] => readdirSync(tmpdir()).filter((name) => name.startsWith('riskloop-archive-'));
    const before = left().length;
    const began = performance.now();
    let code: string | null = null;
    try {
      const archive = await unpackApart(join(folder, file));
      if (id === 'Z10') expect(archive!.members.map(({ name, path }) => [name, readFileSync(path).length > 0])).toEqual([['扫描报告.xml', true]]);
      archive?.discard();
    } catch (error) {
      code = (error as { code: string }).code;
    }

    expect(expected[id]).toContain(code);
    expect(performance.now() - began).toBeLessThan(boundMillis);
    expect(left().length).toBeLessThanOrEqual(before);
  });
});
