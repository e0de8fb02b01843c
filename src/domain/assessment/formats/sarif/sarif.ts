import { z } from 'zod';
import {
  cvesIn,
  cvssOf,
  cwesIn,
  hasKeys,
  lines,
  readInstant,
  readScore,
  severityOf,
  severityOfScore,
  shaped,
  type Format,
  type Json,
  type Position,
  type ReportGatherer,
} from '../../reading/index.ts';

/** SARIF 2.1.0 (OASIS), written by many analysers. A record is a result; each is a finding of its own, because a result is one place in the code. */
export const sarif: Format = {
  id: 'sarif',
  tool: 'SARIF',
  title: { zh: 'SARIF 2.1.0 静态分析结果', en: 'SARIF 2.1.0 static analysis results' },
  homepage: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html',
  choosesChecks: true,
  dialects: [
    {
      syntax: 'json',
      recognises: (root) => hasKeys(root, 'runs') && (hasKeys(root, 'version') || hasKeys(root, '$schema')),
      records: ['runs[].results[]', 'runs[]'],
      open: (report) => readRuns(report),
    },
  ],
};

const text = z.string().nullish();
const Message = z.object({ text: text, id: text, markdown: text, arguments: z.array(z.string()).nullish() });
const Properties = z
  .object({ tags: z.array(z.string()).nullish(), 'security-severity': z.union([z.string(), z.number()]).nullish(), precision: text })
  .nullish();

const Rule = z.object({
  id: z.string(),
  name: text,
  shortDescription: Message.nullish(),
  fullDescription: Message.nullish(),
  help: Message.nullish(),
  helpUri: text,
  messageStrings: z.record(z.string(), Message).nullish(),
  defaultConfiguration: z.object({ level: text }).nullish(),
  properties: Properties,
});
type Rule = z.infer<typeof Rule>;

const Component = z.object({ name: text, version: text, semanticVersion: text, rules: z.array(Rule).nullish() });
const Run = z.object({
  tool: z.object({ driver: Component, extensions: z.array(Component).nullish() }),
  invocations: z.array(z.object({ startTimeUtc: text, endTimeUtc: text })).nullish(),
});
type Run = z.infer<typeof Run>;

const Result = z.object({
  ruleId: text,
  ruleIndex: z.number().nullish(),
  rule: z.object({ id: text, index: z.number().nullish(), toolComponent: z.object({ index: z.number().nullish() }).nullish() }).nullish(),
  kind: text,
  level: text,
  message: Message.nullish(),
  suppressions: z.array(z.object({ status: text, state: text })).nullish(),
  baselineState: text,
  locations: z
    .array(
      z.object({
        physicalLocation: z
          .object({
            artifactLocation: z.object({ uri: text }).nullish(),
            region: z.object({ startLine: z.number().nullish(), snippet: z.object({ text }).nullish() }).nullish(),
          })
          .nullish(),
        logicalLocations: z.array(z.object({ fullyQualifiedName: text, name: text })).nullish(),
      }),
    )
    .nullish(),
  properties: Properties,
});
type Result = z.infer<typeof Result>;

