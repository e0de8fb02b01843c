import { z } from 'zod';
import {
  cvesIn,
  hasKeys,
  hostOf,
  lines,
  readInstant,
  severityOfWeakness,
  shaped,
  type Format,
  type Json,
  type Position,
  type ReportGatherer,
  cvssOf,
} from '../../reading/index.ts';

/** WPScan's JSON. A record is a vulnerability of WordPress, a theme or a plug-in, or an interesting finding. */
export const wpscan: Format = {
  id: 'wpscan',
  tool: 'WPScan',
  title: { zh: 'WPScan WordPress 扫描', en: 'WPScan WordPress scan' },
  homepage: 'https://wpscan.com/',
  choosesChecks: true,
  dialects: [
    {
      syntax: 'json',
      recognises: (root) => hasKeys(root, 'target_url') && (hasKeys(root, 'interesting_findings') || hasKeys(root, 'banner') || hasKeys(root, 'plugins')),
      records: [''],
      open: (report) => ({ record: (value, path) => readScan(report, value, path) }),
    },
  ],
};

const text = z.string().nullish();
const References = z.record(z.string(), z.array(z.string())).nullish();
const Vulnerability = z.object({
  title: z.string(),
  fixed_in: text,
  references: References,
  cvss: z.object({ score: z.union([z.number(), z.string()]).nullish(), vector: text }).nullish(),
});
const Component = z.object({ slug: text, number: text, version: z.object({ number: text }).nullish(), vulnerabilities: z.array(Vulnerability).nullish() });
type Component = z.infer<typeof Component>;
const Scan = z.object({
  target_url: z.string(),
  effective_url: text,
  start_time: z.number().nullish(),
  stop_time: z.number().nullish(),
  banner: z.object({ version: text }).nullish(),
  interesting_findings: z
    .array(z.object({ url: text, to_s: text, type: text, interesting_entries: z.array(z.string()).nullish(), references: References }))
    .nullish(),
  version: Component.nullish(),
  main_theme: Component.nullish(),
  plugins: z.record(z.string(), Component).nullish(),
  themes: z.record(z.string(), Component).nullish(),
});

/** Present on every ordinary site: worth a record, no weakness. */
const ordinary: ReadonlySet<string> = new Set(['headers', 'robots_txt']);

function readScan(report: ReportGatherer, value: Json, path: Position): void {
  const scan = shaped(Scan, value, path);
  const site = scan.effective_url ?? scan.target_url;
  report.toolVersion = scan.banner?.version ?? null;
  report.looked(site);
  report.scanned(readInstant(String(scan.start_time ?? '')), readInstant(String(scan.stop_time ?? '')));
  const components = [
    { name: 'wordpress', component: scan.version },
    { name: scan.main_theme?.slug ?? 'theme', component: scan.main_theme },
    ...[...Object.entries(scan.plugins ?? {}), ...Object.entries(scan.themes ?? {})].map(([name, component]) => ({ name, component })),
  ];
  for (const { name, component } of components) if (component) addComponent(report, { site, name, component });
  for (const found of scan.interesting_findings ?? []) {
    report.record();
    if (ordinary.has(found.type ?? '')) continue;
    report.add({
      checkId: found.type ?? 'interesting',
      title: found.to_s ?? found.type ?? '',
      severity: 'info',
      toolSeverity: '',
      asset: { kind: 'url', name: found.url ?? site, ...hostOf(site) },
      evidence: lines(...(found.interesting_entries ?? [])),
    });
  }
}

function addComponent(report: ReportGatherer, { site, name, component }: { site: string; name: string; component: Component }): void {
  for (const v of component.vulnerabilities ?? []) {
    report.record();
    const cvss = cvssOf({ vector: v.cvss?.vector, score: v.cvss?.score == null ? null : Number(v.cvss.score) });
    report.add({
      checkId: v.title,
      title: v.title,
      severity: severityOfWeakness('', cvss?.score ?? null),
      toolSeverity: '',
      cves: cvesIn(v.title, ...(v.references?.['cve'] ?? []).map((id) => (/^CVE-/i.test(id) ? id : `CVE-${id}`))),
      cvss,
      asset: {
        kind: 'package',
        name: `${name} (${site})`,
        host: hostOf(site).host,
        service: 'wordpress',
        version: component.version?.number ?? component.number ?? null,
      },
      evidence: lines(v.title, ...(v.references?.['url'] ?? [])),
      remedy: v.fixed_in ? `Upgrade ${name} to ${v.fixed_in}` : '',
    });
  }
}
