import { z } from 'zod';
import { Asset, Severity } from '../finding.ts';
import { MethodClass } from '../own-assets/index.ts';
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
  /** The rules that were judged: those of a passive look, or those that only a gentle one can judge. */
  part: MethodClass,
  check: CheckFacts,
  results: z.array(Result),
  observations: Observations,
});
export type PostureReport = z.infer<typeof PostureReport>;

/**
 * Judges what was seen by every rule of one part. The two parts of a gentle check are two reports, because a later passive check looks again at the
 * first part only and must not count as having looked for the second. The same observations at the same time always give the same report.
 */
export function judgePosture(part: MethodClass, check: CheckFacts, observations: Observations): PostureReport {
  const results = rules
    .filter(({ method }) => method === part)
    .flatMap((rule) =>
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
  return { riskloopPosture: 1, part, check, results, observations: observationsOf(part, observations) };
}

/** What the rules of the part rest on. */
const observationsOf = (part: MethodClass, seen: Observations): Observations =>
  part === 'passive' ? { ...seen, paths: [], ports: [] } : { dns: null, tls: seen.tls, web: [], paths: seen.paths, ports: seen.ports };
