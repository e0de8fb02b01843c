import { z } from 'zod';
import {
  firstOf,
  hasKeys,
  lines,
  member,
  plainText,
  readInstant,
  shaped,
  type Format,
  type Json,
  type Position,
  type ReportGatherer,
} from '../../reading/index.ts';

/** Microsoft Graph's secure scores. A record is a control; one that has not its full score is a finding. */
export const secureScore: Format = {
  id: 'secure-score',
  tool: 'Microsoft Secure Score',
  title: { zh: '微软安全评分（Secure Score）', en: 'Microsoft Secure Score' },
  homepage: 'https://learn.microsoft.com/graph/api/resources/securescore',
  dialects: [
    {
      syntax: 'json',
      recognises: (root) => isScore(firstOf(member(root, 'value'))) || isScore(firstOf(member(member(root, 'secureScore'), 'value'))) || isScore(root),
      records: ['value[]', 'secureScore.value[]', ''],
      open: (report) => ({
        record: (value, path) => {
          if (isScore(value)) readScore(report, value, path);
        },
      }),
    },
  ],
};

const isScore = (value: Json | undefined): boolean => hasKeys(value, 'controlScores') || hasKeys(value, 'azureTenantId', 'currentScore');

const text = z.string().nullish();
const Score = z.object({
  azureTenantId: text,
  createdDateTime: text,
  controlScores: z
    .array(
      z.object({
        controlName: z.string(),
        controlCategory: text,
        description: text,
        implementationStatus: text,
        score: z.number().nullish(),
        scoreInPercentage: z.number().nullish(),
      }),
    )
    .nullish(),
});

/** The score says how far a control is set up, not how bad its absence is; a control without any score counts as medium, a partial one as low. */
function readScore(report: ReportGatherer, value: Json, path: Position): void {
  const score = shaped(Score, value, path);
  const tenant = score.azureTenantId ?? 'the tenant';
  const at = readInstant(score.createdDateTime);
  report.scanned(at, at);
  report.looked(tenant);
  for (const control of score.controlScores ?? []) {
    report.record();
    const share = control.scoreInPercentage ?? (control.score ? 100 : 0);
    if (share >= 100) continue;
    report.add({
      checkId: control.controlName,
      title: `${control.controlName} (${control.controlCategory ?? ''})`,
      severity: share === 0 ? 'medium' : 'low',
      toolSeverity: `${share}%`,
      asset: { kind: 'resource', name: tenant, service: control.controlCategory ?? null },
      firstSeen: at,
      lastSeen: at,
      evidence: lines(control.implementationStatus, plainText(control.description ?? '')),
    });
  }
}
