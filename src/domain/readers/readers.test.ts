import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Refusal } from '../basics/index.ts';
import { CsvReader, decodeText, handOnRecords, JsonReader, readAtOnce, readInstant, readingLimits, XmlReader, type Json, type XmlElement } from './index.ts';

const limits = readingLimits;

interface ReadJson {
  documents: Json[];
  records: [string, Json][];
}

function readJson(text: string, options: { records?: string[]; sequence?: boolean; size?: number; atOnce?: boolean } = {}): ReadJson {
  const documents: Json[] = [];
  const records: [string, Json][] = [];
  const asked = {
    records: options.records ?? [],
    sequence: options.sequence ?? false,
    limits,
    onRecord: (value: Json, path: string) => void records.push([path, value]),
    onDocument: (value: Json) => void documents.push(value),
  };
  const value = options.atOnce ? readAtOnce(text, limits) : undefined;
  if (value === undefined) readInPieces(new JsonReader(asked), text, options.size ?? text.length);
  else handOnRecords(value, asked);
  return { documents, records };
}

function readInPieces(reader: JsonReader, text: string, size: number): void {
  for (let at = 0; at < text.length; at += size) reader.write(text.slice(at, at + size));
  reader.close();
}

/** What a reader answers, or the code and place of its refusal. */
function answerOf(text: string, options: Parameters<typeof readJson>[1]): unknown {
  try {
    return readJson(text, options);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { code: error.code, message: error.message, facts: error.facts };
  }
}

describe('JSON read at once', () => {
  const recordSets = [[], [''], ['[]'], ['a[]', 'b'], ['a[].b[]', 'a[]'], ['a.*', '*.b']];
  const key = fc.constantFrom('a', 'b', 'c', '__proto__', 'constructor');
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof({ maxDepth: 5 }, fc.constantFrom('x"y\\z', 'é😀', '\u0000', '\ud800', '', 0, -1.5e-7, 1e300, true, null), tie('list'), tie('object')),
    list: fc.array(tie('value'), { maxLength: 4 }),
    object: fc.dictionary(key, tie('value'), { maxKeys: 4 }),
  }));

  it('answers like the strict reader', () => {
    fc.assert(
      fc.property(value, fc.constantFrom(...recordSets), fc.boolean(), (json, records, pretty) => {
        const text = JSON.stringify(json, null, pretty ? 2 : 0);

        expect(answerOf(text, { records, atOnce: true })).toEqual(answerOf(text, { records }));
      }),
      { seed: 8, numRuns: 1000 },
    );
  });

  it('refuses like the strict reader, with the same code and place', () => {
    const edit = fc.record({
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      put: fc.constantFrom('', '"', ',', ':', '{', ']', '1e999', '\\u0000', '\\ud800', '\\x', '"a":1,', '\n'),
    });
    fc.assert(
      fc.property(value, edit, fc.constantFrom(...recordSets), (json, { at, put }, records) => {
        const whole = JSON.stringify(json);
        const place = Math.floor(at * whole.length);
        const text = whole.slice(0, place) + put + whole.slice(place);

        expect(answerOf(text, { records, atOnce: true })).toEqual(answerOf(text, { records }));
      }),
      { seed: 9, numRuns: 3000 },
    );
  });

  it('leaves a key given twice, and a nesting that the language would read, to the strict reader', () => {
    expect(answerOf('{"a":1,"a":2}', { atOnce: true })).toMatchObject({ code: 'duplicate-key' });
    expect(answerOf(`${'['.repeat(100_000)}${']'.repeat(100_000)}`, { atOnce: true })).toMatchObject({ code: 'nested-too-deep' });
  });
});