/** Rules may follow the results they belong to, so a run's results wait, in the few fields that are used, until the run ends. */
function readRuns(report: ReportGatherer) {
  let waiting: Result[] = [];
  const places = new Map<string, number>();
  return {
    record: (value: Json, path: Position) => {
      if (/^\$\.runs\[\d+\]\.results\[/.test(path)) waiting.push(shaped(Result, value, path));
      else {
        readRun(report, shaped(Run, value, path), waiting, places);
        waiting = [];
      }
    },
  };
}

function readRun(report: ReportGatherer, run: Run, results: readonly Result[], places: Map<string, number>): void {
  const { driver } = run.tool;
  report.tool = driver.name || 'SARIF';
  report.toolVersion = driver.semanticVersion ?? driver.version ?? null;
  for (const invocation of run.invocations ?? []) report.scanned(readInstant(invocation.startTimeUtc), readInstant(invocation.endTimeUtc));
  const rules = new Map([driver, ...(run.tool.extensions ?? [])].flatMap((c) => c.rules ?? []).map((rule) => [rule.id, rule]));
  for (const result of results) addResult(report, result, ruleOf(run, rules, result), places);
}

/** By id, by the part before a slash of a hierarchical id (§3.27.5), else by index in the driver or the named extension (§3.52). */
function ruleOf(run: Run, rules: ReadonlyMap<string, Rule>, result: Result): Rule | undefined {
  const id = result.ruleId ?? result.rule?.id ?? '';
  const byId = rules.get(id) ?? rules.get(id.replace(/\/[^/]*$/, ''));
  if (byId !== undefined) return byId;
  const component = result.rule?.toolComponent?.index;
  const owner = component == null ? run.tool.driver : run.tool.extensions?.[component];
  return owner?.rules?.[result.ruleIndex ?? result.rule?.index ?? -1];
}

function addResult(report: ReportGatherer, result: Result, rule: Rule | undefined, places: Map<string, number>): void {
  report.record();
  const checkId = result.ruleId ?? result.rule?.id ?? rule?.id ?? 'unnamed';
  const message = messageOf(result, rule);
  const score = readScore(String(result.properties?.['security-severity'] ?? rule?.properties?.['security-severity'] ?? ''));
  const level = levelOf(result, rule);
  const tags = [...(rule?.properties?.tags ?? []), ...(result.properties?.tags ?? [])];
  report.add({
    checkId,
    title: rule?.shortDescription?.text || message || rule?.fullDescription?.text || rule?.name || checkId,
    severity: score === null ? severityOfLevel(level) : severityOfScore(score),
    toolSeverity: score === null ? level : String(score),
    cves: cvesIn(checkId, rule?.name ?? '', rule?.shortDescription?.text ?? '', message, ...tags),
    cwes: cwesIn(...tags.map((tag) => tag.replace(/^external\/cwe\//, ''))),
    cvss: cvssOf({ score }),
    asset: { kind: 'file', ...placeOf(result, checkId, places) },
    evidence: lines(message, result.locations?.[0]?.physicalLocation?.region?.snippet?.text),
    remedy: rule?.help?.text ?? rule?.helpUri ?? '',
    suppressed: isSuppressed(result),
  });
}

/** §3.27.10: the result's level, else the rule's default, else `warning`; results that are no failures have none. */
function levelOf(result: Result, rule: Rule | undefined): string {
  if (result.kind && result.kind !== 'fail') return 'none';
  return result.level ?? rule?.defaultConfiguration?.level ?? 'warning';
}

/** `error`, `warning` and `note` speak of code; an analyser that knows the security severity says so in `security-severity`. */
const severityOfLevel = (level: string) => severityOf(level, null);

/** §3.27.23: suppressed when at least one suppression is accepted, and none is under review or rejected. `status` is the name of 2.1.0, `state` the older one. */
function isSuppressed(result: Result): boolean {
  const suppressions = result.suppressions ?? [];
  return suppressions.length > 0 && suppressions.every((s) => (s.status ?? s.state ?? 'accepted') === 'accepted');
}

/** The message with its placeholders filled (§3.11.5). */
function messageOf(result: Result, rule: Rule | undefined): string {
  const message = result.message;
  const template = message?.text || (message?.id ? rule?.messageStrings?.[message.id]?.text : '') || message?.markdown || '';
  return template.replace(/\{(\d+)\}/g, (slot, i: string) => message?.arguments?.[Number(i)] ?? slot);
}

/** A line beyond 2^31 − 1 is no line. The second result of a rule in one place is ` #2`, since results are places and never merge. */
function placeOf(result: Result, checkId: string, places: Map<string, number>): { name: string; part: string } {
  const location = result.locations?.[0];
  const name =
    location?.physicalLocation?.artifactLocation?.uri ||
    location?.logicalLocations?.[0]?.fullyQualifiedName ||
    location?.logicalLocations?.[0]?.name ||
    'unnamed';
  const startLine = location?.physicalLocation?.region?.startLine ?? 0;
  const line = startLine >= 1 && startLine <= 2_147_483_647 ? `:${startLine}` : '';
  const key = `${checkId}\n${name}\n${line}`;
  const times = (places.get(key) ?? 0) + 1;
  places.set(key, times);
  return { name, part: times === 1 ? line : `${line} #${times}` };
}
