import { z } from 'zod';
import {
  cvesIn,
  cvssOf,
  cwesIn,
  firstOf,
  hasKeys,
  lines,
  member,
  packageAsset,
  readScore,
  severityOfWeakness,
  shaped,
  type Format,
  type Json,
  type Position,
  type ReportGatherer,
} from '../../reading/index.ts';

/** OSV-Scanner's JSON. A record is a group of advisories about one weakness of a package. */
export const osvScanner: Format = {
  id: 'osv-scanner',
  tool: 'OSV-Scanner',
  title: { zh: 'OSV-Scanner 依赖扫描', en: 'OSV-Scanner' },
  homepage: 'https://google.github.io/osv-scanner/',
  dialects: [
    {
      syntax: 'json',
      recognises: (root) => hasKeys(firstOf(member(root, 'results')), 'source', 'packages') || hasKeys(root, 'results', 'experimental_config'),
      records: ['results[]'],
      open: (report) => ({ record: (value, path) => readSource(report, value, path) }),
    },
  ],
};

const text = z.string().nullish();
const Advisory = z.object({
  id: z.string(),
  aliases: z.array(z.string()).nullish(),
  summary: text,
  details: text,
  published: text,
  severity: z.array(z.object({ type: text, score: text })).nullish(),
  database_specific: z.object({ severity: z.unknown().optional(), cwe_ids: z.array(z.string()).nullish() }).nullish(),
});
type Advisory = z.infer<typeof Advisory>;
const Package = z.object({
  package: z.object({ name: z.string(), version: text, ecosystem: text }),
  vulnerabilities: z.array(Advisory).nullish(),
  groups: z.array(z.object({ ids: z.array(z.string()), aliases: z.array(z.string()).nullish(), max_severity: text })).nullish(),
});
type Package = z.infer<typeof Package>;
const Source = z.object({ source: z.object({ path: text }).nullish(), packages: z.array(Package).nullish() });

/** One weakness has several advisories (GHSA, PYSEC, …); the tool groups them, and a group is one finding. */
function readSource(report: ReportGatherer, value: Json, path: Position): void {
  const { source, packages } = shaped(Source, value, path);
  for (const found of packages ?? []) {
    const groups = found.groups ?? (found.vulnerabilities ?? []).map((v) => ({ ids: [v.id], aliases: v.aliases, max_severity: null }));
    for (const group of groups) addGroup(report, found, { ...group, where: source?.path ?? '' });
  }
}

function addGroup(
  report: ReportGatherer,
  found: Package,
  group: { ids: string[]; aliases?: string[] | null | undefined; max_severity?: string | null | undefined; where: string },
): void {
  report.record();
  const advisories = (found.vulnerabilities ?? []).filter((v) => group.ids.includes(v.id));
  const vector = advisories
    .flatMap((a) => a.severity ?? [])
    .map((s) => s.score ?? '')
    .sort()
    .at(-1);
  const cvss = cvssOf({ vector, score: readScore(group.max_severity ?? '') });
  const word = advisories.map(wordOf).find((w) => w !== '') ?? '';
  const { name, version, ecosystem } = found.package;
  report.add({
    checkId: [...group.ids].sort().join(' '),
    title: `${name}: ${advisories[0]?.summary ?? group.ids[0] ?? ''}`,
    severity: severityOfWeakness(word, cvss?.score ?? null),
    toolSeverity: word || (group.max_severity ?? ''),
    cves: cvesIn(...group.ids, ...(group.aliases ?? []), ...advisories.flatMap((a) => a.aliases ?? [])),
    cwes: cwesIn(...advisories.flatMap((a) => a.database_specific?.cwe_ids ?? [])),
    cvss,
    asset: packageAsset({ name, version, ecosystem: ecosystem?.toLowerCase(), where: group.where }),
    evidence: lines(`${name} ${version ?? ''} in ${group.where}`, advisories[0]?.details),
  });
}

function wordOf(advisory: Advisory): string {
  const word = advisory.database_specific?.severity;
  return typeof word === 'string' ? word : '';
}
