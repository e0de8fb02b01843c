import { z } from 'zod';
import { Provenance, built, hashData, misnamed, readContent, type Built, type ContentFile, type ContentProblem, type Placed } from '../../basics/index.ts';
import type { Finding } from '../finding.ts';
import { signals } from '../signals.ts';

export const Platform = z.enum(['windows', 'linux', 'network', 'cloud']);
export type Platform = z.infer<typeof Platform>;

/** How a class of weaknesses is repaired on each platform. Data in `content/repairs`. */
export const RepairGuide = z.strictObject({
  id: z.string().regex(/^[a-z][a-z-]*$/),
  title: z.strictObject({ zh: z.string(), en: z.string() }),
  /** Of several guides that fit a weakness, the highest is taken. */
  precedence: z.int(),
  /** A weakness belongs to the class when it shows one of these signals, has one of these CWEs, or, with `namesCve`, names a CVE. */
  signals: z.array(z.string()),
  cwes: z.array(z.int().min(1)),
  namesCve: z.boolean(),
  advice: z.array(z.strictObject({ platform: Platform, zh: z.string().min(1), en: z.string().min(1) })).min(1),
  source: z.string().min(1),
  provenance: Provenance,
});
export type RepairGuide = z.infer<typeof RepairGuide>;

/** All guides, by falling precedence; `version` is the hash of them. */
export interface RepairGuides {
  readonly version: string;
  readonly guides: readonly RepairGuide[];
}

/** Reads `content/repairs`: one file a class. Two guides of one precedence, a signal that is none, and a platform without advice are problems. */
export function buildRepairGuides(files: readonly ContentFile[]): Built<RepairGuides> {
  const { values, problems } = readContent(RepairGuide, files);
  const guides = values.map(({ value }) => value).sort((a, b) => b.precedence - a.precedence);
  return built({ version: hashData(guides), guides }, [...problems, ...values.flatMap(misnamed), ...values.flatMap(strays), ...ties(values)]);
}

function strays({ file, value }: Placed<RepairGuide>): ContentProblem[] {
  const known = new Set(signals.map(({ id }) => id));
  const unknown = value.signals.filter((id) => !known.has(id)).map((id) => ({ file, at: 'signals', message: `no signal \`${id}\`` }));
  const advised = new Set(value.advice.map(({ platform }) => platform));
  const silent = Platform.options
    .filter((platform) => !advised.has(platform))
    .map((platform) => ({ file, at: 'advice', message: `no advice for \`${platform}\`` }));
  return [...unknown, ...silent];
}

function ties(values: readonly Placed<RepairGuide>[]): ContentProblem[] {
  const seen = new Set<number>();
  return values.flatMap(({ file, value: { precedence } }) => {
    if (seen.has(precedence)) return [{ file, at: 'precedence', message: `another guide has the precedence ${precedence}` }];
    seen.add(precedence);
    return [];
  });
}

/** The guide for a weakness with these signals; null when no class fits. */
export const guideFor = ({ guides }: RepairGuides, { cves, cwes }: Pick<Finding, 'cves' | 'cwes'>, shown: readonly string[]): RepairGuide | null =>
  guides.find(
    (guide) => (guide.namesCve && cves.length > 0) || guide.signals.some((id) => shown.includes(id)) || guide.cwes.some((cwe) => cwes.includes(cwe)),
  ) ?? null;
