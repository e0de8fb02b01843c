import { expect, it } from 'vitest';
import { readScannerReport } from '../index.ts';
import { unnamedAsset } from '../../reading/index.ts';

const read = (scan: object) =>
  readScannerReport([new TextEncoder().encode(JSON.stringify({ banner: 'nginx', port: '80', ...scan }))], { now: '2026-06-01T00:00:00Z' });
const item = { id: '999', method: 'GET', msg: 'The server leaks its version.' };

it('says that an item of the server as a whole has no path', () => {
  const [found] = read({ host: 'www.example.com', vulnerabilities: [{ ...item, url: '' }] }).findings;

  expect(found).toMatchObject({ asset: { name: 'http://www.example.com' }, evidence: 'GET (no path / 无路径)\nThe server leaks its version.' });
});

it('does not take a scheme or a path for the name of a host that the report leaves out', () => {
  const report = read({ host: '', ip: '', vulnerabilities: [{ ...item, url: '/admin' }] });

  expect(report.findings.map(({ asset }) => [asset.name, asset.host])).toEqual([[unnamedAsset, null]]);
  expect(report.assets).toEqual([]);
});
