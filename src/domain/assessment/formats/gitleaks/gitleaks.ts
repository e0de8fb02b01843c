import { z } from 'zod';
import { firstOf, hasKeys, lines, readInstant, shaped, type Format, type Json, type Position, type ReportGatherer } from '../../reading/index.ts';

/** Gitleaks' JSON of versions 7 (`rule`) and 8 (`RuleID`). A record is a leak. The secret itself is never kept. */
export const gitleaks: Format = {
  id: 'gitleaks',
  tool: 'Gitleaks',
  title: { zh: 'Gitleaks 密钥泄露检查', en: 'Gitleaks secret scan' },
  homepage: 'https://gitleaks.io/',
  dialects: [
    {
      syntax: 'json',
      recognises: (root) => isLeak(firstOf(root)),
      records: ['[]'],
      open: (report) => ({ record: (value, path) => readLeak(report, value, path) }),
    },
  ],
};

const isLeak = (value: Json | undefined): boolean => hasKeys(value, 'rule', 'commit', 'file') || hasKeys(value, 'RuleID', 'File', 'Commit');

const text = z.string().nullish();
const line = z.number().nullish();
const Leak = z.object({
  rule: text,
  file: text,
  lineNumber: line,
  commit: text,
  date: text,
  RuleID: text,
  Description: text,
  File: text,
  StartLine: line,
  Commit: text,
  Date: text,
});

/** Gitleaks states no severities: a secret in the history of a repository counts as high. */
function readLeak(report: ReportGatherer, value: Json, path: Position): void {
  report.record();
  const leak = shaped(Leak, value, path);
  const commit = leak.Commit ?? leak.commit ?? '';
  const at = leak.StartLine ?? leak.lineNumber;
  report.add({
    checkId: leak.RuleID ?? leak.rule ?? '',
    title: leak.Description ?? leak.rule ?? leak.RuleID ?? '',
    severity: 'high',
    toolSeverity: '',
    asset: { kind: 'file', name: leak.File ?? leak.file ?? 'unnamed', part: `${at ? `:${at}` : ''}${commit ? ` @${commit.slice(0, 12)}` : ''}` },
    firstSeen: readInstant(leak.Date ?? leak.date),
    evidence: lines(`commit ${commit}`, 'the secret is not kept here'),
    remedy: 'Revoke the secret, then remove it from the history.',
  });
}