describe('JSON', () => {
  it('reads what JSON.parse reads, in pieces of any size', () => {
    fc.assert(
      fc.property(fc.jsonValue({ depthSize: 'small' }), fc.integer({ min: 1, max: 9 }), fc.boolean(), (value, size, pretty) => {
        const text = JSON.stringify(value, null, pretty ? 2 : 0);

        expect(readJson(text, { size }).documents).toEqual([JSON.parse(text.replace(/\\u0000/g, '\\ufffd'))]);
      }),
      { seed: 5, numRuns: 300 },
    );
  });

  it('refuses what JSON.parse refuses', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'{}[]",:0123.eE+-nulltrue \\'), maxLength: 12 }), (text) => {
        let parsed: unknown;
        try {
          parsed = JSON.parse(text);
        } catch {
          expect(() => readJson(text)).toThrow();
          return;
        }
        if (Number.isFinite(parsed) || typeof parsed !== 'number') expect(() => readJson(text)).not.toThrow(/malformed/);
      }),
      { seed: 6, numRuns: 3000 },
    );
  });

  it('hands out records with their paths and forgets them', () => {
    const { records, documents } = readJson('{"a":1,"runs":[{"results":[1,{"x":2}]},{"results":[]}],"by":{"k":3}}', { records: ['runs[].results[]', 'by.*'] });

    expect(records).toEqual([
      ['$.runs[0].results[0]', 1],
      ['$.runs[0].results[1]', { x: 2 }],
      ['$.by.k', 3],
    ]);
    expect(documents).toEqual([{ a: 1, runs: [{ results: [] }, { results: [] }], by: {} }]);
  });

  it.each([
    ['{"a":1,\n"a":2}', 'duplicate-key', '2:1'],
    ['{"a":\n [1,\n  nul]}', 'malformed-json', '3:3'],
    ['{"a":1', 'malformed-json', '1:7'],
    ['[1e400]', 'malformed-json', '1:2'],
    ['{"a":1} x', 'malformed-json', '1:9'],
    ['["\t"]', 'malformed-json', '1:3'],
  ])('refuses %j as %s at %s', (text, code, position) => {
    expect(() => readJson(text)).toThrow(expect.objectContaining({ code, facts: expect.objectContaining({ position }) }));
  });

  it('keeps __proto__ an ordinary key and replaces what no database keeps', () => {
    const [value] = readJson('{"__proto__":{"x":1},"n":"a\\u0000\\ud800b"}').documents as [Record<string, unknown>];

    expect(Object.keys(value)).toEqual(['__proto__', 'n']);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(value['n']).toBe('a\ufffd\ufffdb');
  });

  it('refuses nesting beyond the limit', () => {
    expect(() => readJson('['.repeat(65) + ']'.repeat(65))).toThrow(expect.objectContaining({ code: 'nested-too-deep' }));
  });
});

function readXml(text: string, records: string[] = []): { root: XmlElement | null; records: XmlElement[] } {
  const found: XmlElement[] = [];
  const reader = new XmlReader({ records, limits, onRecord: (element) => found.push(element) });
  reader.write(text);
  reader.close();
  return { root: reader.root, records: found };
}

describe('XML', () => {
  it('hands out records with their ancestors and forgets them', () => {
    const { root, records } = readXml('<a><b n="1">x<![CDATA[&y]]></b><c/></a>', ['b']);

    expect(records.map((b) => [b.attributes['n'], b.text])).toEqual([['1', 'x&y']]);
    expect(root?.children.map((c) => c.name)).toEqual(['c']);
  });

  it.each(['<!DOCTYPE nmaprun>', '<!DOCTYPE a SYSTEM "http://a.example/a.dtd">', '<!DOCTYPE a [\n<!ELEMENT a (b*)>\n<!ATTLIST a x CDATA "">\n]>'])(
    'accepts %j, which defines nothing',
    (doctype) => {
      expect(readXml(`${doctype}<a/>`).root?.name).toBe('a');
    },
  );

  it.each([
    '<!DOCTYPE a [<!ENTITY x "y">]>',
    '<!DOCTYPE a [<!ENTITY % p SYSTEM "http://127.0.0.1:9/">%p;]>',
    '<!DOCTYPE a [%p;]>',
    '<!DOCTYPE a [<!NOTATION n SYSTEM "x">]>',
  ])('refuses %j', (doctype) => {
    expect(() => readXml(`${doctype}<a/>`)).toThrow(expect.objectContaining({ code: 'dtd-not-allowed' }));
  });

  it('says where the XML is malformed', () => {
    expect(() => readXml('<a>\n<b></a>')).toThrow(expect.objectContaining({ code: 'malformed-xml', facts: { position: expect.stringMatching(/^2:/) } }));
  });
});

