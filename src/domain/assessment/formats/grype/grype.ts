import { z } from 'zod';
import {
  cvesIn,
  cvssOf,
  hasKeys,
  lines,
  member,
  packageAsset,
  readInstant,
  severityOfWeakness,
  shaped,
  type Format,
  type Json,
  type Position,
  type ReportGatherer,
} from '../../reading/index.ts';

/** Anchore Grype's JSON. A record is a match of a package with a vulnerability. */
export const grype: Format = {
  id: 'grype',
  tool: 'Grype',
  title: { zh: 'Grype 镜像与依赖扫描', en: 'Grype image and dependency scan' },
  homepage: 'https://github.com/anchore/grype',
  dialects: [
    {
      syntax: 'json',
      recognises: (root) => hasKeys(root, 'matches') && !hasKeys(root, 'SchemaVersion'),
      records: ['matches[]', 'ignoredMatches[]'],
      open: (report) => readMatches(report),
    },
  ],
};

const text = z.string().nullish();
const Scores = z.array(z.object({ version: text, vector: text, metrics: z.object({ baseScore: z.number().nullish() }).nullish() })).nullish();
const Vulnerability = z.object({
  id: z.string(),
  severity: text,
  description: text,
  cvss: Scores,
  fix: z.object({ versions: z.array(z.string()).nullish(), state: text }).nullish(),
});
const Match = z.object({
  vulnerability: Vulnerability,
  relatedVulnerabilities: z.array(z.object({ id: z.string(), description: text, cvss: Scores })).nullish(),
  artifact: z.object({ name: z.string(), version: text, type: text, locations: z.array(z.object({ path: text })).nullish() }),
});
type Match = z.infer<typeof Match>;

/** The scanned source stands after the matches, so matches wait for its name. */
function readMatches(report: ReportGatherer) {
  const waiting: { match: Match; ignored: boolean }[] = [];
  return {
    record: (value: Json, path: Position) => void waiting.push({ match: shaped(Match, value, path), ignored: path.startsWith('$.ignoredMatches') }),
    end: (root: Json) => {
      const where = sourceOf(root);
      report.toolVersion = textAt(root, 'descriptor', 'version') || null;
      const at = readInstant(textAt(root, 'descriptor', 'timestamp'));
      report.scanned(at, at);
      report.looked(where);
      for (const { match, ignored } of waiting) addMatch(report, match, { where, ignored });
    },
  };
}

function textAt(root: Json, ...path: string[]): string {
  const value = path.reduce<Json | undefined>((at, key) => member(at, key), root);
  return typeof value === 'string' ? value : '';
}

const sourceOf = (root: Json): string => textAt(root, 'source', 'target', 'userInput') || textAt(root, 'source', 'target').replace(/^"|"$/g, '');

function addMatch(
  report: ReportGatherer,
  { vulnerability, relatedVulnerabilities, artifact }: Match,
  { where, ignored }: { where: string; ignored: boolean },
): void {
  report.record();
  const related = relatedVulnerabilities?.[0];
  const cvss = newest(vulnerability.cvss) ?? newest(related?.cvss);
  const location = artifact.locations?.[0]?.path ?? '';
  report.add({
    checkId: vulnerability.id,
    title: `${vulnerability.id} in ${artifact.name}`,
    severity: severityOfWeakness(vulnerability.severity ?? '', cvss?.score ?? null),
    toolSeverity: vulnerability.severity ?? '',
    cves: cvesIn(vulnerability.id, ...(relatedVulnerabilities ?? []).map((r) => r.id)),
    cvss,
    asset: packageAsset({ name: artifact.name, version: artifact.version, ecosystem: artifact.type, where: where === '.' ? location : where }),
    evidence: lines(`${artifact.name} ${artifact.version ?? ''}${location && ` in ${location}`}`, vulnerability.description ?? related?.description),
    remedy: vulnerability.fix?.versions?.length ? `Upgrade ${artifact.name} to ${vulnerability.fix.versions.join(' or ')}` : '',
    suppressed: ignored,
  });
}

/** The statement of the highest CVSS version. */
function newest(scores: z.infer<typeof Scores>) {
  const best = [...(scores ?? [])].sort((a, b) => (b.version ?? '').localeCompare(a.version ?? ''))[0];
  return best === undefined ? null : cvssOf({ vector: best.vector, score: best.metrics?.baseScore });
}
