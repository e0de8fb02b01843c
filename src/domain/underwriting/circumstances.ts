import { claimsInThreeYears, isPublicPlace, saidValue, unreplacedReports, type Answers, type AssessmentInput, type Assessment } from '../assessment/index.ts';
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
  readonly scans: AssessmentInput['scans'];
  readonly withdrawn: AssessmentInput['withdrawn'];
  readonly cover: RequestedCover;
  readonly worksheet: Worksheet;
}

/** Ids that a condition may name besides the facts of the case. */
export interface Vocabulary {
  readonly controls: readonly string[];
  readonly questions: readonly string[];
}

/** What of the insurer's paper a case is described with. */
interface CasePaper {
  readonly vocabulary: Vocabulary;
  readonly catalogue: Catalogue;
}

/**
 * The case as the conditions of the guidelines see it: plain data in which every name is there, so that a name that is not can only be a mistake
 * of the guideline. What nobody stated (`firm.securitySpend`, `firm.repairs`, …) is null: a condition that reckons with it unasked cannot be decided,
 * and the case goes to a person. Amounts are in minor units; `controls` and `answers` hold the words yes, no, partly, unknown, not-applicable,
 * `shares` how much of a control is in place, 0 where nothing is known.
 */
export function describeCase({ firm, answers, assessment, scans, withdrawn = [], cover, worksheet }: Case, { vocabulary, catalogue }: CasePaper) {
  const indicators = new Map(assessment.indicators.map((indicator) => [indicator.control, indicator]));
  return {
    firm: {
      ...firm,
      claimsInThreeYears: claimsInThreeYears(firm, dayOf(assessment.at)),
      /** Public addresses and networks that are declared as reachable from inside only. */
      publicInternal: firm.assets.filter(({ name, exposure }) => exposure === 'internal' && isPublicPlace(name)).length,
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
      /** What a dispute upheld as not the firm's is no longer among the findings. */
      blockingOutOfScope: assessment.findings.filter(({ blocksIfDeclared }) => blocksIfDeclared).length,
      severeWithdrawn: unreplacedReports(withdrawn, scans).length,
    },
    premium: {
      total: worksheet.premium.total,
      exVat: worksheet.premium.exVat,
      rateOnLine: worksheet.rateOnLine,
      minimumApplied: worksheet.minimumApplied,
      clamped: worksheet.clamped,
    },
    controls: Object.fromEntries(vocabulary.controls.map((id) => [id, indicators.get(id)?.value ?? 'unknown'])),
    shares: Object.fromEntries(vocabulary.controls.map((id) => [id, indicators.get(id)?.coverage ?? 0])),
    answers: Object.fromEntries(vocabulary.questions.map((id) => [id, answers.answers[id] ? saidValue(answers.answers[id]) : 'unknown'])),
  };
}
export type Circumstances = ReturnType<typeof describeCase>;
