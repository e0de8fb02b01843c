import { z } from 'zod';
import { hasKeys, readInstant, shaped, type Format, type Json, type Position, type ReportGatherer } from '../../reading/index.ts';

/** TruffleHog 3's JSON lines. A record is a secret at one place. The secret itself is never kept. */
export const trufflehog: Format = {
  id: 'trufflehog',
  tool: 'TruffleHog',
  title: { zh: 'TruffleHog 密钥泄露检查', en: 'TruffleHog secret scan' },
  homepage: 'https://github.com/trufflesecurity/trufflehog',
  dialects: [
    {
      syntax: 'json',
      recognises: (root) => hasKeys(root, 'SourceMetadata', 'DetectorName'),
      records: [''],
      sequence: true,
      open: (report) => ({ record: (value, path) => readSecret(report, value, path) }),
    },
  ],
};

const text = z.string().nullish();
const Place = z.object({ commit: text, file: text, repository: text, link: text, line: z.number().nullish(), timestamp: text, bucket: text, image: text });
const Secret = z.object({
  SourceMetadata: z.object({ Data: z.record(z.string(), Place).nullish() }).nullish(),
  SourceName: text,
  DetectorName: z.string(),
  Verified: z.boolean().nullish(),
});

/** A secret that the tool tried and that works counts as critical; one that only looks like a secret as medium. */
function readSecret(report: ReportGatherer, value: Json, path: Position): void {
  report.record();
  const secret = shaped(Secret, value, path);
  const place = Object.values(secret.SourceMetadata?.Data ?? {})[0];
  const container = place?.repository ?? place?.bucket ?? place?.image ?? '';
  report.add({
    checkId: secret.DetectorName,
    title: `${secret.DetectorName} secret${secret.Verified ? ', verified' : ''}`,
    severity: secret.Verified ? 'critical' : 'medium',
    toolSeverity: secret.Verified ? 'verified' : 'unverified',
    asset: {
      kind: 'file',
      name: [container, place?.file].filter(Boolean).join(' ') || 'unnamed',
      part: `${place?.line ? `:${place.line}` : ''}${place?.commit ? ` @${place.commit.slice(0, 12)}` : ''}`,
    },
    firstSeen: readInstant(place?.timestamp),
    evidence: 'the secret is not kept here',
    remedy: 'Revoke the secret, then remove it from where it lies.',
  });
}
