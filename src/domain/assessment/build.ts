import {
  built,
  hashData,
  misnamed,
  readContent,
  type Built,
  type ContentFile,
  type ContentProblem,
  type Parameter,
  type ParameterSet,
  type Placed,
} from '../basics/index.ts';
import { putBy } from './condition.ts';
import { noOpenIncidentQuestion, secondFactorControl } from './gate.ts';
import { AssessmentProfile, Control, Questionnaire } from './model.ts';
import { buildAssessmentParameters } from './parameters.ts';
import type { AssessmentRules, ControlLibrary, ProfileSet, QuestionSet } from './rules.ts';
import { signals } from './signals.ts';

/** The files that an assessment rests on, parsed, with the parameters that all of content shares. */
export interface AssessmentContent {
  readonly controls: readonly ContentFile[];
  readonly questionnaires: readonly ContentFile[];
  readonly profiles: readonly ContentFile[];
  readonly parameters: ParameterSet;
}

/** Reads everything that an assessment is made under, or lists everything that is wrong, in each file and between them. */
export function buildAssessmentRules(content: AssessmentContent): Built<AssessmentRules> {
  const controls = buildControls(content.controls, content.parameters);
  const questionnaire = buildQuestionnaire(content.questionnaires);
  const profiles = buildProfiles(content.profiles);
  const parameters = buildAssessmentParameters(content.parameters);
  if (controls.value === null || questionnaire.value === null || profiles.value === null || parameters.value === null) {
    return { value: null, problems: [...controls.problems, ...questionnaire.problems, ...profiles.problems, ...parameters.problems] };
  }
  const rules = { controls: controls.value, questionnaire: questionnaire.value, profiles: profiles.value, parameters: parameters.value };
  return built(rules, disagreements(rules));
}

/** Reads `content/controls/*.yaml`, one control a file, with their odds ratios. */
export function buildControls(files: readonly ContentFile[], parameters: ParameterSet): Built<ControlLibrary> {
  const { values, problems } = readContent(Control, files);
  const controls = values.map(({ value }) => value).sort((a, b) => (a.id < b.id ? -1 : 1));
  const oddsRatios = new Map(controls.flatMap(({ id, oddsRatio }) => oddsRatioOf(id, oddsRatio, parameters)));
  const library = { version: hashData([controls, [...oddsRatios.values()]]), controls: new Map(controls.map((control) => [control.id, control])), oddsRatios };
  return built(library, [
    ...problems,
    ...values.flatMap(misnamed),
    ...values.flatMap((placed) => [...strayControl(placed), ...strayOddsRatio(placed, parameters)]),
  ]);
}

function oddsRatioOf(control: string, key: string | null, { byKey }: ParameterSet): [string, Parameter][] {
  const found = key === null ? undefined : byKey.get(key);
  return found === undefined ? [] : [[control, found]];
}

function strayOddsRatio({ file, value: { oddsRatio } }: Placed<Control>, { byKey }: ParameterSet): ContentProblem[] {
  if (oddsRatio === null) return [];
  const value = byKey.get(oddsRatio)?.value;
  if (value === undefined) return [{ file, at: 'oddsRatio', message: `no parameter \`${oddsRatio}\`` }];
  return value >= 1 ? [] : [{ file, at: 'oddsRatio', message: 'a control does not make losses likelier: its odds ratio is at least 1' }];
}

/** Reads the one file of `content/questionnaires`. */
export function buildQuestionnaire(files: readonly ContentFile[]): Built<QuestionSet> {
  const { values, problems } = readContent(Questionnaire, files);
  if (problems.length > 0) return { value: null, problems };
  const [first, ...more] = values;
  if (first === undefined) return { value: null, problems: [{ file: 'content/questionnaires', at: '', message: 'there is no questionnaire' }] };
  return built(questionSetOf(first.value), [
    ...misnamed(first),
    ...repeatedQuestions(first),
    ...strayConditions(first),
    ...more.map(({ file }) => ({ file, at: '', message: 'a second questionnaire: only one can be in force' })),
  ]);
}

/** Reads `content/profiles/*.yaml`, one profile a file. */
export function buildProfiles(files: readonly ContentFile[]): Built<ProfileSet> {
  const { values, problems } = readContent(AssessmentProfile, files);
  const profiles = values.map(({ value }) => value).sort((a, b) => b.precedence - a.precedence || (a.id < b.id ? -1 : 1));
  return built({ version: hashData(profiles), profiles }, [
    ...problems,
    ...values.flatMap(misnamed),
    ...values.flatMap(({ file, value }) => strayProfile(file, value)),
    ...tiedProfiles(values),
  ]);
}

