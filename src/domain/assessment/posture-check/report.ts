import { z } from 'zod';
import { Asset, Severity } from '../finding.ts';
import { CheckFacts, Observations } from './observations.ts';
import { rules } from './rules.ts';

/** What one rule said of one thing, in words that can be read without the program. */
const Result = z.strictObject({
  rule: z.string(),
  outcome: z.enum(['failed', 'passed', 'not-checked', 'not-applicable']),
  severity: Severity,
  title: z.string(),
  asset: Asset.pick({ kind: true, name: true, host: true, port: true, service: true }),
  cwes: z.array(z.int()),
  evidence: z.string(),
  remedy: z.string(),
});

/** The report of a posture check as a file: what was checked, the verdicts, and everything they rest on. */
export const PostureReport = z.strictObject({
  riskloopPosture: z.literal(1),
  check: CheckFacts,
  results: z.array(Result),
  observations: Observations,
});
export type PostureReport = z.infer<typeof PostureReport>;

/** Judges what was seen by every rule. The same observations at the same time always give the same report. */
export function judgePosture(check: CheckFacts, observations: Observations): PostureReport {
  const results = rules.flatMap((rule) =>
    rule.judge(observations, check.finishedAt).map(({ outcome, asset, evidence }) => ({
      rule: rule.id,
      outcome,
      severity: rule.severity,
      title: rule.title.en,
      asset,
      cwes: [...rule.cwes],
      evidence: evidence.slice(0, 2000),
      remedy: rule.remedy.en,
    })),
  );
  return { riskloopPosture: 1, check, results, observations };
}
