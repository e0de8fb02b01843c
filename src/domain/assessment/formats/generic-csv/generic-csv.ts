import {
  cvesIn,
  cvssOf,
  cwesIn,
  hostOf,
  lines,
  readInstant,
  readScore,
  severityOf,
  type CsvRow,
  type Format,
  type ReportGatherer,
} from '../../reading/index.ts';

/** A table of findings from any source: the columns of DefectDojo's generic import. A record is a row. */
export const genericCsv: Format = {
  id: 'generic-csv',
  tool: 'CSV',
  title: { zh: '通用 CSV 发现清单', en: 'Generic CSV of findings' },
  homepage: 'https://docs.defectdojo.com/supported_tools/parsers/generic_findings_import/',
  choosesChecks: true,
  dialects: [
    {
      syntax: 'csv',
      recognises: (header) =>
        ['Title', 'Severity', 'Description'].every((name) => header.includes(name)) &&
        (header.includes('Url') || header.includes('FalsePositive') || header.includes('Mitigation')),
      open: (report) => ({ row: (row) => readRow(report, row) }),
    },
  ],
};

const isTrue = (cell: string): boolean => /^(?:true|yes|1)$/i.test(cell);

/** A row without address is about the file that it came in, so its asset is named `unnamed`. */
function readRow(report: ReportGatherer, row: CsvRow): void {
  report.record();
  const url = row.cell('Url', 'URL', 'Endpoint');
  const at = readInstant(row.cell('Date'));
  const score = readScore(row.cell('CVSSV3_score', 'CVSSV3 score'));
  report.scanned(at, at);
  report.add({
    checkId: row.cell('VulnIdFromTool', 'Title') || row.cell('Title'),
    title: row.cell('Title'),
    severity: severityOf(row.cell('Severity'), score),
    toolSeverity: row.cell('Severity'),
    cves: cvesIn(row.cell('Vulnerability Id', 'CVE'), row.cell('Title')),
    cwes: cwesIn(row.cell('CweId')),
    cvss: cvssOf({ vector: row.cell('CVSSV3'), score }),
    asset: { kind: 'url', name: url, ...hostOf(url) },
    firstSeen: at,
    evidence: lines(row.cell('Description'), row.cell('Impact')),
    remedy: row.cell('Mitigation'),
    suppressed: isTrue(row.cell('FalsePositive')) || isTrue(row.cell('Duplicate')),
  });
}
