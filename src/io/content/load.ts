import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { buildAssessmentRules, buildRepairGuides, type AssessmentRules, type RepairGuides } from '../../domain/assessment/index.ts';
import { Refusal, buildParameters, readContent, type Built, type ContentFile, type ContentProblem, type ParameterSet } from '../../domain/basics/index.ts';
import { buildCatalogue, buildResponsibilities, buildWordings, type ResponsibilityMatrix, type Catalogue, type WordingLibrary } from '../../domain/catalogue/index.ts';
import { buildMetrics, buildPilot, type Metric, type Pilot } from '../../domain/evaluation/index.ts';
import { buildSubsidyOffer, type SubsidyOffer } from '../../domain/subsidy/index.ts';
import { RatebookCase, buildRatebook, sameDayProblems, type NamedCase, type Ratebook } from '../../domain/rating/index.ts';
import { buildCancellationTerms, buildConditions, buildPapers, type CancellationTerms, type Paper, type SpecialConditions } from '../../domain/policy/index.ts';
import type { ThreatOutlook } from '../../domain/threats/index.ts';
import { buildDeskRules, buildGuidelines, missingQuoteParameters, type DeskRules, type Guidelines } from '../../domain/underwriting/index.ts';
import { readOutlook } from './read-feeds.ts';
import { readFolder } from './read-folder.ts';

/** Everything read from `content/`, each part with the hash of what it was read from; the application's `Content` has the same shape. */
export interface LoadedContent {
  readonly catalogue: Catalogue;
  /** The newest ratebook of the paper. */
  readonly ratebook: Ratebook;
  /** Every ratebook of the paper, oldest first. */
  readonly ratebooks: readonly Ratebook[];
  /** The worked cases of the newest ratebook. */
  readonly ratebookCases: readonly NamedCase[];
  readonly assessmentBasis: AssessmentRules;
  readonly guidelines: Guidelines;
  readonly desk: DeskRules;
  readonly parameters: ParameterSet;
  readonly outlook: ThreatOutlook;
  readonly conditions: SpecialConditions;
  readonly cancellation: CancellationTerms;
  readonly papers: readonly Paper[];
  readonly metrics: ReadonlyMap<string, Metric>;
  readonly pilot: Pilot | null;
  readonly wordings: WordingLibrary;
  readonly repairGuides: RepairGuides;
  readonly subsidyOffer: SubsidyOffer;
  readonly responsibilities: ReadonlyMap<string, ResponsibilityMatrix>;
}

export interface ContentPlace {
  readonly contentDir: string;
  /** Folders that are searched for threat feeds, first before second. */
  readonly feedDirs: readonly string[];
}

/** Reads and checks the whole of `content/`. Throws one Refusal `content-invalid` whose faults are everything that is wrong anywhere, by file and path. */
export function loadContent({ contentDir, feedDirs }: ContentPlace): LoadedContent {
  const problems: ContentProblem[] = [];
  const files = (folder: string): readonly ContentFile[] => {
    const read = readFolder(contentDir, folder);
    problems.push(...read.problems);
    return read.files;
  };
  const take = <T>(built: Built<T>): T | null => {
    problems.push(...built.problems);
    return built.value;
  };
  const parameters = take(buildParameters(files('parameters')));
  const catalogue = take(buildCatalogue({ coverages: files('coverages'), packages: files('packages') }));
  const versions = ratebookVersions(contentDir);
  const ratebooks = parameters === null ? [] : versions.map((version) => take(buildRatebook(ratebookFile(version, files), parameters)));
  const ratebook = ratebooks.at(-1) ?? null;
  problems.push(...sameDayProblems(ratebooks.flatMap((one) => one ?? [])));
  const cases = readContent(RatebookCase, files(`ratebooks/${versions.at(-1)}/cases`));
  problems.push(...cases.problems);
  const assessmentBasis = parameters === null ? null : take(buildAssessmentRules({ controls: files('controls'), questionnaires: files('questionnaires'), profiles: files('profiles'), parameters }));
  const guidelines = assessmentBasis === null ? null : take(buildGuidelines(files('guidelines'), vocabularyOf(assessmentBasis)));
  const desk = assessmentBasis === null ? null : take(buildDeskRules({ underwriting: files('underwriting'), screening: files('screening') }, vocabularyOf(assessmentBasis)));
  if (parameters !== null) problems.push(...missingQuoteParameters(parameters));
  const conditions = take(buildConditions(files('conditions')));
  const cancellation = take(buildCancellationTerms(files('cancellation')));
  const papers = take(buildPapers(files('papers')));
  const metrics = take(buildMetrics(files('metrics')));
  const repairGuides = take(buildRepairGuides(files('repairs')));
  const published = take(buildPilot(files('demo/pilot')));
  const wordings =
    catalogue === null ? null : take(buildWordings({ glossary: files('glossary'), wordings: files('wordings'), insurers: files('insurers'), incidents: files('incidents') }, catalogue));
  const controlIds = new Set(assessmentBasis?.controls.controls.keys() ?? []);
  const subsidyOffer = assessmentBasis === null ? null : take(buildSubsidyOffer({ subsidies: files('subsidies'), packages: files('security-packages') }, controlIds));
  const responsibilities = take(buildResponsibilities(files('co-responsibility')));
  const { outlook, problems: feedProblems } = readOutlook(feedDirs);
  problems.push(...feedProblems);
  if (problems.length > 0 || parameters === null || catalogue === null || ratebook === null || assessmentBasis === null || guidelines === null || desk === null || conditions === null || cancellation === null || papers === null || metrics === null || repairGuides === null || published === null || wordings === null || subsidyOffer === null || responsibilities === null || outlook === null) throw invalid(problems);
  const ratebookCases = cases.values.map(({ file, value }) => ({ name: file.split('/').at(-1)!, value }));
  return { catalogue, ratebook, ratebooks: ratebooks.flatMap((one) => one ?? []), ratebookCases, assessmentBasis, guidelines, desk, parameters, outlook, conditions, cancellation, papers, metrics, pilot: published.pilot, wordings, subsidyOffer, responsibilities, repairGuides };
}

/** The ratebooks by the names of their folders, oldest first; one name that leads nowhere when there is none, so that its absence is said. */
function ratebookVersions(contentDir: string): string[] {
  const dir = join(contentDir, 'ratebooks');
  const found = existsSync(dir) ? readdirSync(dir).sort(byNumbers) : [];
  return found.length > 0 ? found : ['none'];
}

const ratebookFile = (version: string, files: (folder: string) => readonly ContentFile[]): ContentFile =>
  files(`ratebooks/${version}`)[0] ?? { path: 'content/ratebooks', data: null };

const byNumbers = (a: string, b: string): number => a.localeCompare(b, 'en', { numeric: true });

const vocabularyOf = ({ controls, questionnaire }: AssessmentRules) => ({ controls: [...controls.controls.keys()], questions: [...questionnaire.byId.keys()] });

function invalid(problems: readonly ContentProblem[]): Refusal {
  const lines = problems.map(({ file, at, message }) => `${file}${at === '' ? '' : ` ${at}`}: ${message}`);
  const faults = problems.map(({ file, at, message }) => ({ path: `${file}#${at}`, code: 'content-invalid', message }));
  return new Refusal('bad-input', 'content-invalid', `the content has ${problems.length} problems:\n${lines.join('\n')}`, { problems: problems.length }, faults);
}
