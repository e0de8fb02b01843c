import {
  attribute,
  child,
  childrenNamed,
  cwesIn,
  cvesIn,
  hostOf,
  lines,
  plainText,
  readInstant,
  severityOf,
  textOf,
  type Format,
  type ReportGatherer,
  type XmlElement,
} from '../../reading/index.ts';

/** Burp Suite's XML export of issues. A record is an issue at one place of a site. */
export const burp: Format = {
  id: 'burp',
  tool: 'Burp Suite',
  title: { zh: 'Burp Suite 网站应用扫描', en: 'Burp Suite web application scan' },
  homepage: 'https://portswigger.net/burp',
  choosesChecks: true,
  dialects: [
    {
      syntax: 'xml',
      recognises: (root) => root.name === 'issues' && 'burpVersion' in root.attributes,
      records: ['issue'],
      open: (report) => ({
        record: (issue) => readIssue(report, issue),
        end: (root) => {
          report.toolVersion = attribute(root, 'burpVersion') || null;
          const at = readInstant(attribute(root, 'exportTime'));
          report.scanned(at, at);
        },
      }),
    },
  ],
};

function readIssue(report: ReportGatherer, issue: XmlElement): void {
  report.record();
  const site = textOf(issue, 'host');
  const { host, port } = hostOf(site);
  report.looked(site);
  report.add({
    checkId: textOf(issue, 'type'),
    title: textOf(issue, 'name'),
    severity: severityOf(textOf(issue, 'severity'), null),
    toolSeverity: textOf(issue, 'severity'),
    cves: cvesIn(textOf(issue, 'name'), plainText(textOf(issue, 'issueDetail'))),
    cwes: cwesIn(plainText(textOf(issue, 'vulnerabilityClassifications'))),
    asset: { kind: 'url', name: site + (textOf(issue, 'location') || textOf(issue, 'path')), host, port },
    evidence: lines(plainText(textOf(issue, 'issueDetail')), ...detailItems(issue), plainText(textOf(issue, 'issueBackground'))),
    remedy: plainText(textOf(issue, 'remediationDetail') || textOf(issue, 'remediationBackground')),
    suppressed: /^false positive$/i.test(textOf(issue, 'severity')),
  });
}

function detailItems(issue: XmlElement): string[] {
  const items = child(issue, 'issueDetailItems');
  return items === undefined ? [] : childrenNamed(items, 'issueDetailItem').map((item) => plainText(item.text));
}
