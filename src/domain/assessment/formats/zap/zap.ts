import { z } from 'zod';
import {
  attribute,
  child,
  childrenNamed,
  cvesIn,
  cwesIn,
  hasKeys,
  hostOf,
  lines,
  plainText,
  readInstant,
  severityOf,
  shaped,
  textOf,
  type Format,
  type ReportGatherer,
  type XmlElement,
} from '../../reading/index.ts';

/** ZAP's traditional XML and JSON reports. A record is an alert of a site; its instances are the evidence. */
export const zap: Format = {
  id: 'zap',
  tool: 'ZAP',
  title: { zh: 'ZAP 网站应用扫描', en: 'ZAP web application scan' },
  homepage: 'https://www.zaproxy.org/',
  choosesChecks: true,
  dialects: [
    {
      syntax: 'xml',
      recognises: (root) => root.name === 'OWASPZAPReport',
      records: ['alertitem'],
      open: (report) => ({ record: (alert, ancestors) => readAlertElement(report, alert, ancestors), end: (root) => readHead(report, root) }),
    },
    {
      syntax: 'json',
      recognises: (root) => hasKeys(root, 'site') && (hasKeys(root, '@version') || hasKeys(root, '@generated') || hasKeys(root, '@programName')),
      records: ['site[]'],
      open: (report) => ({
        record: (value, path) => readSite(report, shaped(Site, value, path)),
        end: (root) => readJsonHead(report, shaped(Head, root, '$')),
      }),
    },
  ],
};

const texty = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((v) => (v == null ? '' : String(v)));

const Alert = z.object({
  pluginid: texty,
  alertRef: texty,
  alert: texty,
  name: texty,
  riskcode: texty,
  riskdesc: texty,
  confidence: texty,
  desc: texty,
  solution: texty,
  reference: texty,
  cweid: texty,
  otherinfo: texty,
  instances: z.array(z.object({ uri: texty, method: texty, param: texty, evidence: texty })).nullish(),
});
type Alert = z.infer<typeof Alert>;
const Site = z.object({ '@name': texty, '@host': texty, '@port': texty, alerts: z.array(Alert).nullish() });
type Site = z.infer<typeof Site>;
const Head = z.object({ '@version': texty, '@generated': texty, created: texty });

/** ZAP counts risk from 0 (informational) to 3 (high). */
const severityWords = ['informational', 'low', 'medium', 'high'];

function readHead(report: ReportGatherer, root: XmlElement): void {
  setHead(report, { version: attribute(root, 'version'), generated: attribute(root, 'created') || attribute(root, 'generated') });
  for (const site of childrenNamed(root, 'site')) report.looked(attribute(site, 'name'));
}

const readJsonHead = (report: ReportGatherer, head: z.infer<typeof Head>): void =>
  setHead(report, { version: head['@version'], generated: head.created || head['@generated'] });

function setHead(report: ReportGatherer, head: { version: string; generated: string }): void {
  report.toolVersion = head.version || null;
  const at = readInstant(head.generated);
  report.scanned(at, at);
}

function readAlertElement(report: ReportGatherer, alert: XmlElement, ancestors: readonly XmlElement[]): void {
  const site = ancestors.find((a) => a.name === 'site');
  const instances = childrenNamed(child(alert, 'instances') ?? alert, 'instance');
  const field = (name: string): string => textOf(alert, name);
  addAlert(
    report,
    { '@name': attribute(site, 'name'), '@host': attribute(site, 'host'), '@port': attribute(site, 'port'), alerts: [] },
    {
      pluginid: field('pluginid'),
      alertRef: field('alertRef'),
      alert: field('alert'),
      name: field('name'),
      riskcode: field('riskcode'),
      riskdesc: field('riskdesc'),
      confidence: field('confidence'),
      desc: field('desc'),
      solution: field('solution'),
      reference: field('reference'),
      cweid: field('cweid'),
      otherinfo: field('otherinfo'),
      instances: instances.map((i) => ({ uri: textOf(i, 'uri'), method: textOf(i, 'method'), param: textOf(i, 'param'), evidence: textOf(i, 'evidence') })),
    },
  );
}

function readSite(report: ReportGatherer, site: Site): void {
  report.looked(site['@name']);
  for (const alert of site.alerts ?? []) addAlert(report, site, alert);
}

/** One alert of one site. Its name and confidence belong to the check: one plug-in raises alerts of different meaning, and ZAP itself groups by confidence. */
function addAlert(report: ReportGatherer, site: Site, alert: Alert): void {
  report.record();
  const title = alert.alert || alert.name;
  const port = Number(site['@port'] || Number.NaN);
  report.add({
    checkId: [alert.alertRef || alert.pluginid, title, alert.confidence].filter(Boolean).join(':'),
    title,
    severity: severityOf(severityWords[Number(alert.riskcode || Number.NaN)] ?? alert.riskdesc.split(' ')[0] ?? '', null),
    toolSeverity: alert.riskdesc || alert.riskcode,
    cves: cvesIn(title, plainText(alert.desc), alert.reference, alert.otherinfo),
    cwes: cwesIn(alert.cweid),
    asset: {
      kind: 'url',
      name: site['@name'],
      host: site['@host'] || hostOf(site['@name']).host,
      port: Number.isInteger(port) && port >= 0 && port <= 65535 ? port : null,
    },
    evidence: lines(...(alert.instances ?? []).map((i) => [i.method, i.uri, i.param, i.evidence].filter(Boolean).join(' ')), plainText(alert.desc)),
    remedy: plainText(alert.solution),
  });
}
