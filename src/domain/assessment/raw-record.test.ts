import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Asset } from './finding.ts';
import { findRawRecord } from './raw-record.ts';

const host = (name: string, port: number | null = null): Asset => ({ kind: 'host', name, host: name, port, service: null, version: null });
const named = (checkId: string, name: string) => ({ checkId, cves: [], title: `title of ${checkId}`, asset: host(name) });

describe('the raw record of a finding', () => {
  it('is the whole object of a JSON report that names it, on the right host', () => {
    const records = ['a.example.com', 'b.example.com'].map((name) => ({ template: 'CVE-2024-0001', host: name, info: { text: 'a "quoted" } brace' } }));
    const report = JSON.stringify({ padding: 'x'.repeat(7000), results: records }, null, 2);

    const raw = findRawRecord(report, named('CVE-2024-0001', 'b.example.com'))!;

    expect(JSON.parse(raw.text)).toEqual(records[1]);
    expect(report.split('\n')[raw.line - 1]!.trim()).toBe('{');
    expect(raw.cut).toBe(false);
  });

  it('is the element of an XML report', () => {
    const item = (id: string) => `<ReportItem pluginID="${id}" port="443"><risk a="x>y">High</risk><br/><!-- </ReportItem> --></ReportItem>`;
    const report = `<?xml version="1.0"?>\n<Report note="${'x'.repeat(7000)}">\n${item('10')}\n${item('11')}\n</Report>`;

    expect(findRawRecord(report, named('11', 'absent.example.com'))).toEqual({ line: 4, text: item('11'), cut: false });
  });

  it('is the record and not the whole of a small JSON report, whatever stands in a list inside it', () => {
    const records = ['a.example.com', 'b.example.com'].map((name) => ({ ids: [{ type: 'CVE', value: 'CVE-2024-0001' }], host: name, note: 'x' }));
    const report = JSON.stringify({ results: records }, null, 2);

    expect(JSON.parse(findRawRecord(report, named('CVE-2024-0001', 'b.example.com'))!.text)).toEqual(records[1]);
  });

  it('is the element and not the whole of a small XML report', () => {
    const result = (id: string) => `<result><nvt oid="${id}"><name>title of ${id}</name></nvt><host>h.example.com</host></result>`;
    const report = `<report><results>${result('10.1')}${result('11.1')}</results></report>`;

    expect(findRawRecord(report, named('11.1', 'h.example.com'))!.text).toBe(result('11.1'));
  });

  it('is the line of a table', () => {
    expect(findRawRecord('id,host\n7,a.example.com\n8,b.example.com\n', named('8', 'b.example.com'))).toMatchObject({ line: 3, text: '8,b.example.com' });
  });

  it('is cut where a record is long, around what names it', () => {
    const raw = findRawRecord(`${'x'.repeat(9000)} check-12 ${'y'.repeat(9000)}`, named('check-12', 'h.example.com'))!;

    expect(raw.cut).toBe(true);
    expect(raw.text).toContain('check-12');
    expect(raw.text.length).toBeLessThanOrEqual(6000);
  });

  it('is nothing where the report does not name it', () => {
    expect(findRawRecord('{"a": 1}', named('check-12', 'h.example.com'))).toBeNull();
  });

  it('is always a part of the report, whatever the report is', () => {
    const part = fc.constantFrom('<a>', '</a>', '<b x="', '{', '}', '"', '\\', '\n', 'check-12', '<!--', ']]>', ' ');
    fc.assert(
      fc.property(fc.array(part, { maxLength: 60 }), (parts) => {
        const report = parts.join('');
        const raw = findRawRecord(report, named('check-12', 'h.example.com'));
        return raw === null ? !report.includes('check-12') : report.includes(raw.text) && raw.text.includes('check-12');
      }),
      { seed: 17, numRuns: 500 },
    );
  });
});
