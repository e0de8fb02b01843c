import { z } from 'zod';
import {
  firstOf,
  hasKeys,
  lines,
  member,
  readInstant,
  severityOf,
  shaped,
  type CsvRow,
  type Format,
  type Json,
  type Position,
  type ReportGatherer,
} from '../../reading/index.ts';

/** Prowler's CSV and OCSF JSON (detection and compliance findings). A record is one check of one cloud resource. */
export const prowler: Format = {
  id: 'prowler',
  tool: 'Prowler',
  title: { zh: 'Prowler 云安全检查', en: 'Prowler cloud security check' },
  homepage: 'https://prowler.com/',
  dialects: [
    {
      syntax: 'csv',
      recognises: (header) => ['CHECK_ID', 'STATUS', 'SEVERITY', 'RESOURCE_UID'].every((name) => header.includes(name)),
      open: (report) => ({ row: (row) => readRow(report, row) }),
    },
    {
      syntax: 'json',
      recognises: (root) => isDetection(firstOf(root)) || isDetection(root),
      records: ['[]', ''],
      sequence: true,
      open: (report) => ({ record: (value, path) => readDetection(report, value, path) }),
    },
  ],
};

const isDetection = (value: Json | undefined): boolean => hasKeys(value, 'finding_info', 'metadata') && hasKeys(member(value, 'metadata'), 'product');

interface Check {
  readonly id: string;
  readonly title: string;
  readonly status: string;
  readonly severity: string;
  readonly resource: string;
  readonly service: string;
  readonly time: string;
  readonly evidence: string;
  readonly remedy: string;
  readonly muted: boolean;
}

/** `MANUAL` says that a person has to look: kept as info. Checks that passed are records and no findings. */
function addCheck(report: ReportGatherer, check: Check): void {
  report.record();
  const at = readInstant(check.time);
  report.scanned(at, at);
  report.looked(check.resource);
  if (/^pass$/i.test(check.status)) return;
  report.add({
    checkId: check.id,
    title: check.title,
    severity: /^fail$/i.test(check.status) ? severityOf(check.severity, null) : 'info',
    toolSeverity: check.severity,
    asset: { kind: 'resource', name: check.resource, service: check.service },
    firstSeen: at,
    lastSeen: at,
    evidence: lines(check.status, check.evidence),
    remedy: check.remedy,
    suppressed: check.muted,
  });
}

function readRow(report: ReportGatherer, row: CsvRow): void {
  report.toolVersion = row.cell('PROWLER_VERSION') || report.toolVersion;
  addCheck(report, {
    id: row.cell('CHECK_ID'),
    title: row.cell('CHECK_TITLE'),
    status: row.cell('STATUS'),
    severity: row.cell('SEVERITY'),
    resource: row.cell('RESOURCE_UID') || row.cell('RESOURCE_NAME') || row.cell('ACCOUNT_UID'),
    service: row.cell('SERVICE_NAME'),
    time: row.cell('TIMESTAMP'),
    evidence: row.cell('STATUS_EXTENDED'),
    remedy: row.cell('REMEDIATION_RECOMMENDATION_TEXT'),
    muted: /^true$/i.test(row.cell('MUTED')),
  });
}

const text = z.string().nullish();
const Detection = z.object({
  metadata: z.object({ event_code: text, product: z.object({ name: text, version: text }).nullish() }),
  severity: text,
  status: text,
  status_code: text,
  status_detail: text,
  message: text,
  time_dt: text,
  finding_info: z.object({ title: text, desc: text, uid: text, created_time_dt: text }),
  resources: z.array(z.object({ uid: text, name: text, group: z.object({ name: text }).nullish() })).nullish(),
  cloud: z.object({ account: z.object({ uid: text }).nullish() }).nullish(),
  remediation: z.object({ desc: text }).nullish(),
});

function readDetection(report: ReportGatherer, value: Json, path: Position): void {
  if (Array.isArray(value)) return;
  const d = shaped(Detection, value, path);
  const resource = d.resources?.[0];
  report.tool = d.metadata.product?.name ?? report.tool;
  report.toolVersion = d.metadata.product?.version ?? report.toolVersion;
  addCheck(report, {
    id: d.metadata.event_code ?? d.finding_info.uid ?? '',
    title: d.finding_info.title ?? d.message ?? '',
    status: d.status_code ?? 'FAIL',
    severity: d.severity ?? '',
    resource: resource?.uid ?? resource?.name ?? d.cloud?.account?.uid ?? '',
    service: resource?.group?.name ?? '',
    time: d.finding_info.created_time_dt ?? d.time_dt ?? '',
    evidence: lines(d.status_detail ?? d.message, d.finding_info.desc),
    remedy: d.remediation?.desc ?? '',
    muted: /^suppressed$/i.test(d.status ?? ''),
  });
}
