import { z } from 'zod';
import { cvesIn, cwesIn, hasKeys, lines, member, severityOf, shaped, type Format, type Json, type Position, type ReportGatherer } from '../../reading/index.ts';

/** Semgrep's JSON. A record is a result: one rule at one place in the code. */
export const semgrep: Format = {
  id: 'semgrep',
  tool: 'Semgrep',
  title: { zh: 'Semgrep 源代码扫描', en: 'Semgrep source code scan' },
  homepage: 'https://semgrep.dev/',
  choosesChecks: true,
  dialects: [
    {
      syntax: 'json',
      recognises: (root) => (hasKeys(root, 'results', 'errors') && Array.isArray(member(root, 'results'))) || isResultList(root),
      records: ['results[]'],
      open: (report) => ({
        record: (value, path) => readResult(report, value, path),
        end: (root) => {
          const version = member(root, 'version');
          report.toolVersion = typeof version === 'string' ? version : null;
        },
      }),
    },
  ],
};

/** A head that is cut inside the results does not show `errors` yet. */
function isResultList(root: Json): boolean {
  const results = member(root, 'results');
  return Array.isArray(results) && hasKeys(results[0], 'check_id', 'path', 'start');
}

const text = z.string().nullish();
const texts = z.union([z.string(), z.array(z.string())]).nullish();
const Result = z.object({
  check_id: z.string(),
  path: z.string(),
  start: z.object({ line: z.number().nullish(), col: z.number().nullish() }).nullish(),
  extra: z
    .object({
      message: text,
      severity: text,
      lines: text,
      fix: text,
      is_ignored: z.boolean().nullish(),
      metadata: z.object({ cwe: texts, references: texts }).nullish(),
    })
    .nullish(),
});

function readResult(report: ReportGatherer, value: Json, path: Position): void {
  report.record();
  const { check_id: check, path: file, start, extra } = shaped(Result, value, path);
  const cwe = extra?.metadata?.cwe;
  report.add({
    checkId: check,
    title: check.split('.').at(-1) ?? check,
    severity: severityOf(extra?.severity ?? '', null),
    toolSeverity: extra?.severity ?? '',
    cves: cvesIn(check, extra?.message ?? ''),
    cwes: cwesIn(...[cwe ?? []].flat()),
    asset: { kind: 'file', name: file, part: start?.line ? `:${start.line}${start.col ? `:${start.col}` : ''}` : '' },
    evidence: lines(extra?.message, extra?.lines),
    remedy: extra?.fix ?? '',
    suppressed: extra?.is_ignored === true,
  });
}
