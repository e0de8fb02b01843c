import { z } from 'zod';
import { hasKeys, readInstant, shaped, severityOf, type Format, type Json, type Position, type ReportGatherer } from '../../reading/index.ts';

/** A format for one part of the posture check, so that each part is looked at again by itself. A record is one verdict of one rule on one thing; only failed ones are findings. */
export const postureFormat = (id: string, part: 'passive' | 'gentle', title: Format['title']): Format => ({
  id,
  tool: 'Riskloop posture check',
  title,
  homepage: '',
  dialects: [
    {
      syntax: 'json',
      recognises: (root) => hasKeys(root, 'riskloopPosture', 'part', 'check') && root['part'] === part,
      records: ['results[]'],
      open: (report) => ({ record: (value, path) => readResult(report, value, path), end: (document) => readCheck(report, document) }),
    },
  ],
});

/** The report of our own posture check, of what every visitor can see. */
export const riskloopPosture = postureFormat('riskloop-posture', 'passive', { zh: '闭环保资产体检（被动）', en: 'Riskloop posture check, passive part' });

const Result = z.object({
  rule: z.string(),
  outcome: z.string(),
  severity: z.string(),
  title: z.string(),
  asset: z.object({
    kind: z.enum(['host', 'url']),
    name: z.string(),
    host: z.string().nullable(),
    port: z.int().min(0).max(65535).nullable(),
    service: z.string().nullable(),
  }),
  cwes: z.array(z.int().min(1)),
  evidence: z.string(),
  remedy: z.string(),
});

function readResult(report: ReportGatherer, value: Json, path: Position): void {
  report.record();
  const { rule, outcome, severity, title, asset, cwes, evidence, remedy } = shaped(Result, value, path);
  if (outcome === 'failed') report.add({ checkId: rule, title, severity: severityOf(severity, null), toolSeverity: severity, asset, cwes, evidence, remedy });
}

const Check = z.object({
  check: z.object({ asset: z.object({ name: z.string() }), startedAt: z.string(), finishedAt: z.string(), stoppedBy: z.string().nullable() }),
});

/** A check that was stopped has not looked at everything, so that it does not speak for the asset. */
function readCheck(report: ReportGatherer, document: Json): void {
  const { check } = shaped(Check, document, '');
  report.scanned(readInstant(check.startedAt), readInstant(check.finishedAt));
  if (check.stoppedBy === null) report.looked(check.asset.name);
}
