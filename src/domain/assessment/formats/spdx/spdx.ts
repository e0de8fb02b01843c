import { z } from 'zod';
import { cvesIn, hasKeys, lines, packageAsset, readInstant, readPurl, shaped, unratedSeverity, type Format, type ReportGatherer } from '../../reading/index.ts';

/** SPDX 2.2 and 2.3 JSON documents. A record is a package; a security advisory that names an identifier is a finding, unless a fix for it is listed too. */
export const spdx: Format = {
  id: 'spdx',
  tool: 'SPDX',
  title: { zh: 'SPDX 软件物料清单', en: 'SPDX bill of materials' },
  homepage: 'https://spdx.dev/',
  dialects: [
    {
      syntax: 'json',
      recognises: (root) => hasKeys(root, 'spdxVersion', 'SPDXID') || hasKeys(root, 'spdxVersion', 'packages'),
      records: ['packages[]', 'files[]', 'relationships[]'],
      open: (report) => ({
        record: (value, path) => {
          if (path.startsWith('$.packages')) readPackage(report, shaped(Package, value, path));
        },
        end: (root) => {
          const { creationInfo } = shaped(Head, root, '$');
          const at = readInstant(creationInfo?.created);
          report.scanned(at, at);
        },
      }),
    },
  ],
};

const text = z.string().nullish();
const Head = z.object({ creationInfo: z.object({ created: text }).nullish() });
const Reference = z.object({ referenceCategory: text, referenceType: text, referenceLocator: text, comment: text });
type Reference = z.infer<typeof Reference>;
const Package = z.object({ name: z.string(), versionInfo: text, externalRefs: z.array(Reference).nullish() });
type Package = z.infer<typeof Package>;

function readPackage(report: ReportGatherer, { name, versionInfo, externalRefs }: Package): void {
  report.record();
  report.looked(name);
  const security = (externalRefs ?? []).filter((r) => r.referenceCategory === 'SECURITY');
  const purl = readPurl((externalRefs ?? []).find((r) => r.referenceType === 'purl')?.referenceLocator ?? '');
  const fixed = new Set(security.filter((r) => r.referenceType === 'fix').flatMap(idsIn));
  for (const id of new Set(security.filter((r) => r.referenceType !== 'fix').flatMap(idsIn))) {
    report.add({
      checkId: id,
      title: `${id} in ${name}`,
      severity: unratedSeverity,
      toolSeverity: '',
      cves: cvesIn(id),
      asset: packageAsset({ name, version: versionInfo, ecosystem: purl?.ecosystem }),
      evidence: lines(...security.filter((r) => idsIn(r).includes(id)).map((r) => `${r.referenceType ?? ''} ${r.referenceLocator ?? ''} ${r.comment ?? ''}`)),
      suppressed: fixed.has(id),
    });
  }
}

/** Identifiers of vulnerabilities in an advisory's address. CPE names identify the package, not a weakness. */
function idsIn(reference: Reference): string[] {
  if ((reference.referenceType ?? '').startsWith('cpe')) return [];
  const locator = reference.referenceLocator ?? '';
  return [...cvesIn(locator), ...(locator.match(/GHSA(?:-[0-9a-z]{4}){3}/g) ?? [])];
}
