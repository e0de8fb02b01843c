import { describe, expect, it } from 'vitest';
import { classPath, readWeaknesses } from './cwe.ts';

const bytes = (text: string): Uint8Array[] => [new TextEncoder().encode(text)];
const own = [
  'CWE-ID,Name,Weakness Abstraction,Status,Related Weaknesses',
  '707,Improper Neutralization,Pillar,Incomplete,',
  '74,Injection,Class,Incomplete,::NATURE:ChildOf:CWE ID:707:VIEW ID:1000:ORDINAL:Primary::',
  '89,SQL Injection,Base,Stable,::NATURE:ChildOf:CWE ID:74:VIEW ID:1000:ORDINAL:Primary::NATURE:ChildOf:CWE ID:20:VIEW ID:700::NATURE:PeerOf:CWE ID:12:VIEW ID:1000::',
].join('\n');

describe('the catalogue of weaknesses', () => {
  it('is read with the parents of the research view only', () => {
    expect(readWeaknesses(bytes(`${own}\n`)).get(89)).toEqual({ cwe: 89, name: 'SQL Injection', abstraction: 'Base', parents: [74] });
  });

  it('reads an extract with other column names alike', () => {
    const extract = 'cwe_id,name,abstraction,parents_view1000\n89,SQL Injection,Base,74;943\n';

    expect(readWeaknesses(bytes(extract)).get(89)?.parents).toEqual([74, 943]);
  });

  it('leads from a weakness to its pillar, and ends where the catalogue goes round', () => {
    const catalogue = readWeaknesses(bytes(`${own}\n`));
    const round = readWeaknesses(bytes('cwe_id,name,abstraction,parents_view1000\n1,A,Base,2\n2,B,Base,1\n'));

    expect(classPath(catalogue, 89).map(({ cwe }) => cwe)).toEqual([89, 74, 707]);
    expect(classPath(round, 1).map(({ cwe }) => cwe)).toEqual([1, 2]);
    expect(classPath(catalogue, 4242)).toEqual([]);
  });

  it.each([
    ['cut in the middle of a line', own, 'feed-cut-short'],
    ['with a number given twice', `${own}\n89,Again,Base,Stable,\n`, 'feed-entry-repeated'],
    ['with something that is no number', `${own}\nxx,Name,Base,Stable,\n`, 'feed-entry-unreadable'],
    ['of other columns', 'a,b\n1,2\n', 'unknown-feed-format'],
    ['without rows', `${own.split('\n')[0]}\n`, 'feed-empty'],
  ])('%s is refused', (_, text, code) => {
    expect(() => readWeaknesses(bytes(text))).toThrow(expect.objectContaining({ code }));
  });
});
