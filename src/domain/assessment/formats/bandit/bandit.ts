import { z } from 'zod';
import {
  cwesIn,
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

/** Bandit's JSON. A record is an issue at one place in Python code. */
export const bandit: Format = {
  id: 'bandit',
  tool: 'Bandit',
  title: { zh: 'Bandit Python 源代码扫描', en: 'Bandit Python code scan' },
  homepage: 'https://bandit.readthedocs.io/',
  dialects: [
    {
      syntax: 'json',
      recognises: (root) => hasKeys(root, 'errors', 'generated_at') && (hasKeys(root, 'metrics') || hasKeys(root, 'results')),
      records: ['results[]'],
      open: (report) => ({
        record: (value, path) => readIssue(report, value, path),
        end: (root) => {
          const generated = member(root, 'generated_at');
          const at = readInstant(typeof generated === 'string' ? generated : '');
          report.scanned(at, at);
        },
      }),
    },
  ],
};

const text = z.string().nullish();
const Issue = z.object({
  filename: z.string(),
  line_number: z.number().nullish(),
  test_id: z.string(),
  test_name: text,
  issue_text: text,
  issue_severity: text,
  issue_confidence: text,
  more_info: text,
  code: text,
  col_offset: z.number().nullish(),
  issue_cwe: z.object({ id: z.number().nullish() }).nullish(),
});

function readIssue(report: ReportGatherer, value: Json, path: Position): void {
  report.record();
  const issue = shaped(Issue, value, path);
  report.add({
    checkId: issue.test_id,
    title: issue.issue_text ?? issue.test_name ?? issue.test_id,
    severity: severityOf(issue.issue_severity ?? '', null),
    toolSeverity: issue.issue_severity ?? '',
    cwes: cwesIn(String(issue.issue_cwe?.id ?? '')),
    asset: { kind: 'file', name: issue.filename, part: issue.line_number ? `:${issue.line_number}${issue.col_offset ? `:${issue.col_offset}` : ''}` : '' },
    evidence: lines(`confidence ${issue.issue_confidence ?? 'not stated'}`, issue.code),
    remedy: issue.more_info ?? '',
  });
}
