import type { z } from 'zod';
import { built, hashData, misnamed, readContent, type Built, type ContentFile, type ContentProblem } from '../../basics/index.ts';
import { compileCondition, unknownNames, type Condition } from '../condition.ts';
import { sampleCase } from '../sample-case.ts';
import type { Vocabulary } from '../circumstances.ts';
import {
  AppetiteFile,
  AuthorityFile,
  CompletenessFile,
  ContingencyFile,
  ScheduleFile,
  ScreeningList,
  TermsFile,
  type AppetiteRow,
  type AuthorityLevel,
  type CompletenessItem,
  type ContingencyTemplate,
  type ScheduleReason,
  type TermRule,
} from './model.ts';
import { indexScreening, type ScreeningIndex } from './screening.ts';

/** What the underwriting desk works by, compiled from `content/underwriting` and `content/screening`; `version` is the hash of the former. */
export interface DeskRules {
  readonly version: string;
  readonly authority: Omit<z.infer<typeof AuthorityFile>, 'id' | 'levels'> & { readonly levels: readonly AuthorityLevel[] };
  readonly appetite: readonly AppetiteRow[];
  readonly terms: readonly (TermRule & { readonly condition: Condition })[];
  readonly completeness: readonly (CompletenessItem & { readonly condition: Condition })[];
  readonly contingencies: ReadonlyMap<string, ContingencyTemplate>;
  readonly schedule: ReadonlyMap<string, ScheduleReason>;
  readonly screening: ScreeningIndex;
}

/** Reads the desk's files: one of each kind, and any number of screening lists. Conditions are parsed and tried as those of the guidelines are. */
export function buildDeskRules(
  { underwriting, screening }: { underwriting: readonly ContentFile[]; screening: readonly ContentFile[] },
  vocabulary: Vocabulary,
): Built<DeskRules> {
  const problems: ContentProblem[] = [];
  const one = <S extends z.ZodType<{ id: string }>>(schema: S, name: string): z.output<S> | null => {
    const file = underwriting.find(({ path }) => path.endsWith(`/${name}.yaml`));
    if (file === undefined) problems.push({ file: `content/underwriting/${name}.yaml`, at: '', message: 'the file is missing' });
    const read = readContent(schema, file === undefined ? [] : [file]);
    problems.push(...read.problems);
    return read.values[0]?.value ?? null;
  };
  const authority = one(AuthorityFile, 'authority');
  const appetite = one(AppetiteFile, 'appetite');
  const terms = one(TermsFile, 'terms');
  const completeness = one(CompletenessFile, 'completeness');
  const contingencies = one(ContingencyFile, 'contingencies');
  const schedule = one(ScheduleFile, 'schedule');
  const lists = readContent(ScreeningList, screening);
  problems.push(...lists.problems, ...lists.values.flatMap(misnamed));
  const { premium: _, assessment: __, controls: ___, shares: _____, ...request } = sampleCase(vocabulary);
  const sample = sampleCase(vocabulary);
  problems.push(...(terms?.rules ?? []).flatMap(({ id, when }) => conditionProblems('terms', id, when, request)));
  problems.push(...(completeness?.items ?? []).flatMap(({ id, when }) => conditionProblems('completeness', id, when, sample)));
  if (problems.length > 0 || !authority || !appetite || !terms || !completeness || !contingencies || !schedule) return { value: null, problems };
  const { id: ____, ...clocks } = authority;
  return built(
    {
      version: hashData([authority, appetite, terms, completeness, contingencies, schedule]),
      authority: clocks,
      appetite: appetite.rows,
      terms: terms.rules.map((rule) => ({ ...rule, condition: compileCondition(rule.when) })),
      completeness: completeness.items.map((item) => ({ ...item, condition: compileCondition(item.when) })),
      contingencies: new Map(contingencies.templates.map((template) => [template.id, template])),
      schedule: new Map(schedule.items.map((item) => [item.id, item])),
      screening: indexScreening(lists.values.map(({ value }) => value)),
    },
    [],
  );
}

function conditionProblems(name: string, id: string, when: string, sample: object): ContentProblem[] {
  const at = (message: string): ContentProblem => ({ file: `content/underwriting/${name}.yaml`, at: id, message });
  try {
    const missing = unknownNames(when, sample).map((unknown) => at(`nothing is called \`${unknown}\``));
    const { failure } = compileCondition(when)(sample);
    return missing.length > 0 || failure === null ? missing : [at(failure)];
  } catch (error) {
    return [at((error as Error).message)];
  }
}
