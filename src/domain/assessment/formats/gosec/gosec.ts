import { z } from 'zod';
import { cwesIn, hasKeys, lines, member, severityOf, shaped, type Format, type Json, type Position, type ReportGatherer } from '../../reading/index.ts';

/** gosec's JSON. A record is an issue at one place in Go code. */
export const gosec: Format = {
  id: 'gosec',
  tool: 'gosec',
  title: { zh: 'gosec Go 源代码扫描', en: 'gosec Go code scan' },
  homepage: 'https://github.com/securego/gosec',
  dialects: [
    {
      syntax: 'json',
      recognises: (root) => hasKeys(root, 'Golang errors') || hasKeys(root, 'Issues', 'Stats'),
      records: ['Issues[]'],
      open: (report) => ({
        record: (value, path) => readIssue(report, value, path),
        end: (root) => {
          const version = member(root, 'GosecVersion');
          report.toolVersion = typeof version === 'string' ? version : null;
        },
      }),
    },
  ],
};

const text = z.string().nullish();
const Issue = z.object({
  severity: text,
  confidence: text,
  rule_id: z.string(),
  details: text,
  file: z.string(),
  code: text,
  line: z.union([z.string(), z.number()]).nullish(),
  column: z.union([z.string(), z.number()]).nullish(),
  nosec: z.boolean().nullish(),
  suppressions: z.array(z.unknown()).nullish(),
  cwe: z.object({ id: z.union([z.string(), z.number()]).nullish() }).nullish(),
});

function readIssue(report: ReportGatherer, value: Json, path: Position): void {
  report.record();
  const issue = shaped(Issue, value, path);
  report.add({
    checkId: issue.rule_id,
    title: issue.details ?? issue.rule_id,
    severity: severityOf(issue.severity ?? '', null),
    toolSeverity: issue.severity ?? '',
    cwes: cwesIn(String(issue.cwe?.id ?? '')),
    asset: { kind: 'file', name: issue.file, part: issue.line == null ? '' : `:${issue.line}${issue.column == null ? '' : `:${issue.column}`}` },
    evidence: lines(`confidence ${issue.confidence ?? 'not stated'}`, issue.code),
    suppressed: issue.nosec === true || (issue.suppressions?.length ?? 0) > 0,
  });
}
