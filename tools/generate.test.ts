import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { generate } from './generate.ts';

test('the committed files are what the operations make of them (else: npx tsx tools/generate.ts)', async () => {
  for (const { path, text } of await generate()) {
    const file = fileURLToPath(new URL(`../${path}`, import.meta.url));
    expect(existsSync(file) && readFileSync(file, 'utf8') === text, `${path} is stale`).toBe(true);
  }
});
