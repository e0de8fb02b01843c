import { z } from 'zod';
import { firstOf, hasKeys, lines, member, shaped, type Format, type Json, type Position, type ReportGatherer } from '../../reading/index.ts';

/** kube-bench's JSON, old (bare array) and new (`Controls`). A record is one test of the CIS benchmark. */
export const kubeBench: Format = {
  id: 'kube-bench',
  tool: 'kube-bench',
  title: { zh: 'kube-bench Kubernetes 基线检查', en: 'kube-bench Kubernetes benchmark' },
  homepage: 'https://github.com/aquasecurity/kube-bench',
  dialects: [
    {
      syntax: 'json',
      recognises: (root) => isSection(firstOf(member(root, 'Controls'))) || isSection(root) || hasKeys(root, 'Controls', 'Totals'),
      records: ['Controls[]', ''],
      open: (report) => ({
        record: (value, path) => {
          if (path.startsWith('$.Controls') || isSection(value)) readSection(report, value, path);
        },
      }),
    },
    {
      syntax: 'json',
      recognises: (root) => isSection(firstOf(root)),
      records: ['[]'],
      open: (report) => ({ record: (value, path) => readSection(report, value, path) }),
    },
  ],
};

const isSection = (value: Json | undefined): boolean => hasKeys(value, 'tests') && (hasKeys(value, 'node_type') || hasKeys(value, 'total_pass'));

const text = z.string().nullish();
const Section = z.object({
  version: text,
  text: text,
  node_type: text,
  tests: z
    .array(
      z.object({
        desc: text,
        results: z
          .array(
            z.object({
              test_number: z.string(),
              test_desc: text,
              remediation: text,
              status: z.string(),
              actual_value: text,
              expected_result: text,
              scored: z.boolean().nullish(),
            }),
          )
          .nullish(),
      }),
    )
    .nullish(),
});

/** The benchmark states no severities: a failed test counts as medium, a warning (a test for a person to make) as info. */
function readSection(report: ReportGatherer, value: Json, path: Position): void {
  const section = shaped(Section, value, path);
  const node = section.node_type ? `Kubernetes ${section.node_type}` : 'Kubernetes cluster';
  report.looked(node);
  for (const test of (section.tests ?? []).flatMap((group) => group.results ?? [])) {
    report.record();
    if (test.status !== 'FAIL' && test.status !== 'WARN') continue;
    report.add({
      checkId: test.test_number,
      title: test.test_desc ?? test.test_number,
      severity: test.status === 'FAIL' ? 'medium' : 'info',
      toolSeverity: test.status,
      asset: { kind: 'resource', name: node, version: section.version ?? null },
      evidence: lines(test.actual_value, test.expected_result && `expected: ${test.expected_result}`),
      remedy: test.remediation ?? '',
    });
  }
}
