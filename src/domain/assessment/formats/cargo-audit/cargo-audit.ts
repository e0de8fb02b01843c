import { z } from 'zod';
import {
  cvesIn,
  cvssOf,
  hasKeys,
  lines,
  member,
  packageAsset,
  severityOfWeakness,
  shaped,
  type Format,
  type Json,
  type Position,
  type ReportGatherer,
} from '../../reading/index.ts';

/** `cargo audit --json`. A record is an advisory about a Rust crate. */
export const cargoAudit: Format = {
  id: 'cargo-audit',
  tool: 'cargo-audit',
  title: { zh: 'cargo-audit Rust 依赖审计', en: 'cargo-audit Rust audit' },
  homepage: 'https://rustsec.org/',
  dialects: [
    {
      syntax: 'json',
      recognises: (root) => hasKeys(root, 'database', 'lockfile') && hasKeys(member(root, 'database'), 'advisory-count'),
      records: ['vulnerabilities.list[]'],
      open: (report) => ({ record: (value, path) => readAdvisory(report, value, path) }),
    },
  ],
};

const text = z.string().nullish();
const Recorded = z.object({
  advisory: z.object({ id: z.string(), title: text, description: text, aliases: z.array(z.string()).nullish(), cvss: text, url: text }),
  versions: z.object({ patched: z.array(z.string()).nullish() }).nullish(),
  package: z.object({ name: z.string(), version: text }),
});

function readAdvisory(report: ReportGatherer, value: Json, path: Position): void {
  report.record();
  const { advisory, versions, package: crate } = shaped(Recorded, value, path);
  const cvss = cvssOf({ vector: advisory.cvss });
  report.add({
    checkId: advisory.id,
    title: `${crate.name}: ${advisory.title ?? advisory.id}`,
    severity: severityOfWeakness('', cvss?.score ?? null),
    toolSeverity: '',
    cves: cvesIn(...(advisory.aliases ?? [])),
    cvss,
    asset: packageAsset({ name: crate.name, version: crate.version, ecosystem: 'cargo' }),
    evidence: lines(`${crate.name} ${crate.version ?? ''}`, advisory.description, advisory.url),
    remedy: versions?.patched?.length ? `Upgrade ${crate.name} to ${versions.patched.join(' or ')}` : '',
  });
}
