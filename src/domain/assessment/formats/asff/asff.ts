import { z } from 'zod';
import {
  cvesIn,
  cvssOf,
  firstOf,
  hasKeys,
  lines,
  member,
  readInstant,
  severityOf,
  shaped,
  type Format,
  type Json,
  type Position,
  type ReportGatherer,
} from '../../reading/index.ts';

/** AWS Security Finding Format: JSON lines, an array, or the answer of Security Hub (`Findings`). A record is a finding. */
export const asff: Format = {
  id: 'asff',
  tool: 'AWS Security Hub',
  title: { zh: 'AWS 安全发现格式（ASFF）', en: 'AWS Security Finding Format (ASFF)' },
  homepage: 'https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-findings-format.html',
  dialects: [
    {
      syntax: 'json',
      recognises: (root) => isFinding(root) || isFinding(firstOf(root)) || isFinding(firstOf(member(root, 'Findings'))),
      records: ['', '[]', 'Findings[]'],
      sequence: true,
      open: (report) => ({
        record: (value, path) => {
          if (isFinding(value)) readFinding(report, value, path);
        },
      }),
    },
  ],
};

const isFinding = (value: Json | undefined): boolean => hasKeys(value, 'SchemaVersion', 'ProductArn') || hasKeys(value, 'ProductArn', 'GeneratorId');

const text = z.string().nullish();
const Recorded = z.object({
  Id: text,
  GeneratorId: text,
  Title: text,
  Description: text,
  FirstObservedAt: text,
  LastObservedAt: text,
  UpdatedAt: text,
  CreatedAt: text,
  RecordState: text,
  ProductFields: z.record(z.string(), z.unknown()).nullish(),
  Severity: z.object({ Label: text, Original: text, Normalized: z.number().nullish() }).nullish(),
  Resources: z.array(z.object({ Type: text, Id: text })).nullish(),
  Compliance: z.object({ Status: text }).nullish(),
  Workflow: z.object({ Status: text }).nullish(),
  Remediation: z.object({ Recommendation: z.object({ Text: text, Url: text }).nullish() }).nullish(),
  Vulnerabilities: z
    .array(z.object({ Id: text, Cvss: z.array(z.object({ Version: text, BaseScore: z.number().nullish(), BaseVector: text })).nullish() }))
    .nullish(),
});
type Recorded = z.infer<typeof Recorded>;

/** Checks that passed are records and no findings; archived and suppressed ones are kept and do not count. */
function readFinding(report: ReportGatherer, value: Json, path: Position): void {
  report.record();
  const f = shaped(Recorded, value, path);
  const product = f.ProductFields?.['ProviderName'] ?? f.ProductFields?.['aws/securityhub/ProductName'];
  if (typeof product === 'string') report.tool = product;
  const resources = f.Resources?.length ? f.Resources : [{ Type: null, Id: 'unnamed' }];
  for (const { Id } of resources) report.looked(Id ?? '');
  if (f.Compliance?.Status === 'PASSED') return;
  const score = f.Vulnerabilities?.[0]?.Cvss?.at(-1);
  report.add({
    checkId: f.GeneratorId ?? f.Id ?? '',
    title: f.Title ?? '',
    severity: severityOf(f.Severity?.Label ?? f.Severity?.Original ?? '', f.Severity?.Normalized == null ? null : f.Severity.Normalized / 10),
    toolSeverity: f.Severity?.Label ?? f.Severity?.Original ?? '',
    cves: cvesIn(...(f.Vulnerabilities ?? []).map((v) => v.Id ?? ''), f.Title ?? ''),
    cvss: cvssOf({ vector: score?.BaseVector, score: score?.BaseScore }),
    asset: { kind: 'resource', name: resources.map((r) => r.Id).join(' '), part: partOf(f), service: resources[0]?.Type ?? null },
    firstSeen: readInstant(f.FirstObservedAt ?? f.CreatedAt),
    lastSeen: readInstant(f.LastObservedAt ?? f.UpdatedAt),
    evidence: f.Description ?? '',
    remedy: lines(f.Remediation?.Recommendation?.Text, f.Remediation?.Recommendation?.Url),
    suppressed: f.RecordState === 'ARCHIVED' || f.Workflow?.Status === 'SUPPRESSED',
  });
}

/** Some products report several weaknesses of one account under one generator; only the description tells them apart. */
const partOf = (f: Recorded): string => (/Account/.test(`${f.Resources?.[0]?.Type} ${f.Resources?.[0]?.Id}`) && f.Description ? ` ${f.Description}` : '');
