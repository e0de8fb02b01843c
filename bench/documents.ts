import { performance } from 'node:perf_hooks';
import { Documents } from '../src/io/documents/index.ts';
import { samplePolicy } from '../src/io/documents/sample.ts';

/** Time to make a policy schedule: the first, with the start of the typesetter, and the mean of the next ones. */
const documents = new Documents();
const make = (number: string): Promise<Uint8Array> => documents.make({ kind: 'policy-schedule', language: 'zh', data: { ...samplePolicy, number } });
const rounds = 50;

const began = performance.now();
const first = await make('first');
const warm = performance.now();
for (let i = 0; i < rounds; i += 1) await make(`next-${i}`);
const done = performance.now();
documents.close();

console.log(
  JSON.stringify({
    bench: 'documents',
    kind: 'policy-schedule',
    bytes: first.length,
    firstMillis: Math.round(warm - began),
    nextMillis: Math.round((done - warm) / rounds),
    rounds,
  }),
);
