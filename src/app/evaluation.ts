import { getOwnHistory, savePanel } from './firm-histories.ts';
import { computeStudy, getStudy, exportStudies, listStudies, refreshStudies, runSavedStudy, saveStudy } from './studies.ts';
import { getPilot, listStudyChoices, previewCohort } from './study-choices.ts';
import { getStudyData, getStudyReport } from './study-documents.ts';
import { approveRelease, getRelease, exportReleases, listReleases, proposeRelease } from './study-releases.ts';

export const evaluationOperations = [
  savePanel,
  listStudyChoices,
  previewCohort,
  saveStudy,
  runSavedStudy,
  computeStudy,
  refreshStudies,
  exportStudies,
  listStudies,
  getStudy,
  getStudyData,
  getStudyReport,
  getPilot,
  getOwnHistory,
  proposeRelease,
  approveRelease,
  exportReleases,
  listReleases,
  getRelease,
];
