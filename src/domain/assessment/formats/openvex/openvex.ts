import { z } from 'zod';
import {
  cvesIn,
  lines,
  member,
  packageAsset,
  readInstant,
  readPurl,
  shaped,
  unratedSeverity,
  type Format,
  type Json,
  type Position,
  type ReportGatherer,
} from '../../reading/index.ts';

/** OpenVEX statements. A record is a statement; each product it names is an asset. */
export const openvex: Format = {
  id: 'openvex',
  tool: 'OpenVEX',
  title: { zh: 'OpenVEX 漏洞影响声明', en: 'OpenVEX statements' },
  homepage: 'https://openvex.dev/',
  dialects: [
    {
      syntax: 'json',
      recognises: (root) => String(member(root, '@context') ?? '').includes('openvex'),
      records: ['statements[]'],
      open: (report) => ({ record: (value, path) => readStatement(report, value, path), end: (root) => readHead(report, root) }),
    },
  ],
};

const text = z.string().nullish();
const Head = z.object({ timestamp: text });
const Product = z.union([
  z.string().transform((id) => ({ '@id': id, identifiers: null })),
  z.object({ '@id': text, identifiers: z.object({ purl: text }).nullish() }),
]);
const Statement = z.object({
  vulnerability: z.union([
    z.string().transform((name) => ({ name, '@id': null, aliases: null, description: null })),
    z.object({ name: text, '@id': text, aliases: z.array(z.string()).nullish(), description: text }),
  ]),
  products: z.array(Product).nullish(),
  status: z.string(),
  justification: text,
  impact_statement: text,
  action_statement: text,
  timestamp: text,
});

function readHead(report: ReportGatherer, root: Json): void {
  const { timestamp } = shaped(Head, root, '$');
  const at = readInstant(timestamp);
  report.scanned(at, at);
}

/** A statement that a product is not affected, or fixed, is kept as suppressed: it says why a scanner's finding need not count. */
function readStatement(report: ReportGatherer, value: Json, path: Position): void {
  report.record();
  const statement = shaped(Statement, value, path);
  const { vulnerability, status } = statement;
  const id = vulnerability.name ?? vulnerability['@id'] ?? 'unnamed';
  for (const product of statement.products?.length ? statement.products : [{ '@id': 'the product', identifiers: null }]) {
    const ref = product.identifiers?.purl ?? product['@id'] ?? '';
    const purl = readPurl(ref);
    report.add({
      checkId: id,
      title: `${id}: ${status.replaceAll('_', ' ')}`,
      severity: unratedSeverity,
      toolSeverity: '',
      cves: cvesIn(id, ...(vulnerability.aliases ?? [])),
      asset: packageAsset({ name: purl?.name ?? ref, version: purl?.version, ecosystem: purl?.ecosystem }),
      firstSeen: readInstant(statement.timestamp),
      evidence: lines(status, statement.justification, statement.impact_statement, vulnerability.description),
      remedy: statement.action_statement ?? '',
      suppressed: status === 'not_affected' || status === 'fixed',
    });
  }
}