function readCsv(text: string, size = text.length): Record<string, string>[] {
  const rows: Record<string, string>[] = [];
  let header: readonly string[] = [];
  const reader = new CsvReader({
    limits,
    onHeader: (names) => {
      header = names;
    },
    onRow: (row) => rows.push(Object.fromEntries(header.map((name) => [name, row.cell(name)]))),
  });
  for (let at = 0; at < text.length; at += size) reader.write(text.slice(at, at + size));
  reader.close();
  return rows;
}

describe('CSV', () => {
  it('reads quoted cells with separators, quotes and line breaks, in pieces of any size', () => {
    const text = 'a;b\r\n"x;1";"say ""hi""\nthere"\r\n\r\n2;3';

    for (const size of [1, 3, 100])
      expect(readCsv(text, size)).toEqual([
        { a: 'x;1', b: 'say "hi"\nthere' },
        { a: '2', b: '3' },
      ]);
  });

  it('reads a header of nothing but quotes in time that grows with its length', () => {
    const start = performance.now();

    expect(() => readCsv('"'.repeat(100_001))).toThrow(expect.objectContaining({ code: 'malformed-csv' }));
    expect(performance.now() - start).toBeLessThan(500);
  });

  it.each([
    ['a,b\n"open,1\nx,2\n', 'malformed-csv', 'row 2'],
    ['a,b\n1,2,3\n', 'row-does-not-fit', 'row 2'],
    ['a,b\n"x"y,2\n', 'malformed-csv', 'row 2'],
    ['a,b\n\u0000,2\n', 'malformed-csv', 'row 2'],
  ])('refuses %j as %s at %s', (text, code, position) => {
    expect(() => readCsv(text)).toThrow(expect.objectContaining({ code, facts: expect.objectContaining({ position }) }));
  });
});

describe('bytes', () => {
  const decode = (bytes: readonly number[]): string => [...decodeText([new Uint8Array(bytes)], limits)].join('');
  const gbk = [0xcd, 0xf8, 0xc2, 0xe7];

  it('are decoded as they declare: UTF-8 with or without mark, UTF-16 with mark, GBK in an XML declaration', () => {
    expect(decode([0xef, 0xbb, 0xbf, 0x61])).toBe('a');
    expect(decode([0xff, 0xfe, 0x61, 0x00])).toBe('a');
    expect(decode([...new TextEncoder().encode('<?xml version="1.0" encoding="GBK"?>'), ...gbk])).toContain('网络');
  });

  it('are refused at the first byte that is not UTF-8, with a hint when they would be GBK', () => {
    expect(() => decode([0x61, 0x0a, 0x62, ...gbk])).toThrow(expect.objectContaining({ code: 'not-utf-8', facts: { position: '2:2', hint: 'GBK' } }));
  });

  it('are refused when the declared encoding is not known', () => {
    expect(() => decode([...new TextEncoder().encode('<?xml version="1.0" encoding="EBCDIC-X"?>')])).toThrow(
      expect.objectContaining({ code: 'unsupported-encoding' }),
    );
  });
});

describe('times', () => {
  it.each([
    ['2026-01-01T08:00:00+08:00', '2026-01-01T00:00:00Z'],
    ['1581930445', '2020-02-17T09:07:25Z'],
    ['Tue Jun 25 10:39:42 2013', '2013-06-25T10:39:42Z'],
    ['Tue, 12 May 2020 20:57:30', '2020-05-12T20:57:30Z'],
    ['05/13/2021 07:08:28', '2021-05-13T07:08:28Z'],
    ['32503680000', '2100-12-31T23:59:59Z'],
    ['0', null],
    ['', null],
    ['soon', null],
    ['2026-02-30', null],
    ['Thu Jan  1 01:00:00 1970', null],
  ])('%j is %s', (text, instant) => {
    expect(readInstant(text)).toBe(instant);
  });
});
