import { z } from 'zod';
import { hasKeys, hostOf, member, shaped, type Format, type Json, type Position, type ReportGatherer } from '../../reading/index.ts';
import type { Severity } from '../../finding.ts';

/** Mozilla (MDN) HTTP Observatory: the tests of one site, alone or with the scan around them. A record is a test. */
export const observatory: Format = {
  id: 'observatory',
  tool: 'HTTP Observatory',
  title: { zh: 'Mozilla HTTP Observatory 网站检查', en: 'Mozilla HTTP Observatory' },
  homepage: 'https://developer.mozilla.org/observatory',
  dialects: [
    {
      syntax: 'json',
      recognises: (root) => isTest(firstMember(root)) || isTest(firstMember(member(root, 'tests'))),
      records: [''],
      open: (report) => ({ record: (value, path) => readTests(report, value, path) }),
    },
  ],
};

const firstMember = (value: Json | undefined): Json | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.values(value)[0] : undefined;
const isTest = (value: Json | undefined): boolean => hasKeys(value, 'expectation', 'pass', 'result');

const text = z.string().nullish();
const Test = z.object({
  name: text,
  title: text,
  pass: z.boolean().nullish(),
  result: text,
  score_modifier: z.number().nullish(),
  scoreModifier: z.number().nullish(),
  score_description: text,
  scoreDescription: text,
  recommendation: text,
});
const Tests = z.record(z.string(), Test);
type Test = z.infer<typeof Test>;

function readTests(report: ReportGatherer, value: Json, path: Position): void {
  const whole = hasKeys(value, 'tests');
  const tests = shaped(Tests, whole ? (value['tests'] ?? null) : value, path);
  const site = siteOf(whole ? value['tests'] : value);
  report.looked(site);
  for (const [name, test] of Object.entries(tests)) addTest(report, name, test, site);
}

/** The report does not name the site; where its redirection ended does. */
function siteOf(tests: Json | undefined): string {
  const output = member(member(tests, 'redirection'), 'output');
  const destination = member(output, 'destination') ?? member(member(tests, 'redirection'), 'destination');
  const host = typeof destination === 'string' ? hostOf(destination).host : null;
  return host === null ? 'the site' : `https://${host}`;
}

/** The tool subtracts points from 100: 20 and more count as medium, fewer as low. */
function severityOfPoints(points: number): Severity {
  if (points <= -20) return 'medium';
  return points < 0 ? 'low' : 'info';
}

function addTest(report: ReportGatherer, name: string, test: Test, site: string): void {
  report.record();
  if (test.pass !== false) return;
  const points = test.score_modifier ?? test.scoreModifier ?? 0;
  report.add({
    checkId: test.result ?? name,
    title: test.score_description ?? test.scoreDescription ?? test.title ?? name,
    severity: severityOfPoints(points),
    toolSeverity: String(points),
    asset: { kind: 'url', name: site, ...hostOf(site) },
    evidence: test.result ?? '',
    remedy: test.recommendation ?? '',
  });
}
