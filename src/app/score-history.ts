import { z } from 'zod';
import { Grade, Severity } from '../domain/assessment/index.ts';
import { Instant } from '../domain/basics/index.ts';
import type { Stored } from '../io/interfaces.ts';
import { assessments, type AssessmentFile } from './assessment.ts';
import { byAssessment } from './finding-deeds.ts';
import { operation } from './operation.ts';

/** The score as one version of the assessment had it, and what had changed in its inputs since the version before. */
const ScorePoint = z
  .strictObject({
    version: z.int(),
    at: Instant,
    score: z.number(),
    low: z.number(),
    high: z.number(),
    confidence: z.number(),
    grade: Grade,
    gatePassed: z.boolean(),
    counts: z.record(Severity, z.int()),
    changed: z.array(z.enum(['firm', 'answers', 'reports', 'threats', 'rules', 'findings'])),
  })
  .meta({ id: 'ScorePoint' });
type ScorePoint = z.infer<typeof ScorePoint>;

const mostPoints = 200;

export const getScoreHistory = operation({
  name: 'getScoreHistory',
  module: 'assessment',
  summary: { zh: '评分历史', en: 'How the score of an assessment moved, with what moved it, oldest first' },
  who: 'assessment:read',
  input: byAssessment,
  output: z.strictObject({ points: z.array(ScorePoint) }),
  http: { method: 'GET', path: '/assessments/{assessment}/score-history', status: 200, body: 'json' },
  effect: 'read',
  run: async ({ records }, { assessment }) => {
    await records.get(assessments, assessment);
    const versions = await records.versions(assessments, assessment);
    return { points: versions.flatMap((one, i) => pointOf(one, versions[i - 1] ?? null)).slice(-mostPoints) };
  },
});

/** A version in which nothing was assessed anew, as when a report only began to be read, is no point. */
function pointOf({ version, updatedAt, body }: Stored<AssessmentFile>, before: Stored<AssessmentFile> | null): ScorePoint[] {
  const { score, low, high, confidence, grade, gate, counts, at } = body.result;
  const changed = before === null ? [] : changes(body, before.body);
  if (before !== null && before.body.result.at === at && changed.length === 0) return [];
  return [{ version, at: updatedAt, score, low, high, confidence, grade, gatePassed: gate.passed, counts, changed }];
}

/** What each pinned version is a version of, for whoever asks why the score moved. */
const inputs: Readonly<Record<string, ScorePoint['changed'][number]>> = {
  firm: 'firm',
  answers: 'answers',
  scans: 'reports',
  findings: 'findings',
  outlook: 'threats',
};

function changes({ result }: AssessmentFile, before: AssessmentFile): ScorePoint['changed'] {
  const moved = Object.keys(result.versions).filter((key) => result.versions[key] !== before.result.versions[key]);
  return [...new Set(moved.map((key) => inputs[key] ?? 'rules'))];
}
