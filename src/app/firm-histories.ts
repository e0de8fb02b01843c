import { z } from 'zod';
import { dayOf } from '../domain/basics/index.ts';
import { FirmHistory, historiesOf, requireSoundHistories, type AssessmentVersion } from '../domain/evaluation/index.ts';
import { everyRecord } from './every-record.ts';
import { assessments, scansOf } from './assessment.ts';
import { type Context, operation } from './operation.ts';
import { policies } from './policy.ts';
import { rescoredNow } from './rescored.ts';
import { Panel, panels } from './study-records.ts';
import { submissions } from './underwriting.ts';

/** The source that stands for the system's own records. */
export const ownRecords = 'records';

async function versionsOf(context: Context, id: string): Promise<AssessmentVersion[]> {
  const versions: AssessmentVersion[] = [];
  for (const stored of await context.records.versions(assessments, id)) {
    const { organisation, body } = stored;
    versions.push({
      organisation,
      firm: body.firm,
      result: body.result,
      rescored: await rescoredNow(context, stored),
      scans: scansOf(body.reports).map(({ at }) => at),
    });
  }
  return versions;
}

/** The firms of a source as the acting organisation may see them. */
export async function loadHistories(context: Context, source: string): Promise<FirmHistory[]> {
  if (source !== ownRecords) return (await context.records.get(panels, source)).body.histories;
  const versions: AssessmentVersion[] = [];
  for (const { id } of await everyRecord(context, assessments)) versions.push(...(await versionsOf(context, id)));
  const asked = await everyRecord(context, submissions);
  const bound = await everyRecord(context, policies);
  return historiesOf({
    assessments: versions,
    submissions: asked.map(({ organisation, body }) => ({ organisation, firm: body.firm })),
    policies: bound.map(({ body }) => ({ organisation: body.insured, policy: body.policy })),
  });
}

export const savePanel = operation({
  name: 'savePanel',
  module: 'evaluation',
  summary: { zh: '导入企业历史数据', en: 'Import the histories of firms from before this system' },
  who: 'study:write',
  input: Panel,
  output: z.strictObject({ panel: z.string(), firms: z.int() }),
  http: { method: 'POST', path: '/panels', status: 201, body: 'json' },
  effect: 'write',
  run: async (context, panel) => {
    requireSoundHistories(panel.histories, dayOf(context.now));
    const stored = await context.records.insert(panels, panel);
    context.note({ panel: stored.id, firms: panel.histories.length });
    return { panel: stored.id, firms: panel.histories.length };
  },
});

export const getOwnHistory = operation({
  name: 'getOwnHistory',
  module: 'evaluation',
  summary: { zh: '本企业历次评估', en: 'The history of the firms that this organisation assessed itself' },
  who: 'study:read',
  input: z.strictObject({}),
  output: z.strictObject({ firms: z.array(z.strictObject({ name: z.string(), history: FirmHistory })) }),
  http: { method: 'GET', path: '/own-history', status: 200, body: 'json' },
  effect: 'read',
  run: async (context) => {
    const own = (await everyRecord(context, assessments)).filter(({ organisation }) => organisation === context.actor.organisation);
    const bound = (await everyRecord(context, policies)).filter(({ body }) => body.insured === context.actor.organisation);
    const names = [...new Set(own.map(({ body }) => body.firm.name))];
    const firms = [];
    for (const name of names) {
      const versions: AssessmentVersion[] = [];
      for (const { id } of own.filter(({ body }) => body.firm.name === name)) versions.push(...(await versionsOf(context, id)));
      const named = versions.map((version) => ({ ...version, firm: { ...version.firm, name } }));
      const covers = bound.filter(({ body }) => body.policy.insured.name === name).map(({ body }) => ({ organisation: body.insured, policy: body.policy }));
      firms.push(...historiesOf({ assessments: named, submissions: [], policies: covers }).map((history) => ({ name, history })));
    }
    return { firms };
  },
});
