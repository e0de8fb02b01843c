import { z } from 'zod';
import {
  attribute,
  child,
  childrenNamed,
  cvesIn,
  cvssOf,
  cwesIn,
  hasKeys,
  lines,
  member,
  packageAsset,
  readInstant,
  readPurl,
  readScore,
  severityOfWeakness,
  shaped,
  textOf,
  type Format,
  type Json,
  type Position,
  type ReportGatherer,
  type XmlElement,
} from '../../reading/index.ts';

/** CycloneDX bills of materials and VEX documents, JSON and XML, 1.2 to 1.6. A record is a vulnerability; components are assets. */
export const cyclonedx: Format = {
  id: 'cyclonedx',
  tool: 'CycloneDX',
  title: { zh: 'CycloneDX 软件物料清单与 VEX', en: 'CycloneDX bill of materials and VEX' },
  homepage: 'https://cyclonedx.org/',
  dialects: [
    {
      syntax: 'json',
      recognises: (root) => member(root, 'bomFormat') === 'CycloneDX' || hasKeys(root, 'specVersion', 'vulnerabilities'),
      records: ['components[]', 'vulnerabilities[]', 'services[]', 'dependencies[]'],
      open: (report) => readBom(report),
    },
    {
      syntax: 'xml',
      recognises: (root) => root.name === 'bom' && attribute(root, 'xmlns').includes('cyclonedx.org'),
      records: [],
      open: (report) => ({ record: () => undefined, end: (root) => readXmlBom(report, root) }),
    },
  ],
};

const text = z.string().nullish();
interface Component {
  readonly 'bom-ref'?: string | null | undefined;
  readonly name?: string | null | undefined;
  readonly group?: string | null | undefined;
  readonly version?: string | null | undefined;
  readonly purl?: string | null | undefined;
  readonly components?: Component[] | null | undefined;
}
const Component: z.ZodType<Component> = z.object({
  'bom-ref': text,
  name: text,
  group: text,
  version: text,
  purl: text,
  get components() {
    return z.array(Component).nullish();
  },
});
const Head = z.object({ metadata: z.object({ timestamp: text, component: Component.nullish() }).nullish() });

const Vulnerability = z.object({
  id: text,
  source: z.object({ name: text }).nullish(),
  references: z.array(z.object({ id: text })).nullish(),
  ratings: z.array(z.object({ score: z.union([z.number(), z.string()]).nullish(), severity: text, method: text, vector: text })).nullish(),
  cwes: z.array(z.number()).nullish(),
  description: text,
  detail: text,
  recommendation: text,
  created: text,
  updated: text,
  analysis: z.object({ state: text, detail: text, justification: text }).nullish(),
  affects: z.array(z.object({ ref: text, versions: z.array(z.object({ version: text, range: text })).nullish() })).nullish(),
});
type Vulnerability = z.infer<typeof Vulnerability>;

/** Components may follow the vulnerabilities that affect them, so both wait for the end. */
function readBom(report: ReportGatherer) {
  const components = new Map<string, Component>();
  const waiting: Vulnerability[] = [];
  return {
    record: (value: Json, path: Position) => {
      if (path.startsWith('$.components')) keepComponent(report, components, shaped(Component, value, path));
      if (path.startsWith('$.vulnerabilities')) waiting.push(shaped(Vulnerability, value, path));
    },
    end: (root: Json) => {
      const { metadata } = shaped(Head, root, '$');
      const at = readInstant(metadata?.timestamp);
      report.scanned(at, at);
      if (metadata?.component) keepComponent(report, components, metadata.component);
      for (const vulnerability of waiting) addVulnerability(report, vulnerability, components);
    },
  };
}

function keepComponent(report: ReportGatherer, components: Map<string, Component>, component: Component): void {
  const name = nameOf(component);
  if (name !== '') report.looked(name);
  for (const ref of [component['bom-ref'], component.purl]) if (ref && !components.has(ref)) components.set(ref, component);
  for (const part of component.components ?? []) keepComponent(report, components, part);
}

const nameOf = (component: Component): string => [component.group, component.name].filter(Boolean).join('/');

function addVulnerability(report: ReportGatherer, vulnerability: Vulnerability, components: ReadonlyMap<string, Component>): void {
  report.record();
  const affected = vulnerability.affects?.length ? vulnerability.affects : [{ ref: '', versions: null }];
  for (const { ref, versions } of affected) addAffected(report, vulnerability, { component: componentOf(ref ?? '', components), versions: versions ?? [] });
}

/** A reference may be a `bom-ref`, a package URL, or a BOM-Link whose last part is the reference (`urn:cdx:serial/version#ref`). */
function componentOf(ref: string, components: ReadonlyMap<string, Component>): Component {
  const local = ref.startsWith('urn:cdx:') ? decodeURIComponentSafely(ref.slice(ref.indexOf('#') + 1)) : ref;
  const known = components.get(ref) ?? components.get(local);
  const purl = readPurl(known?.purl || local);
  return known ?? { name: purl?.name ?? local, version: purl?.version ?? null, purl: local };
}

