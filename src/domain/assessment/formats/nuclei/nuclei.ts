import { z } from 'zod';
import {
  cvesIn,
  cvssOf,
  cwesIn,
  firstOf,
  hasKeys,
  hostOf,
  lines,
  readInstant,
  readScore,
  severityOf,
  shaped,
  type Format,
  type Json,
  type Position,
  type ReportGatherer,
} from '../../reading/index.ts';

/** nuclei's JSON lines, JSON array and pretty-printed exports of version 2 and 3. A record is one match. */
export const nuclei: Format = {
  id: 'nuclei',
  tool: 'nuclei',
  title: { zh: 'nuclei 模板扫描', en: 'nuclei template scan' },
  homepage: 'https://projectdiscovery.io/nuclei',
  choosesChecks: true,
  dialects: [
    {
      syntax: 'json',
      recognises: (root) => isMatch(root) || isMatch(firstOf(root)),
      records: ['', '[]'],
      sequence: true,
      emptyFile: true,
      open: (report) => ({ record: (value, path) => readMatch(report, value, path) }),
    },
  ],
};

const isMatch = (value: Json | undefined): boolean =>
  hasKeys(value, 'info') && (hasKeys(value, 'template-id') || hasKeys(value, 'templateID') || hasKeys(value, 'template'));

const texts = z.union([z.array(z.string()), z.string()]).nullish();

/** Version 2 writes `templateID`, `matched` and `extracted_results` where version 3 writes `template-id`, `matched-at` and `extracted-results`. */
const Match = z.object({
  'template-id': z.string().nullish(),
  templateID: z.string().nullish(),
  info: z.object({
    name: z.string().nullish(),
    severity: z.string().nullish(),
    description: z.string().nullish(),
    remediation: z.string().nullish(),
    reference: texts,
    classification: z
      .object({ 'cve-id': texts, 'cwe-id': texts, 'cvss-metrics': z.string().nullish(), 'cvss-score': z.union([z.number(), z.string()]).nullish() })
      .nullish(),
  }),
  'matcher-name': z.string().nullish(),
  matcher_name: z.string().nullish(),
  type: z.string().nullish(),
  host: z.string().nullish(),
  port: z.union([z.string(), z.number()]).nullish(),
  ip: z.string().nullish(),
  url: z.string().nullish(),
  'matched-at': z.string().nullish(),
  matched: z.string().nullish(),
  'extracted-results': texts,
  extracted_results: texts,
  timestamp: z.string().nullish(),
});
type Match = z.infer<typeof Match>;

function readMatch(report: ReportGatherer, value: Json, path: Position): void {
  if (Array.isArray(value)) return;
  report.record();
  const match = shaped(Match, value, path);
  const { info } = match;
  const score = readScore(String(info.classification?.['cvss-score'] ?? ''));
  const seen = readInstant(match.timestamp);
  report.scanned(seen, seen);
  const id = match['template-id'] ?? match.templateID ?? info.name ?? '';
  const matcher = match['matcher-name'] ?? match.matcher_name ?? '';
  report.add({
    checkId: matcher === '' ? id : `${id}:${matcher}`,
    title: lines(info.name ?? id) + (matcher === '' ? '' : ` (${matcher})`),
    severity: severityOf(info.severity ?? '', score),
    toolSeverity: info.severity ?? '',
    cves: cvesOf(match, id),
    cwes: cwesIn(...list(info.classification?.['cwe-id'])),
    cvss: cvssOf({ vector: info.classification?.['cvss-metrics'], score }),
    asset: assetOf(match),
    firstSeen: seen,
    lastSeen: seen,
    evidence: lines(list(match['extracted-results'] ?? match.extracted_results).join('\n'), info.description),
    remedy: info.remediation ?? '',
  });
}

const list = (value: string | string[] | null | undefined): string[] => (value == null ? [] : Array.isArray(value) ? value : [value]);

/** The template's classification; older templates name the CVE only in their id or references. */
function cvesOf(match: Match, id: string): string[] {
  const classified = cvesIn(...list(match.info.classification?.['cve-id']));
  return classified.length > 0 ? classified : cvesIn(id, match.info.name ?? '', ...list(match.info.reference));
}

function assetOf(match: Match) {
  const at = match['matched-at'] ?? match.matched ?? match.url ?? match.host ?? '';
  const { host, port } = hostOf(at);
  const isUrl = /^https?:\/\//i.test(at);
  return {
    kind: isUrl ? ('url' as const) : ('host' as const),
    name: isUrl ? at : (host ?? at),
    host: host ?? hostOf(match.host ?? '').host,
    port,
    service: match.type ?? null,
  };
}
