import { claimsInThreeYears, type Answers, type Assessment } from '../assessment/index.ts';
import { dayOf } from '../basics/index.ts';
import type { Catalogue, RequestedCover } from '../catalogue/index.ts';
import type { FirmProfile } from '../parties/index.ts';
import type { Worksheet } from '../rating/index.ts';
import { insures } from './cover-gate.ts';

/** What a decision is made on. */
export interface Case {
  readonly firm: FirmProfile;
  readonly answers: Answers;
  readonly assessment: Assessment;
  readonly cover: RequestedCover;
  readonly worksheet: Worksheet;
}

/** Ids that a condition may name besides the facts of the case. */
export interface Vocabulary {
  readonly controls: readonly string[];
  readonly questions: readonly string[];
}

/**
 * The case as the conditions of the guidelines see it: plain data in which every name is there, so that a name that is not can only be a mistake
 * of the guideline. What nobody stated (`firm.securitySpend`, `firm.repairs`, …) is null: a condition that reckons with it unasked cannot be decided,
 * and the case goes to a person. Amounts are in minor units; `controls` and `answers` hold the words yes, no, partly, unknown, not-applicable.
 */
export function describeCase({ firm, answers, assessment, cover, worksheet }: Case, vocabulary: Vocabulary, catalogue: Catalogue) {
  const indicators = new Map(assessment.indicators.map(({ control, value }) => [control, value]));
  return {
    firm: {
      ...firm,
      claimsInThreeYears: claimsInThreeYears(firm, dayOf(assessment.at)),
    },
    cover: {
      ...cover,
      coverages: cover.lines.map(({ coverage }) => coverage),
      insuresRansomware: insures(cover, 'ransomware', catalogue),
    },
    assessment: {
      score: assessment.score,
      low: assessment.low,
      confidence: assessment.confidence,
      grade: assessment.grade,
      gatePassed: assessment.gate.passed,
      blockers: assessment.gate.blockers.map(({ code }) => code),
      counts: assessment.counts,
      scanned: assessment.dimensions.find(({ dimension }) => dimension === 'vulnerabilities')?.confidence ?? 0,
      contradictions: assessment.indicators.filter(({ contradicted }) => contradicted).length,
      conditions: assessment.findings.flatMap(({ counts, condition }) => (counts && condition !== null ? [condition] : [])),
      suppressed: assessment.findings.filter(({ counts, inScope }) => inScope && !counts).length,
      outOfScope: assessment.findings.filter(({ inScope }) => !inScope).length,
    },
    premium: {
      total: worksheet.premium.total,
      exVat: worksheet.premium.exVat,
      rateOnLine: worksheet.rateOnLine,
      minimumApplied: worksheet.minimumApplied,
      clamped: worksheet.clamped,
    },
    controls: Object.fromEntries(vocabulary.controls.map((id) => [id, indicators.get(id) ?? 'unknown'])),
    answers: Object.fromEntries(vocabulary.questions.map((id) => [id, answers.answers[id]?.value ?? 'unknown'])),
  };
}
export type Circumstances = ReturnType<typeof describeCase>;
