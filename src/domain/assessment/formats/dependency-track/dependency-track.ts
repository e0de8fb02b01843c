import { z } from 'zod';
import {
  cvesIn,
  cvssOf,
  cwesIn,
  hasKeys,
  lines,
  member,
  packageAsset,
  readInstant,
  readPurl,
  severityOfWeakness,
  shaped,
  type Format,
  type Json,
  type Position,
  type ReportGatherer,
} from '../../reading/index.ts';

/** Dependency-Track's finding packaging format. A record is a finding of a component. */
export const dependencyTrack: Format = {
  id: 'dependency-track',
  tool: 'Dependency-Track',
  title: { zh: 'Dependency-Track 组件漏洞', en: 'Dependency-Track findings' },
  homepage: 'https://dependencytrack.org/',
  dialects: [
    {
      syntax: 'json',
      recognises: (root) => hasKeys(root, 'meta', 'project') && member(member(root, 'meta'), 'application') === 'Dependency-Track',
      records: ['findings[]'],
      open: (report) => readFindings(report),
    },
  ],
};

const text = z.string().nullish();
const Head = z.object({ meta: z.object({ version: text, timestamp: text }), project: z.object({ name: text }) });
const Recorded = z.object({
  component: z.object({ name: z.string(), group: text, version: text, purl: text }),
  vulnerability: z.object({
    source: text,
    vulnId: z.union([z.string(), z.number()]),
    title: text,
    subtitle: text,
    severity: text,
    description: text,
    recommendation: text,
    cweId: z.number().nullish(),
    cwes: z.array(z.object({ cweId: z.number() })).nullish(),
    aliases: z.array(z.object({ cveId: text })).nullish(),
    cvssV2BaseScore: z.number().nullish(),
    cvssV3BaseScore: z.number().nullish(),
    cvssV3Vector: text,
  }),
  analysis: z.object({ state: text, isSuppressed: z.boolean().nullish() }).nullish(),
});
type Recorded = z.infer<typeof Recorded>;

function readFindings(report: ReportGatherer) {
  const waiting: Recorded[] = [];
  return {
    record: (value: Json, path: Position) => void waiting.push(shaped(Recorded, value, path)),
    end: (root: Json) => {
      const { meta, project } = shaped(Head, root, '$');
      report.toolVersion = meta.version ?? null;
      const at = readInstant(meta.timestamp);
      report.scanned(at, at);
      report.looked(project.name ?? '');
      for (const recorded of waiting) addRecorded(report, recorded, project.name ?? '');
    },
  };
}

/** Analysis states under which the weakness is not open. */
const closed: ReadonlySet<string> = new Set(['FALSE_POSITIVE', 'NOT_AFFECTED', 'RESOLVED']);

function addRecorded(report: ReportGatherer, { component, vulnerability: v, analysis }: Recorded, project: string): void {
  report.record();
  const cvss = cvssOf({ vector: v.cvssV3Vector, score: v.cvssV3BaseScore ?? v.cvssV2BaseScore });
  report.add({
    checkId: `${v.source ?? ''}:${v.vulnId}`,
    title: v.title || `${v.vulnId} in ${component.name}`,
    severity: severityOfWeakness(v.severity ?? '', cvss?.score ?? null),
    toolSeverity: v.severity ?? '',
    cves: cvesIn(String(v.vulnId), ...(v.aliases ?? []).map((a) => a.cveId ?? '')),
    cwes: cwesIn(...(v.cwes ?? []).map((c) => String(c.cweId)), String(v.cweId ?? '')),
    cvss,
    asset: {
      ...packageAsset({
        name: [component.group, component.name].filter(Boolean).join('/'),
        version: component.version,
        ecosystem: readPurl(component.purl ?? '')?.ecosystem,
        where: project,
      }),
      part: component.version ? ` ${component.version}` : '',
    },
    evidence: lines(`${component.name} ${component.version ?? ''}`, v.description),
    remedy: v.recommendation ?? '',
    suppressed: analysis?.isSuppressed === true || closed.has(analysis?.state ?? ''),
  });
}
