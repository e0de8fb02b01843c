import { z } from 'zod';
import { Day, Text, type FieldFault } from '../../basics/index.ts';
import { FirmFact, firmFactTitles } from '../../parties/index.ts';
import { AnswerValue, EvidenceKind, type Answer, type Answers, type Assessment, type Question } from '../model.ts';
import type { AssessmentRules } from '../rules.ts';

/** A statement of the firm beside the observations that speak against it. */
export const Contradiction = z
  .strictObject({
    control: z.string(),
    title: Text,
    /** The question that was answered, or that the fact rules out. */
    question: z.string(),
    /** What the firm says; a fact of its profile is stated as no, on no day. */
    attested: z.strictObject({ value: AnswerValue, kind: EvidenceKind, on: Day.nullable() }),
    /** The fact of the profile that is stated as no; null where a question was answered. */
    fact: FirmFact.nullable(),
    /** Scanner findings, or the telemetry of security products, by id. */
    observed: z.array(z.strictObject({ finding: z.string(), title: z.string(), tool: z.string(), by: z.enum(['scan', 'telemetry']) })),
  })
  .meta({ id: 'Contradiction' });
export type Contradiction = z.infer<typeof Contradiction>;

/** Formats in which a security product reports on the estate that it runs in, and not a scanner on what it looked at. */
const telemetryFormats = new Set(['asff', 'secure-score']);

/**
 * What the firm attested, in answers and in the facts of its profile, and what was observed against it (report R143). Settled by another answer or fact, or by a dispute of every finding named that a second
 * person upheld; a dispute that is still undecided settles nothing.
 */
export function listContradictions(
  assessment: Pick<Assessment, 'indicators'>,
  answers: Answers,
  findings: readonly { id: string; title: string; tool: string; format: string }[],
  rules: AssessmentRules,
): Contradiction[] {
  const byId = new Map(findings.map((finding) => [finding.id, finding]));
  return assessment.indicators.flatMap((indicator) => {
    const question = statedIn(indicator, rules);
    const fact = indicator.deniedByFact ?? null;
    const attested = fact === null ? attestedBy(question && answers.answers[question.id]) : statedAsNo;
    if (!indicator.contradicted || !question || attested === null) return [];
    const observed = indicator.contradictedBy.flatMap((id) => {
      const finding = byId.get(id);
      return finding
        ? [{ finding: id, title: finding.title, tool: finding.tool, by: telemetryFormats.has(finding.format) ? ('telemetry' as const) : ('scan' as const) }]
        : [];
    });
    return [{ control: indicator.control, title: titleOf(indicator, question, rules), question: question.id, attested, fact, observed }];
  });
}

/** What is wrong with the answer, or with the fact of the profile, that was observed otherwise; at its field. */
export function contradictionFault({ question, fact, title, observed }: Contradiction): FieldFault {
  const seen = observed.map((one) => one.title).join('; ');
  if (fact === null) return { path: `answers.${question}`, code: 'contradicted', message: `observed otherwise: ${seen}` };
  return { path: `firm.${fact}`, code: 'contradicted', message: `“${title.zh}”填为否，观测到：${seen} · “${title.en}” is stated as no; observed: ${seen}` };
}

const statedAsNo: Contradiction['attested'] = { value: 'no', kind: 'self-declared', on: null };

const attestedBy = (answer: Answer | undefined): Contradiction['attested'] | null =>
  answer === undefined ? null : { value: answer.value, kind: answer.kind, on: answer.on };

function titleOf({ control, deniedBy, deniedByFact }: Assessment['indicators'][number], { asks }: Question, { controls }: AssessmentRules): Text {
  if (deniedByFact !== undefined) return firmFactTitles[deniedByFact];
  return (deniedBy === undefined ? null : asks) ?? controls.controls.get(control)!.title;
}

/** The question whose answer differs from what was observed: the control's own, or the one that ruled it out. */
const statedIn = ({ control, deniedBy }: Assessment['indicators'][number], { questionnaire }: AssessmentRules): Question | undefined =>
  deniedBy === undefined ? questionnaire.byControl.get(control) : questionnaire.byId.get(deniedBy);