/** A checked questionnaire ready to be read. */
export function questionSetOf(questionnaire: Questionnaire): QuestionSet {
  const questions = questionnaire.sections.flatMap((section) => section.questions);
  const answering = questions.flatMap((question) => (question.control === null ? [] : [[question.control, question] as const]));
  return {
    version: hashData(questionnaire),
    questionnaire,
    byId: new Map(questions.map((question) => [question.id, question])),
    byControl: new Map(answering),
  };
}

function strayControl({ file, value: { contradictedBy, oddsRatio, relevance } }: Placed<Control>): ContentProblem[] {
  const known = new Set(signals.map(({ id }) => id));
  const stray = contradictedBy.flatMap((signal, i) => (known.has(signal) ? [] : [{ file, at: `contradictedBy.${i}`, message: `no signal \`${signal}\`` }]));
  const idle =
    oddsRatio !== null && Object.keys(relevance).length === 0
      ? [{ file, at: 'relevance', message: 'a control with an odds ratio must matter to a peril' }]
      : [];
  return [...stray, ...idle];
}

function repeatedQuestions({ file, value }: Placed<Questionnaire>): ContentProblem[] {
  const questions = value.sections.flatMap((section) => section.questions);
  const repeats = (names: (string | null)[]): string[] => [...new Set(names.filter((name, i): name is string => name !== null && names.indexOf(name) !== i))];
  const ids = repeats(questions.map(({ id }) => id)).map((id) => ({ file, at: 'sections', message: `question \`${id}\` is put twice` }));
  return [
    ...ids,
    ...repeats(questions.map(({ control }) => control)).map((control) => ({ file, at: 'sections', message: `control \`${control}\` is asked for twice` })),
  ];
}

/**
 * A condition reads questions that stand before its own, so that no two hang on each other and a form can be filled from top to bottom, and that answer no control
 * themselves, so that no better answer brings a question along that costs more than it earned.
 */
function strayConditions({ file, value }: Placed<Questionnaire>): ContentProblem[] {
  const questions = value.sections.flatMap((section) => section.questions);
  const controlOf = new Map(questions.map(({ id, control }) => [id, control]));
  const known = new Set(signals.map(({ id }) => id));
  const before = new Set<string>();
  return questions.flatMap((question) => {
    const read = putBy(question);
    const stray = read.filter((id) => !before.has(id)).map((id) => `hangs on \`${id}\`, which is not put before it`);
    const graded = read
      .filter((id) => controlOf.get(id) != null)
      .map((id) => `hangs on \`${id}\`, which answers a control: a better answer there could lower the score`);
    const unknown = (question.shownBy ?? []).filter((signal) => !known.has(signal)).map((signal) => `is shown by \`${signal}\`, which is no signal`);
    before.add(question.id);
    return [...stray, ...graded, ...unknown].map((fault) => ({ file, at: 'sections', message: `question \`${question.id}\` ${fault}` }));
  });
}

function strayProfile(file: string, { weights, employees }: AssessmentProfile): ContentProblem[] {
  const sum = Object.values(weights).reduce((total, weight) => total + weight, 0);
  return [
    ...(Math.abs(sum - 1) > 1e-9 ? [{ file, at: 'weights', message: `the weights sum to ${sum}, not to 1` }] : []),
    ...(employees.to !== null && employees.to < employees.from ? [{ file, at: 'employees', message: 'the range is empty' }] : []),
  ];
}

function tiedProfiles(values: readonly Placed<AssessmentProfile>[]): ContentProblem[] {
  const first = new Map<number, string>();
  return values.flatMap(({ file, value }) => {
    const tied = first.get(value.precedence);
    first.set(value.precedence, tied ?? value.id);
    return tied === undefined ? [] : [{ file, at: 'precedence', message: `\`${tied}\` has the same precedence` }];
  });
}

/** What does not fit together between the files. */
function disagreements({ controls, questionnaire, profiles }: AssessmentRules): ContentProblem[] {
  const needed = [
    [controls.controls.has(secondFactorControl), 'content/controls', `the gate reads the control \`${secondFactorControl}\`, which is missing`],
    [questionnaire.byId.has(noOpenIncidentQuestion), 'content/questionnaires', `the gate reads the question \`${noOpenIncidentQuestion}\`, which is missing`],
    [
      profiles.profiles.some(({ industries, employees }) => industries.length === 0 && employees.from <= 1 && employees.to === null),
      'content/profiles',
      'no profile is for every industry and size',
    ],
  ] as const;
  const stray = [...questionnaire.byControl.keys()].filter((control) => !controls.controls.has(control));
  return [
    ...needed.flatMap(([met, file, message]) => (met ? [] : [{ file, at: '', message }])),
    ...stray.map((control) => ({ file: 'content/questionnaires', at: 'sections', message: `a question answers \`${control}\`, which is no control` })),
  ];
}
