import { cvesIn, cvssOf, packageAsset, readInstant, readScore, severityOf, type CsvRow, type Format, type ReportGatherer } from '../../reading/index.ts';

/** Prisma Cloud's CSV export of vulnerabilities and compliance issues. A record is a row. */
export const prisma: Format = {
  id: 'prisma',
  tool: 'Prisma Cloud',
  title: { zh: 'Prisma Cloud 主机与镜像检查', en: 'Prisma Cloud host and image check' },
  homepage: 'https://www.paloaltonetworks.com/prisma/cloud',
  dialects: [
    {
      syntax: 'csv',
      recognises: (header) => ['CVE ID', 'Compliance ID', 'Severity', 'Packages'].every((name) => header.includes(name)),
      open: (report) => ({ row: (row) => readRow(report, row) }),
    },
  ],
};

/** A row is about a package of a host when it names one, else about the host; compliance rows carry a score of 0.00 that means none. */
function readRow(report: ReportGatherer, row: CsvRow): void {
  report.record();
  const host = row.cell('Hostname', 'Registry', 'Repository', 'Id') || 'unnamed';
  const id = row.cell('CVE ID') || row.cell('Compliance ID');
  const name = row.cell('Packages');
  const cause = row.cell('Cause');
  const score = readScore(row.cell('CVSS')) || null;
  report.looked(host);
  report.add({
    checkId: row.cell('CVE ID') === '' ? `${row.cell('Type')}:${id}` : id,
    title: row.cell('CVE ID') === '' ? row.cell('Description') : `${id} in ${name || host}`,
    severity: severityOf(row.cell('Severity'), score),
    toolSeverity: row.cell('Severity'),
    cves: cvesIn(row.cell('CVE ID')),
    cvss: cvssOf({ score }),
    asset: { ...(name === '' ? { kind: 'host' as const, name: host } : packageAsset({ name, version: row.cell('Package Version'), where: host })), host },
    firstSeen: readInstant(row.cell('Discovered')),
    evidence: [row.cell('Description'), cause].filter(Boolean).join('\n'),
    remedy: row.cell('Fix Status'),
  });
}
