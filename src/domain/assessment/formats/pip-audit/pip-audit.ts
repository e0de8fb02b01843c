import { z } from 'zod';
import {
  cvesIn,
  firstOf,
  hasKeys,
  lines,
  member,
  packageAsset,
  shaped,
  unratedSeverity,
  type Format,
  type Json,
  type Position,
  type ReportGatherer,
} from '../../reading/index.ts';

/** `pip-audit --format json`: an object with `dependencies`, or the bare array of version 1. A record is a vulnerability of a package. */
export const pipAudit: Format = {
  id: 'pip-audit',
  tool: 'pip-audit',
  title: { zh: 'pip-audit 依赖审计', en: 'pip-audit' },
  homepage: 'https://github.com/pypa/pip-audit',
  dialects: [
    {
      syntax: 'json',
      recognises: (root) => isDependency(firstOf(member(root, 'dependencies'))),
      records: ['dependencies[]'],
      open: (report) => ({ record: (value, path) => readDependency(report, value, path) }),
    },
    {
      syntax: 'json',
      recognises: (root) => isDependency(firstOf(root)),
      records: ['[]'],
      open: (report) => ({ record: (value, path) => readDependency(report, value, path) }),
    },
  ],
};

const isDependency = (value: Json | undefined): boolean => hasKeys(value, 'name', 'vulns') || hasKeys(value, 'name', 'skip_reason');

const text = z.string().nullish();
const Dependency = z.object({
  name: z.string(),
  version: text,
  vulns: z
    .array(z.object({ id: z.string(), fix_versions: z.array(z.string()).nullish(), aliases: z.array(z.string()).nullish(), description: text }))
    .nullish(),
});

/** pip-audit states no severities. */
function readDependency(report: ReportGatherer, value: Json, path: Position): void {
  const { name, version, vulns } = shaped(Dependency, value, path);
  report.looked(name);
  for (const v of vulns ?? []) {
    report.record();
    report.add({
      checkId: v.id,
      title: `${v.id} in ${name}`,
      severity: unratedSeverity,
      toolSeverity: '',
      cves: cvesIn(v.id, ...(v.aliases ?? [])),
      asset: packageAsset({ name, version, ecosystem: 'pypi' }),
      evidence: lines(`${name} ${version ?? ''}`, v.description),
      remedy: v.fix_versions?.length ? `Upgrade ${name} to ${v.fix_versions.join(' or ')}` : '',
    });
  }
}
