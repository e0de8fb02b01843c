import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { scoreOfVector } from '../../src/domain/assessment/reading/index.ts';
import { describeShared, sharedDataPresent, sharedFolder } from './shared-data.ts';

/** Vector and the base score that two independent libraries agree on. */
function recomputed(): [string, number][] {
  if (!sharedDataPresent) return [];
  const lines = readFileSync(join(sharedFolder, 'data/vuln-intel/cvss/cvss_vectors_recorded_vs_recomputed.csv'), 'utf8').trim().split('\n').slice(1);
  return lines
    .map((line) => line.split(','))
    .filter((cells) => cells[2] !== '' && cells[2] === cells[3])
    .map((cells) => [cells[0]!, Number(cells[2])]);
}

describeShared('base scores of CVSS vectors that real tools recorded', () => {
  it.each(recomputed())('of %s is %d', (vector, score) => {
    expect(scoreOfVector(vector)).toBe(score);
  });
});
