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
  severityOfWeakness,
  shaped,
  type Format,
  type Json,
  type Position,
  type ReportGatherer,
} from '../../reading/index.ts';

/** CSAF 2.0 advisories and VEX documents (OASIS). A record is a vulnerability; its findings are the products in the worst status that it states. */
export const csaf: Format = {
  id: 'csaf',
  tool: 'CSAF',
  title: { zh: 'CSAF 2.0 安全公告与 VEX', en: 'CSAF 2.0 advisories and VEX' },
  homepage: 'https://docs.oasis-open.org/csaf/csaf/v2.0/csaf-v2.0.html',
  dialects: [
    {
      syntax: 'json',
      recognises: (root) => hasKeys(member(root, 'document'), 'csaf_version'),
      records: ['vulnerabilities[]'],
      open: (report) => readAdvisory(report),
    },
  ],
};

const text = z.string().nullish();
const ids = z.array(z.string()).nullish();
const Head = z.object({ document: z.object({ tracking: z.object({ current_release_date: text }).nullish() }) });
const Vulnerability = z.object({
  cve: text,
  ids: z.array(z.object({ text: text })).nullish(),
  cwe: z.object({ id: text }).nullish(),
  title: text,
  notes: z.array(z.object({ category: text, text: text })).nullish(),
  product_status: z
    .object({
      known_affected: ids,
      first_affected: ids,
      last_affected: ids,
      under_investigation: ids,
      known_not_affected: ids,
      fixed: ids,
      first_fixed: ids,
      recommended: ids,
    })
    .nullish(),
  scores: z
    .array(
      z.object({
        products: ids,
        cvss_v3: z.object({ vectorString: text, baseScore: z.number().nullish(), baseSeverity: text }).nullish(),
        cvss_v2: z.object({ vectorString: text, baseScore: z.number().nullish() }).nullish(),
      }),
    )
    .nullish(),
  remediations: z.array(z.object({ category: text, details: text, product_ids: ids })).nullish(),
  threats: z.array(z.object({ category: text, details: text })).nullish(),
  discovery_date: text,
  release_date: text,
});
type Vulnerability = z.infer<typeof Vulnerability>;

/** The product tree stands before or after the vulnerabilities, so they wait for it. */
function readAdvisory(report: ReportGatherer) {
  const waiting: Vulnerability[] = [];
  return {
    record: (value: Json, path: Position) => void waiting.push(shaped(Vulnerability, value, path)),
    end: (root: Json) => {
      const { document } = shaped(Head, root, '$');
      const at = readInstant(document.tracking?.current_release_date);
      report.scanned(at, at);
      const products = new Map<string, string>();
      collectProducts(member(root, 'product_tree') ?? null, products);
      for (const vulnerability of waiting) addVulnerability(report, vulnerability, products);
    },
  };
}

/** Names of products by id, wherever the tree has them: in branches, relationships or the flat list. */
function collectProducts(value: Json, products: Map<string, string>): void {
  if (Array.isArray(value)) for (const item of value) collectProducts(item, products);
  else if (value !== null && typeof value === 'object') {
    const { product_id: id, name } = value;
    if (typeof id === 'string' && typeof name === 'string') products.set(id, name);
    for (const part of Object.values(value)) collectProducts(part, products);
  }
}

interface Status {
  readonly products: readonly string[];
  readonly open: boolean;
  readonly word: string;
}

/** Affected before under investigation before fixed before not affected: a product line is as bad as its worst member. */
function worstStatus(v: Vulnerability): Status {
  const status = v.product_status ?? {};
  const affected = [...(status.known_affected ?? []), ...(status.first_affected ?? []), ...(status.last_affected ?? [])];
  if (affected.length > 0) return { products: affected, open: true, word: 'known affected' };
  if (status.under_investigation?.length) return { products: status.under_investigation, open: true, word: 'under investigation' };
  const fixed = [...(status.fixed ?? []), ...(status.first_fixed ?? [])];
  if (fixed.length > 0) return { products: fixed, open: false, word: 'fixed' };
  if (status.known_not_affected?.length) return { products: status.known_not_affected, open: false, word: 'known not affected' };
  return { products: ['the product'], open: true, word: 'status not stated' };
}

function addVulnerability(report: ReportGatherer, v: Vulnerability, products: ReadonlyMap<string, string>): void {
  report.record();
  const status = worstStatus(v);
  const id = v.cve || v.ids?.find((i) => i.text)?.text || v.title || 'unnamed';
  for (const product of new Set(status.products)) {
    const score = (v.scores ?? []).find((s) => s.products?.includes(product)) ?? v.scores?.[0];
    const cvss = cvssOf({
      vector: score?.cvss_v3?.vectorString ?? score?.cvss_v2?.vectorString,
      score: score?.cvss_v3?.baseScore ?? score?.cvss_v2?.baseScore,
    });
    const word = score?.cvss_v3?.baseSeverity ?? v.threats?.find((t) => t.category === 'impact')?.details ?? '';
    report.add({
      checkId: id,
      title: v.title || id,
      severity: severityOfWeakness(word, cvss?.score ?? null),
      toolSeverity: word,
      cves: cvesIn(v.cve ?? ''),
      cwes: cwesIn(v.cwe?.id ?? ''),
      cvss,
      asset: packageAsset({ name: products.get(product) ?? product }),
      firstSeen: readInstant(v.discovery_date ?? v.release_date),
      evidence: lines(status.word, ...(v.notes ?? []).map((n) => n.text)),
      remedy: lines(...(v.remediations ?? []).filter((r) => !r.product_ids || r.product_ids.includes(product)).map((r) => r.details)),
      suppressed: !status.open,
    });
  }
}
