import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import openapiTs, { astToString } from 'openapi-typescript';
import { operations } from '../src/app/operations.ts';
import { describeApi, entrances } from '../src/http/index.ts';

/**
 * Files that are made from the operations: `openapi.json` and the portal's types of it. `npx tsx tools/generate.ts` writes them; a test
 * compares them with what would be written.
 */

const root = fileURLToPath(new URL('..', import.meta.url));

export interface Generated {
  readonly path: string;
  readonly text: string;
}

export async function generate(): Promise<readonly Generated[]> {
  const { version } = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as { version: string };
  const document = describeApi({ operations, entrances, version });
  const types = astToString(await openapiTs(document as never, { alphabetize: false, immutable: true }));
  return [
    { path: 'openapi.json', text: `${JSON.stringify(document, null, 1)}\n` },
    { path: 'web/api/schema.d.ts', text: `/** Made from the operations by tools/generate.ts; do not edit. */\n${types}` },
  ];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const { path, text } of await generate()) {
    writeFileSync(`${root}${path}`, text);
    console.log(path);
  }
}
