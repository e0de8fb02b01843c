import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { asOwner } from '../../src/io/store/index.ts';
import { useDatabase } from '../postgres.ts';
import { describeShared, sharedFolder } from './shared-data.ts';

describeShared('the shared check of row-level security', () => {
  const world = useDatabase();

  test('finds nothing', async () => {
    const check = readFileSync(join(sharedFolder, 'hostile', 'rlscheck.sql'), 'utf8');

    const { rows } = await asOwner(world.database.ownerUrl, (owner) => owner.query(check));

    expect(rows).toEqual([]);
  });
});
