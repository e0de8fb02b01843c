import { z } from 'zod';
import { firstOf, hasKeys, lines, severityOfWeakness, shaped, type Format, type Json, type Position, type ReportGatherer } from '../../reading/index.ts';

/** Checkov's JSON, of one framework or of several. A record is a check that failed or was skipped. */
export const checkov: Format = {
  id: 'checkov',
  tool: 'Checkov',
  title: { zh: 'Checkov 基础设施代码检查', en: 'Checkov infrastructure-as-code check' },
  homepage: 'https://www.checkov.io/',
  dialects: [
    {
      syntax: 'json',
      recognises: (root) => isRun(root) || isRun(firstOf(root)) || isEmptyRun(root),
      records: ['', '[]'],
      open: (report) => ({
        record: (value, path) => {
          if (!Array.isArray(value)) readRun(report, value, path);
        },
      }),
    },
  ],
};

const isRun = (value: Json | undefined): boolean => hasKeys(value, 'check_type', 'results');

/** What Checkov writes when there was nothing to check: only a summary. */
const isEmptyRun = (value: Json | undefined): boolean => hasKeys(value, 'passed', 'failed', 'skipped', 'checkov_version');

const text = z.string().nullish();
const Check = z.object({
  check_id: z.string(),
  check_name: text,
  severity: text,
  file_path: text,
  resource: text,
  guideline: text,
  file_line_range: z.array(z.number()).nullish(),
  check_result: z.object({ suppress_comment: text }).nullish(),
});
const Run = z.object({
  check_type: text,
  results: z.object({ failed_checks: z.array(Check).nullish(), skipped_checks: z.array(Check).nullish() }).nullish(),
  summary: z.object({ checkov_version: text }).nullish(),
});

/** Severities come only with the paid platform; without one a failed check counts as medium. */
function readRun(report: ReportGatherer, value: Json, path: Position): void {
  const run = shaped(Run, value, path);
  report.toolVersion = run.summary?.checkov_version ?? report.toolVersion;
  for (const check of run.results?.failed_checks ?? []) addCheck(report, run.check_type ?? '', check, false);
  for (const check of run.results?.skipped_checks ?? []) addCheck(report, run.check_type ?? '', check, true);
}

function addCheck(report: ReportGatherer, framework: string, check: z.infer<typeof Check>, skipped: boolean): void {
  report.record();
  const range = check.file_line_range ?? [];
  report.add({
    checkId: check.check_id,
    title: check.check_name ?? check.check_id,
    severity: severityOfWeakness(check.severity ?? '', null),
    toolSeverity: check.severity ?? '',
    asset: { kind: 'file', name: check.file_path ?? 'unnamed', part: check.resource ? ` ${check.resource}` : '', service: framework },
    evidence: lines(check.resource, range.length === 2 ? `lines ${range[0]} to ${range[1]}` : '', check.check_result?.suppress_comment),
    remedy: check.guideline ?? '',
    suppressed: skipped,
  });
}
