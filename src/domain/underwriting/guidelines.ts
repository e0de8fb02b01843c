import { built, hashData, misnamed, readContent, type Built, type ContentFile, type ContentProblem, type Day } from '../basics/index.ts';
import type { Circumstances, Vocabulary } from './circumstances.ts';
import { offlineBackupControl } from './cover-gate.ts';
import { compileCondition, unknownNames, type Condition } from './condition.ts';
import { Guideline, type Reason } from './model.ts';
import { sampleCase } from './sample-case.ts';

/** The insurer's underwriting rules, compiled; `version` is the hash of them all. */
export interface Guidelines {
  readonly version: string;
  readonly guidelines: readonly (Guideline & { readonly condition: Condition })[];
  readonly vocabulary: Vocabulary;
}

/**
 * Reads `content/guidelines/*.yaml`, one rule a file, and tries every condition once. A condition that does not parse, names something
 * unknown, errs, or gives something else than true or false is a problem of its file.
 */
export function buildGuidelines(files: readonly ContentFile[], vocabulary: Vocabulary): Built<Guidelines> {
  const { values, problems } = readContent(Guideline, files);
  const sample = sampleCase(vocabulary);
  const wrong = values.flatMap(({ file, value }) => guidelineProblems(file, value, sample));
  if (!vocabulary.controls.includes(offlineBackupControl)) {
    wrong.push({ file: 'content/controls', at: '', message: `the gate of a cover reads the control \`${offlineBackupControl}\`, which is missing` });
  }
  if (problems.length + wrong.length > 0) return { value: null, problems: [...problems, ...wrong] };
  const sorted = values.map(({ value }) => value).sort((a, b) => (a.id < b.id ? -1 : 1));
  return built(
    { version: hashData(sorted), guidelines: sorted.map((guideline) => ({ ...guideline, condition: compileCondition(guideline.when) })), vocabulary },
    [],
  );
}

/** The reasons for which the guidelines in force on `today` refer or decline, in the order of their ids. A rule that could not be asked refers the case to a person. */
export function askGuidelines({ guidelines }: Guidelines, circumstances: Circumstances, today: Day): { decline: Reason[]; refer: Reason[] } {
  const decline: Reason[] = [];
  const refer: Reason[] = [];
  for (const guideline of guidelines.filter(({ effectiveFrom }) => effectiveFrom <= today)) {
    const { met, failure } = guideline.condition(circumstances);
    if (failure !== null) refer.push(unanswered(guideline, failure));
    else if (met)
      (guideline.effect === 'decline' ? decline : refer).push({
        code: guideline.id,
        text: guideline.reason,
        guideline: guideline.id,
        authority: guideline.authority,
      });
  }
  return { decline, refer };
}

const unanswered = ({ id, title }: Guideline, failure: string): Reason => ({
  code: 'guideline-failed',
  text: { zh: `核保规则“${title.zh}”无法判定，转人工处理`, en: `the rule “${title.en}” could not be decided and goes to a person (${failure})` },
  guideline: id,
  authority: 'underwriter',
});

function guidelineProblems(file: string, guideline: Guideline, sample: Circumstances): ContentProblem[] {
  const shape = [
    ...misnamed({ file, value: guideline }),
    ...((guideline.authority === null) === (guideline.effect === 'decline')
      ? []
      : [{ file, at: 'authority', message: 'a referral needs an authority, a decline has none' }]),
  ];
  return [...shape, ...conditionProblems(guideline.when, sample).map((message) => ({ file, at: 'when', message }))];
}

function conditionProblems(when: string, sample: Circumstances): string[] {
  try {
    const missing = unknownNames(when, sample).map((name) => `nothing is called \`${name}\``);
    const { failure } = compileCondition(when)(sample);
    return missing.length > 0 || failure === null ? missing : [failure];
  } catch (error) {
    return [(error as Error).message];
  }
}