function decodeURIComponentSafely(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    // A malformed escape is kept as written: the reference is a name here, nothing is fetched.
    return part;
  }
}

/** States of the analysis under which the weakness is not open (CycloneDX 1.5, vulnerability/analysis/state). */
const closed: ReadonlySet<string> = new Set(['not_affected', 'resolved', 'resolved_with_pedigree', 'false_positive']);

function addAffected(
  report: ReportGatherer,
  v: Vulnerability,
  at: { component: Component; versions: readonly { version?: string | null | undefined; range?: string | null | undefined }[] },
): void {
  const rating = ratingOf(v);
  const ranges = at.versions
    .map((version) => version.version ?? version.range)
    .filter(Boolean)
    .join(', ');
  const asset = packageAsset({
    name: nameOf(at.component) || 'unnamed',
    version: at.component.version || ranges,
    ecosystem: readPurl(at.component.purl ?? '')?.ecosystem,
  });
  report.add({
    checkId: v.id ?? 'unnamed',
    title: `${v.id ?? 'A vulnerability'} in ${nameOf(at.component) || 'the product'}`,
    severity: severityOfWeakness(rating.word, rating.cvss?.score ?? null),
    toolSeverity: rating.word,
    cves: cvesIn(v.id ?? '', ...(v.references ?? []).map((r) => r.id ?? '')),
    cwes: cwesIn(...(v.cwes ?? []).map(String)),
    cvss: rating.cvss,
    asset: { ...asset, part: ranges === '' ? '' : ` [${ranges}]` },
    firstSeen: readInstant(v.created),
    evidence: lines(v.description, v.analysis?.state ? `${v.analysis.state} ${v.analysis.justification ?? ''} ${v.analysis.detail ?? ''}` : ''),
    remedy: v.recommendation ?? '',
    suppressed: closed.has(v.analysis?.state ?? ''),
  });
}

/** The word of the first rating that has one; the CVSS of the newest version that is stated. */
function ratingOf(v: Vulnerability) {
  const ratings = v.ratings ?? [];
  const scored = ratings.filter((r) => r.score != null || r.vector).sort((a, b) => (b.method ?? '').localeCompare(a.method ?? ''))[0];
  return {
    word: ratings.find((r) => r.severity)?.severity ?? '',
    cvss: scored === undefined ? null : cvssOf({ vector: scored.vector, score: readScore(String(scored.score ?? '')) }),
  };
}

function readXmlBom(report: ReportGatherer, root: XmlElement): void {
  const components = new Map<string, Component>();
  const main = child(child(root, 'metadata') ?? root, 'component');
  const at = readInstant(textOf(root, 'metadata', 'timestamp'));
  report.scanned(at, at);
  for (const element of [...(main ? [main] : []), ...childrenNamed(child(root, 'components') ?? root, 'component')])
    keepComponent(report, components, componentFrom(element));
  const vulnerabilities = child(root, 'vulnerabilities');
  for (const element of vulnerabilities ? childrenNamed(vulnerabilities, 'vulnerability') : [])
    addVulnerability(report, vulnerabilityFrom(element), components);
}

const componentFrom = (element: XmlElement): Component => ({
  'bom-ref': attribute(element, 'bom-ref'),
  name: textOf(element, 'name'),
  group: textOf(element, 'group'),
  version: textOf(element, 'version'),
  purl: textOf(element, 'purl'),
  components: childrenNamed(child(element, 'components') ?? { ...element, children: [] }, 'component').map(componentFrom),
});

const listed = (element: XmlElement, list: string, item: string): XmlElement[] => childrenNamed(child(element, list) ?? { ...element, children: [] }, item);

const vulnerabilityFrom = (element: XmlElement): Vulnerability => ({
  id: textOf(element, 'id'),
  references: listed(element, 'references', 'reference').map((r) => ({ id: textOf(r, 'id') })),
  ratings: listed(element, 'ratings', 'rating').map((r) => ({
    score: textOf(r, 'score'),
    severity: textOf(r, 'severity'),
    method: textOf(r, 'method'),
    vector: textOf(r, 'vector'),
  })),
  cwes: listed(element, 'cwes', 'cwe')
    .map((c) => Number(c.text))
    .filter(Number.isInteger),
  description: textOf(element, 'description'),
  recommendation: textOf(element, 'recommendation'),
  created: textOf(element, 'created'),
  analysis: {
    state: textOf(element, 'analysis', 'state'),
    detail: textOf(element, 'analysis', 'detail'),
    justification: textOf(element, 'analysis', 'justification'),
  },
  affects: listed(element, 'affects', 'target').map((t) => ({
    ref: textOf(t, 'ref'),
    versions: listed(t, 'versions', 'version').map((v) => ({ version: textOf(v, 'version'), range: textOf(v, 'range') })),
  })),
});
