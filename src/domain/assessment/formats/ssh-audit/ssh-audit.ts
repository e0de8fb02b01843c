import { z } from 'zod';
import {
  cvesIn,
  cvssOf,
  hasKeys,
  hostOf,
  lines,
  severityOfWeakness,
  shaped,
  type Format,
  type Json,
  type Position,
  type ReportGatherer,
} from '../../reading/index.ts';

/** ssh-audit's JSON, of one target or of several. A record is a recommendation about an algorithm, or a CVE of the server's version. */
export const sshAudit: Format = {
  id: 'ssh-audit',
  tool: 'ssh-audit',
  title: { zh: 'ssh-audit SSH 配置检查', en: 'ssh-audit SSH check' },
  homepage: 'https://github.com/jtesta/ssh-audit',
  dialects: [
    {
      syntax: 'json',
      recognises: (root) => isAudit(root) || (Array.isArray(root) && isAudit(root[0])),
      records: ['', '[]'],
      open: (report) => ({
        record: (value, path) => {
          if (isAudit(value)) readAudit(report, value, path);
        },
      }),
    },
  ],
};

const isAudit = (value: Json | undefined): boolean => hasKeys(value, 'banner', 'kex') || hasKeys(value, 'banner', 'recommendations');

const text = z.string().nullish();
const Advice = z.record(z.string(), z.record(z.string(), z.array(z.object({ name: z.string(), notes: text }))));
const Audit = z.object({
  target: text,
  banner: z.object({ raw: text, software: text }).nullish(),
  cves: z.array(z.object({ name: z.string(), cvssv2: z.number().nullish(), description: text })).nullish(),
  recommendations: z.record(z.string(), Advice).nullish(),
});

const severityOfLevel: Readonly<Record<string, 'high' | 'medium' | 'info'>> = { critical: 'high', warning: 'medium', informational: 'info' };

/** A weak algorithm on offer is not a broken server: `critical` counts as high, `warning` as medium. */
function readAudit(report: ReportGatherer, value: Json, path: Position): void {
  const audit = shaped(Audit, value, path);
  const { host, port } = hostOf(audit.target ?? '');
  const asset = {
    kind: 'host' as const,
    name: host ?? audit.target ?? 'unnamed',
    host,
    port: port ?? 22,
    service: 'ssh',
    version: audit.banner?.software ?? null,
  };
  report.looked(asset.name);
  for (const cve of audit.cves ?? []) addCve(report, asset, cve);
  for (const [level, actions] of Object.entries(audit.recommendations ?? {})) {
    for (const [action, kinds] of Object.entries(actions))
      for (const [kind, items] of Object.entries(kinds)) for (const item of items) addAdvice(report, asset, { level, action, kind, ...item });
  }
}

type SshAsset = Parameters<ReportGatherer['add']>[0]['asset'];

function addCve(
  report: ReportGatherer,
  asset: SshAsset,
  cve: { name: string; cvssv2?: number | null | undefined; description?: string | null | undefined },
): void {
  report.record();
  const cvss = cvssOf({ score: cve.cvssv2, version: '2.0' });
  report.add({
    checkId: cve.name,
    title: `${cve.name}: ${cve.description ?? ''}`,
    severity: severityOfWeakness('', cvss?.score ?? null),
    toolSeverity: String(cve.cvssv2 ?? ''),
    cves: cvesIn(cve.name),
    cvss,
    asset,
    evidence: cve.description ?? '',
  });
}

const verbs: Readonly<Record<string, string>> = { del: 'Remove', chg: 'Change', add: 'Add' };

function addAdvice(
  report: ReportGatherer,
  asset: SshAsset,
  item: { level: string; action: string; kind: string; name: string; notes?: string | null | undefined },
): void {
  report.record();
  const remedy = `${verbs[item.action] ?? item.action} ${item.kind} algorithm ${item.name}`;
  report.add({
    checkId: `${item.action}:${item.kind}:${item.name}`,
    title: remedy,
    severity: severityOfLevel[item.level] ?? 'info',
    toolSeverity: item.level,
    asset,
    evidence: lines(`${item.kind} ${item.name}`, item.notes),
    remedy: lines(remedy, item.notes),
  });
}
