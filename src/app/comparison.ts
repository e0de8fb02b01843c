import { z } from 'zod';
import { Comparison, compareAssessments, type Assessment, type CaseEvent, type Compared, standings } from '../domain/assessment/index.ts';
import { Instant, Refusal } from '../domain/basics/index.ts';
import { RequestedCover } from '../domain/catalogue/index.ts';
import { indicateQuote } from '../domain/underwriting/index.ts';
import type { Stored } from '../io/interfaces.ts';
import { applicationAt, assessments, reassess, type AssessmentFile } from './assessment.ts';
import { assessedFindings, surroundingsOf, type AssessedFindings } from './counted-findings.ts';
import { exportOf } from './exports.ts';
import { operation, type Context, type Desk } from './operation.ts';
import { rulesForApplicant } from './tariff.ts';

const byAssessment = z.strictObject({ assessment: z.string().max(100) });

const AssessmentVersion = z
  .strictObject({
    version: z.int(),
    at: Instant,
    savedAt: Instant,
    score: z.number(),
    low: z.number(),
    high: z.number(),
    grade: z.string(),
    gatePassed: z.boolean(),
    /** Reports that its score rests on: one that waits to be read is not among them. */
    reports: z.int(),
  })
  .meta({ id: 'AssessmentVersion' });

export const listAssessmentVersions = operation({
  name: 'listAssessmentVersions',
  module: 'assessment',
  summary: { zh: '评估版本列表', en: 'List every version of an assessment that was kept, newest first' },
  who: 'assessment:read',
  input: byAssessment,
  output: z.strictObject({ items: z.array(AssessmentVersion) }),
  http: { method: 'GET', path: '/assessments/{assessment}/versions', status: 200, body: 'json' },
  effect: 'read',
  run: async (context, { assessment }) => {
    const kept = await context.records.versions(assessments, assessment);
    if (kept.length === 0) throw new Refusal('absent', 'not-found', 'no such record');
    const items = kept.map(({ version, updatedAt, body: { result, reports } }) => ({
      version,
      at: result.at,
      savedAt: updatedAt,
      score: result.score,
      low: result.low,
      high: result.high,
      grade: result.grade,
      gatePassed: result.gate.passed,
      reports: reports.filter(({ state }) => state !== 'reading').length,
    }));
    return { items: items.reverse() };
  },
});

export const exportAssessmentVersions = exportOf(listAssessmentVersions, {
  rows: ({ items }) => items,
  columns: [
    ['integer', '版本', 'Version', ({ version }) => version],
    ['instant', '评估时间', 'Assessed at', ({ at }) => at],
    ['number', '评分', 'Score', ({ score }) => score],
    ['number', '下限', 'Low', ({ low }) => low],
    ['number', '上限', 'High', ({ high }) => high],
    ['text', '等级', 'Grade', ({ grade }) => grade],
    ['flag', '达到投保门槛', 'Gate passed', ({ gatePassed }) => gatePassed],
    ['integer', '扫描报告数', 'Reports', ({ reports }) => reports],
  ],
});

export const compareVersions = operation({
  name: 'compareVersions',
  module: 'assessment',
  summary: { zh: '比较评估的两个日期', en: 'Say what changed between two versions of an assessment, and why' },
  who: 'assessment:read',
  input: byAssessment.extend({ before: z.int().min(1), after: z.int().min(1), cover: RequestedCover.nullable() }),
  output: Comparison,
  http: { method: 'POST', path: '/assessments/{assessment}/comparisons', status: 200, body: 'json' },
  effect: 'read',
  run: (context, { assessment, ...versions }) => compare(context, assessment, versions),
});

/** Compares two kept versions of an assessment that the actor may read. Throws a Refusal `versions-out-of-order` unless the first is the earlier one. */
export async function compare(
  context: Context,
  assessment: string,
  { before, after, cover }: { before: number; after: number; cover: RequestedCover | null },
): Promise<Comparison> {
  if (before >= after) throw new Refusal('bad-input', 'versions-out-of-order', 'the first version must be the earlier one', { before, after });
  const { organisation, body } = await context.records.get(assessments, assessment);
  const owner = context.deskOf(organisation);
  const [then, now] = [await owner.records.version(assessments, assessment, before), await owner.records.version(assessments, assessment, after)];
  const [earlier, later] = [await dateOf(context, owner, then), await dateOf(context, owner, now)];
  const { profileChoice } = now.body;
  const rescored = {
    before: scoredAt(context, earlier, then.body.result.at, profileChoice),
    beforeAged: scoredAt(context, earlier, now.body.result.at, profileChoice),
    after: scoredAt(context, later, now.body.result.at, profileChoice),
  };
  const standing = new Set(body.reports.map(({ id }) => id));
  const withdrawn = earlier.stored.body.reports.filter(({ id }) => !standing.has(id)).length;
  return compareAssessments(
    await comparedOf(context, earlier, cover),
    await comparedOf(context, later, cover),
    rescored,
    context.content.assessmentBasis,
    withdrawn,
  );
}

/** One kept version, with the findings as they stood then: only what had been handed in and done by that time. */
interface Dated {
  readonly stored: Stored<AssessmentFile>;
  readonly found: AssessedFindings;
  readonly eventsOf: (weakness: string) => readonly CaseEvent[];
}

/** Reports that were handed in and not yet read by that version are left out: its result was concluded without them. */
async function dateOf(context: Context, owner: Desk, kept: Stored<AssessmentFile>): Promise<Dated> {
  const stored = { ...kept, body: { ...kept.body, reports: kept.body.reports.filter(({ state }) => state !== 'reading') } };
  const known = await assessedFindings(context, owner, stored.id, stored.body);
  const { at } = stored.body.result;
  const eventsOf = (weakness: string): readonly CaseEvent[] =>
    (known.cases.get(weakness)?.body.events ?? []).filter((event) => Date.parse(event.at) <= Date.parse(at));
  return { stored, eventsOf, found: { ...known, ...standingsAt(context, known, stored.body, eventsOf, at) } };
}

const standingsAt = (context: Context, { readings }: AssessedFindings, file: AssessmentFile, eventsOf: Dated['eventsOf'], now: Instant) =>
  standings(readings, eventsOf, surroundingsOf({ ...context, now }, file));

/** Both dates under the profile chosen by the later one: that somebody chose another is a change of the rules. */
function scoredAt(context: Context, { stored, found, eventsOf }: Dated, now: Instant, profileChoice: AssessmentFile['profileChoice']): Assessment {
  return reassess({ ...context, now }, { ...stored.body, profileChoice }, standingsAt(context, found, stored.body, eventsOf, now));
}

async function comparedOf(context: Context, { stored, found }: Dated, cover: RequestedCover | null): Promise<Compared> {
  const { version, body } = stored;
  return {
    version,
    result: body.result,
    answers: body.answers,
    tracked: found.tracked,
    premium: cover === null ? null : await premiumOf(context, stored.body, found, cover),
  };
}

/** What the evidence of that date would cost today, so that the two premiums differ by the firm's doing alone. */
async function premiumOf(context: Context, file: AssessmentFile, counted: AssessedFindings, cover: RequestedCover): Promise<Compared['premium']> {
  const { worksheet } = indicateQuote({ ...applicationAt(context, file, counted), cover }, await rulesForApplicant(context));
  return { currency: worksheet.currency, minor: worksheet.premium.total };
}

export const comparisonOperations = [listAssessmentVersions, exportAssessmentVersions, compareVersions];
