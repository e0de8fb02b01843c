import { z } from 'zod';
import { hasKeys, readInstant, shaped, severityOf, type Format, type Json, type Position, type ReportGatherer } from '../../reading/index.ts';

/** The report of our own posture check. A record is one verdict of one rule on one thing; only failed ones are findings. */
export const riskloopPosture: Format = {
  id: 'riskloop-posture',
  tool: 'Riskloop posture check',
  title: { zh: '闭环保自有资产体检', en: 'Riskloop posture check' },
  homepage: '',
  dialects: [
    {
      syntax: 'json',
      recognises: (root) => hasKeys(root, 'riskloopPosture', 'check'),
      records: ['results[]'],
      open: (report) => ({ record: (value, path) => readResult(report, value, path), end: (document) => readCheck(report, document) }),
    },
  ],
};

const Result = z.object({
  rule: z.string(),
  outcome: z.string(),
  severity: z.string(),
  title: z.string(),
  asset: z.object({ kind: z.enum(['host', 'url']), name: z.string(), host: z.string().nullable(), port: z.int().min(0).max(65535).nullable(), service: z.string().nullable() }),
  cwes: z.array(z.int().min(1)),
  evidence: z.string(),
  remedy: z.string(),
});

function readResult(report: ReportGatherer, value: Json, path: Position): void {
  report.record();
  const { rule, outcome, severity, title, asset, cwes, evidence, remedy } = shaped(Result, value, path);
  if (outcome === 'failed') report.add({ checkId: rule, title, severity: severityOf(severity, null), toolSeverity: severity, asset, cwes, evidence, remedy });
}

const Check = z.object({ check: z.object({ asset: z.object({ name: z.string() }), startedAt: z.string(), finishedAt: z.string(), stoppedBy: z.string().nullable() }) });

/** A check that was stopped has not looked at everything, so that it does not speak for the asset. */
function readCheck(report: ReportGatherer, document: Json): void {
  const { check } = shaped(Check, document, '');
  report.scanned(readInstant(check.startedAt), readInstant(check.finishedAt));
  if (check.stoppedBy === null) report.looked(check.asset.name);
}
