import { z } from 'zod';
import {
  child,
  cvesIn,
  cvssOf,
  cwesIn,
  hasKeys,
  hostOf,
  lines,
  plainText,
  readInstant,
  readScore,
  severityOf,
  shaped,
  textOf,
  childrenNamed,
  attribute,
  type Format,
  type Json,
  type Position,
  type ReportGatherer,
  type XmlElement,
} from '../../reading/index.ts';

/** Acunetix XML (`ScanGroup`) and Acunetix 360 (Invicti) JSON. A record is a report item. */
export const acunetix: Format = {
  id: 'acunetix',
  tool: 'Acunetix',
  title: { zh: 'Acunetix 网站应用扫描', en: 'Acunetix web application scan' },
  homepage: 'https://www.acunetix.com/',
  choosesChecks: true,
  dialects: [
    {
      syntax: 'xml',
      recognises: (root) => root.name === 'ScanGroup',
      records: ['ReportItem', 'SiteFiles'],
      open: (report) => ({
        record: (item, ancestors) => {
          if (item.name === 'ReportItem')
            readItem(
              report,
              item,
              ancestors.find((a) => a.name === 'Scan'),
            );
        },
        end: (root) => readScans(report, root),
      }),
    },
    {
      syntax: 'json',
      recognises: (root) => hasKeys(root, 'Generated', 'Target'),
      records: ['Vulnerabilities[]'],
      open: (report) => ({ record: (value, path) => readVulnerability(report, value, path), end: (root) => readTarget(report, root) }),
    },
  ],
};

function readScans(report: ReportGatherer, root: XmlElement): void {
  for (const scan of childrenNamed(root, 'Scan')) {
    report.looked(siteOf(scan));
    report.scanned(readInstant(britishDate(textOf(scan, 'StartTime'))), readInstant(britishDate(textOf(scan, 'FinishTime'))));
  }
}

/** `28/02/2020, 05:13:54` and `25/06/2021 01:46 AM` put the day first. */
function britishDate(text: string): string {
  const match = /^(\d{2})\/(\d{2})\/(\d{4}),?\s+(\d{2}):(\d{2})(?::(\d{2}))?\s*(AM|PM)?/i.exec(text);
  if (match === null) return text;
  const [, day, month, year, hour, minute, second, half] = match;
  const hours = half === undefined ? Number(hour) : (Number(hour) % 12) + (/pm/i.test(half) ? 12 : 0);
  return `${year}-${month}-${day}T${String(hours).padStart(2, '0')}:${minute}:${second ?? '00'}Z`;
}

const siteOf = (scan: XmlElement | undefined): string => attribute(scan && child(scan, 'Crawler'), 'StartUrl') || textOf(scan, 'StartURL');

function readItem(report: ReportGatherer, item: XmlElement, scan: XmlElement | undefined): void {
  report.record();
  const site = siteOf(scan);
  const cvss = cvssOf({
    vector: textOf(item, 'CVSS3', 'Descriptor') || textOf(item, 'CVSS', 'Descriptor'),
    score: readScore(textOf(item, 'CVSS3', 'Score') || textOf(item, 'CVSS', 'Score')),
  });
  const cwe = child(item, 'CWEList');
  report.add({
    checkId: textOf(item, 'ModuleName') || textOf(item, 'Name'),
    title: textOf(item, 'Name'),
    severity: severityOf(textOf(item, 'Severity'), cvss?.score ?? null),
    toolSeverity: textOf(item, 'Severity'),
    cves: cvesIn(textOf(item, 'Name'), ...(child(item, 'CVEList')?.children ?? []).map((c) => c.text)),
    cwes: cwesIn(...(cwe === undefined ? [] : childrenNamed(cwe, 'CWE').map((c) => c.text))),
    cvss,
    asset: {
      kind: 'url',
      name: site.replace(/\/$/, '') + textOf(item, 'Affects'),
      part: textOf(item, 'Parameter') ? ` [${textOf(item, 'Parameter')}]` : '',
      ...hostOf(site),
    },
    evidence: lines(plainText(textOf(item, 'Details')), plainText(textOf(item, 'Description'))),
    remedy: plainText(textOf(item, 'Recommendation')),
    suppressed: /^(?:1|true)$/i.test(textOf(item, 'IsFalsePositive')),
  });
}

const text = z.string().nullish();
const Score = z.object({ BaseScore: z.object({ Value: text }).nullish(), Vector: text }).nullish();
const Head = z.object({ Target: z.object({ Url: text, Initiated: text }) });
const Vulnerability = z.object({
  Name: z.string(),
  Url: text,
  Severity: text,
  State: text,
  Type: text,
  Description: text,
  RemedialProcedure: text,
  RemedialActions: text,
  Impact: text,
  FirstSeenDate: text,
  LastSeenDate: text,
  Classification: z.object({ Cwe: text, Cvss: Score, Cvss31: Score }).nullish(),
  ExtraInformation: z.array(z.object({ Name: text, Value: text })).nullish(),
});

function readTarget(report: ReportGatherer, root: Json): void {
  const { Target } = shaped(Head, root, '$');
  const at = readInstant(britishDate(Target.Initiated ?? ''));
  report.looked(Target.Url ?? '');
  report.scanned(at, at);
}

/** States are a list in words: `Present, FalsePositive`, `Revived`, `Present, AcceptedRisk`, `Fixed (Confirmed)`. */
function readVulnerability(report: ReportGatherer, value: Json, path: Position): void {
  report.record();
  const v = shaped(Vulnerability, value, path);
  const stated = v.Classification?.Cvss31 ?? v.Classification?.Cvss;
  const cvss = cvssOf({ vector: stated?.Vector, score: readScore(stated?.BaseScore?.Value ?? '') });
  const url = v.Url ?? '';
  report.add({
    checkId: v.Type ?? v.Name,
    title: v.Name,
    severity: severityOf(v.Severity ?? '', cvss?.score ?? null),
    toolSeverity: v.Severity ?? '',
    cves: cvesIn(v.Name),
    cwes: cwesIn(v.Classification?.Cwe ?? ''),
    cvss,
    asset: { kind: 'url', name: url, ...hostOf(url) },
    firstSeen: readInstant(britishDate(v.FirstSeenDate ?? '')),
    lastSeen: readInstant(britishDate(v.LastSeenDate ?? '')),
    evidence: lines(...(v.ExtraInformation ?? []).map((e) => `${e.Name ?? ''}: ${e.Value ?? ''}`), plainText(v.Description ?? '')),
    remedy: plainText(v.RemedialProcedure ?? v.RemedialActions ?? ''),
    suppressed: /FalsePositive|AcceptedRisk|Fixed/i.test(v.State ?? ''),
  });
}
